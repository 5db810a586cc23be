/** The ledger to look into: beside the process that writes, after it, and where there is none; it never writes itself. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, StoreUnavailable, StoreUnusable } from '../../src/store/open.ts';
import { openToRead } from '../../src/store/read-only.ts';
import { leaseOf, pull, REPO } from './samples.ts';
import { databaseUrl, freshSchema } from './worlds.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'playcaller-read-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

it('reads beside the writer, and after it', async () => {
  const store = await openStore({ dataDir });
  const lease = await leaseOf(store, 5);
  await store.ledger.commit(lease, [{ kind: 'pull.save', pull: pull(5) }]);
  const beside = await openToRead({ dataDir });
  expect(await beside.ledger.pull(REPO, 5)).toEqual(pull(5));
  await store.ledger.commit(lease, [{ kind: 'pull.save', pull: pull(6) }]);
  expect(await beside.ledger.pull(REPO, 6)).toEqual(pull(6));
  await expect(beside.ledger.commit(lease, [{ kind: 'pull.save', pull: pull(7) }])).rejects.toThrow();
  await beside.close();
  await store.close();
  const after = await openToRead({ dataDir });
  expect(await after.ledger.pull(REPO, 6)).toEqual(pull(6));
  expect(await after.ledger.pull(REPO, 7)).toBeNull();
  await after.close();
});

it('makes nothing where there is none, not even the directory', async () => {
  for (const missing of [dataDir, join(dataDir, 'deeper', 'still')]) {
    const read = await openToRead({ dataDir: missing });
    expect(await read.ledger.pull(REPO, 5)).toBeNull();
    await read.close();
  }
  expect(readdirSync(dataDir)).toEqual([]);
});

it('leaves the schema of another release as it is, and says so', async () => {
  await (await openStore({ dataDir })).close();
  const db = new DatabaseSync(join(dataDir, 'playcaller.db'));
  const versions = db.prepare('select max(version) as version from schema_version');
  const { version } = { ...versions.get() };
  db.exec(`delete from schema_version where version = ${version}`);
  await expect(openToRead({ dataDir })).rejects.toThrow(StoreUnusable);
  expect({ ...versions.get() }).toEqual({ version: Number(version) - 1 });
  db.close();
});

describe.each(databaseUrl ? ['PostgreSQL'] : [])('on %s', () => {
  it('reads beside the writer, and the server lets it change nothing', async () => {
    const { url, end } = await freshSchema();
    const store = await openStore({ dataDir, databaseUrl: url });
    const lease = await leaseOf(store, 5);
    await store.ledger.commit(lease, [{ kind: 'pull.save', pull: pull(5) }]);
    const beside = await openToRead({ dataDir, databaseUrl: url });
    expect(await beside.ledger.pull(REPO, 5)).toEqual(pull(5));
    expect(await beside.ledger.pullsAt(REPO, pull(5).headSha)).toEqual([pull(5)]);
    expect(await beside.ledger.openPulls(REPO)).toEqual([5]);
    await expect(beside.ledger.commit(lease, [{ kind: 'pull.save', pull: pull(7) }])).rejects.toThrow();
    expect(await store.ledger.pull(REPO, 7)).toBeNull();
    await beside.close();
    await store.close();
    await end();
  });

  it('a database that no Playcaller has used reads as an empty one, and stays so', async () => {
    const { url, query, end } = await freshSchema();
    const read = await openToRead({ dataDir, databaseUrl: url });
    expect(await read.ledger.pull(REPO, 5)).toBeNull();
    await read.close();
    await query('create table schema_version (x int)');
    await end();
  });

  it('one that is not there is said to be away, without its password', async () => {
    const away = openToRead({ dataDir, databaseUrl: 'postgres://me:hush@127.0.0.1:1/none' });
    await expect(away).rejects.toThrow(StoreUnavailable);
    await expect(away).rejects.not.toThrow('hush');
  });
});

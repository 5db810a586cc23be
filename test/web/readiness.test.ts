/** `/readyz` means it: a store that cannot take one more webhook is not ready, on both engines, and says why without places. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { openStore } from '../../src/store/open.ts';
import { SQLITE_FILE } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/types.ts';
import { createReadiness } from '../../src/web/readiness.ts';
import { databaseUrl, freshSchema } from '../store/worlds.ts';

let changes: (string | null)[];
let draining: boolean;

function readiness(store: () => Pick<Store, 'ping'> | null, patienceMs?: number) {
  changes = [];
  draining = false;
  return createReadiness({ store, draining: () => draining, onChange: (why) => changes.push(why), patienceMs });
}

test('by the store, and by the drain, which needs no store', async () => {
  let fault: Error | null = null;
  const unready = readiness(() => ({ ping: () => (fault ? Promise.reject(fault) : Promise.resolve()) }));
  expect(await unready()).toBeNull();
  fault = new StoreUnavailable('/secret/place is read-only', { reason: 'is read-only' });
  expect(await unready()).toBe('the store is read-only');
  expect(await unready()).toBe('the store is read-only');
  fault = new Error('something about 10.0.0.7');
  expect(await unready()).toBe('the store cannot be written');
  fault = null;
  expect(await unready()).toBeNull();
  expect(changes).toEqual(['the store is read-only', 'the store cannot be written', null]);
  draining = true;
  expect(await unready()).toMatch(/^shutting down/);
  expect(await readiness(() => null)()).toBe('the store is not open yet');
});

test('a store that never answers is told in time, and many who ask make one write', async () => {
  let pings = 0;
  const unready = readiness(
    () => ({
      ping: () => {
        pings += 1;
        return new Promise(() => undefined);
      },
    }),
    20,
  );
  const answers = await Promise.all(Array.from({ length: 50 }, () => unready()));
  expect(new Set(answers)).toEqual(new Set(['the store does not answer in time']));
  expect(pings).toBe(1);
});

describe('SQLite', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'playcaller-ready-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  test('another process that holds the database', async () => {
    const store = await openStore({ dataDir });
    const unready = readiness(() => store, 300);
    const other = new DatabaseSync(join(dataDir, SQLITE_FILE));
    other.exec('begin immediate');
    expect(await unready()).toBe('the store does not answer in time');
    other.exec('rollback');
    other.close();
    expect(await readiness(() => store, 10_000)()).toBeNull();
    await store.close();
  });
});

describe.each(databaseUrl ? ['PostgreSQL'] : [])('%s', () => {
  let schema: Awaited<ReturnType<typeof freshSchema>>;
  let role: string;
  let store: Store;
  beforeEach(async () => {
    schema = await freshSchema();
    role = `role_${randomUUID().replaceAll('-', '')}`;
    const name = new URL(schema.url).searchParams.get('options')?.split('=')[1];
    await schema.query(`create role ${role} login; grant all on schema ${name} to ${role}`);
    const url = new URL(schema.url);
    url.username = role;
    store = await openStore({ dataDir: '', databaseUrl: url.href });
  });
  afterEach(async () => {
    await store.close();
    await schema.query(`drop owned by ${role}; drop role ${role}`);
    await schema.end();
  });

  /** Of this role's connections: the next ones have its new settings. */
  const reconnect = () => schema.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`);

  test('made read-only, as a standby is; then it is ready again', async () => {
    const unready = readiness(() => store, 10_000);
    expect(await unready()).toBeNull();
    await schema.query(`alter role ${role} set default_transaction_read_only = on`);
    await reconnect();
    await store.ping().catch(() => undefined);
    expect(await unready()).toBe('the store is read-only: PostgreSQL is a standby or was set so');
    await schema.query(`alter role ${role} reset default_transaction_read_only`);
    await reconnect();
    await store.ping().catch(() => undefined);
    expect(await unready()).toBeNull();
  });

  test('without a connection left for us', async () => {
    await schema.query(`alter role ${role} connection limit 0`);
    await reconnect();
    await store.ping().catch(() => undefined);
    expect(await readiness(() => store, 10_000)()).toBe('the store has no connection left for us');
    await schema.query(`alter role ${role} connection limit -1`);
    expect(await readiness(() => store, 10_000)()).toBeNull();
  });

  test('with all of the pool busy behind a lock', async () => {
    const unready = readiness(() => store, 200);
    expect(await unready()).toBeNull();
    await schema.query('begin; lock table heartbeat in access exclusive mode');
    const waiting = Array.from({ length: 12 }, () => store.ping().catch(() => undefined));
    expect(await unready()).toBe('the store does not answer in time');
    await schema.query('rollback');
    await Promise.all(waiting);
    expect(await readiness(() => store, 10_000)()).toBeNull();
  });
});

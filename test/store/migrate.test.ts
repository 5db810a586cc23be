/** The schema: brought up once however many start at a time, never taken back, all or nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreUnusable } from '../../src/store/errors.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Migration } from '../../src/store/migrations/index.ts';
import { openStore } from '../../src/store/open.ts';
import { openToRead } from '../../src/store/read-only.ts';
import type { Tables } from '../../src/store/schema.ts';
import { SQLITE_FILE } from '../../src/store/sqlite.ts';
import { nodeSqliteDialect } from '../../src/store/sqlite-driver.ts';
import { engines, freshSchema } from './worlds.ts';

describe.each(engines)('the schema on $name', ({ name }) => {
  let dataDir: string;
  let databaseUrl = '';
  let query: (text: string) => Promise<void>;
  let drop = async (): Promise<void> => {};
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'playcaller-schema-'));
    query = async (text) => {
      const db = new DatabaseSync(join(dataDir, SQLITE_FILE));
      db.exec(text);
      db.close();
    };
    if (name === 'PostgreSQL') ({ url: databaseUrl, query, end: drop } = await freshSchema());
  });
  afterEach(async () => {
    await drop();
    await rm(dataDir, { recursive: true });
  });

  test('five that start at once all get through', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore({ dataDir, databaseUrl })));
    await Promise.all(stores.map((store) => store.ping()));
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a schema that a newer release has added to is used', async () => {
    await (await openStore({ dataDir, databaseUrl })).close();
    await query('insert into schema_version (version, applied_at) values (999, 0)');
    const store = await openStore({ dataDir, databaseUrl });
    await store.ping();
    await store.close();
    await (await openToRead({ dataDir, databaseUrl })).close();
  });

  test('a schema that a newer release has broken is refused, with why and what to do', async () => {
    await (await openStore({ dataDir, databaseUrl })).close();
    await query(`insert into schema_version (version, applied_at) values (998, 0), (999, 0);
      insert into schema_floor (version, oldest, why) values (998, 998, 'the table lane is now called street')`);
    for (const open of [openStore, openToRead]) {
      const error = await open({ dataDir, databaseUrl }).catch((refused: unknown) => refused);
      expect(error).toBeInstanceOf(StoreUnusable);
      expect(String(error)).toMatch(/schema version 999; .*knows versions up to \d+ and cannot work on it/);
      expect(String(error)).toContain(
        'version 998 needs a release that knows at least 998: the table lane is now called street.',
      );
      expect(String(error)).toMatch(/newer release again.*backup/);
    }
  });
});

describe('the steps', () => {
  const step =
    (...statements: string[]): Migration =>
    () =>
      statements;
  const words = { sequence: 'integer primary key' };
  const lock = async (): Promise<void> => {};
  let db: Kysely<Tables>;
  beforeEach(() => {
    db = new Kysely<Tables>({ dialect: nodeSqliteDialect(new DatabaseSync(':memory:'), (error) => error) });
  });
  afterEach(() => db.destroy());

  const tables = async (): Promise<string[]> => {
    const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table' order by name`.execute(db);
    return rows.map((row) => row.name);
  };

  test('only what is missing is done', async () => {
    const list = [step('create table a (x text)')];
    await migrate(db, { words, lock, list });
    await migrate(db, { words, lock, list });
    await migrate(db, { words, lock, list: [...list, step('create table b (x text)')] });
    expect(await tables()).toEqual(['a', 'b', 'schema_floor', 'schema_version']);
  });

  test('a step that breaks older releases says so; one that only needs somewhat newer ones names them', async () => {
    const two = [step('create table a (x text)'), step('create table b (x text)')];
    const gone: Migration = () => ({ statements: ['drop table a'], breaks: { oldest: 2, why: 'table a is gone' } });
    await migrate(db, { words, lock, list: [...two, gone] });
    await migrate(db, { words, lock, list: two });
    await expect(migrate(db, { words, lock, list: two.slice(0, 1) })).rejects.toThrow(/at least 2: table a is gone/);
    const renamed: Migration = () => ({ statements: ['alter table b rename to c'], breaks: { why: 'b is called c' } });
    await migrate(db, { words, lock, list: [...two, gone, renamed] });
    await expect(migrate(db, { words, lock, list: two })).rejects.toThrow(/version 4 needs .* at least 4: b is called c/);
    await expect(migrate(db, { words, lock, list: [...two, gone] })).rejects.toThrow(StoreUnusable);
    await migrate(db, { words, lock, list: [...two, gone, renamed] });
  });

  test('a step that fails leaves nothing of any step', async () => {
    const list = [step('create table a (x text)'), step('create table b (x text)', 'create nonsense')];
    await expect(migrate(db, { words, lock, list })).rejects.toThrow(/nonsense/);
    expect(await tables()).toEqual([]);
  });
});

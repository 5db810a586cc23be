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

  test('a newer schema is refused', async () => {
    await (await openStore({ dataDir, databaseUrl })).close();
    await query('insert into schema_version (version, applied_at) values (999, 0)');
    const error = await openStore({ dataDir, databaseUrl }).catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(StoreUnusable);
    expect(String(error)).toMatch(/schema version 999.*knows versions up to \d+.*newer release/);
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
    expect(await tables()).toEqual(['a', 'b', 'schema_version']);
  });

  test('a step that fails leaves nothing of any step', async () => {
    const list = [step('create table a (x text)'), step('create table b (x text)', 'create nonsense')];
    await expect(migrate(db, { words, lock, list })).rejects.toThrow(/nonsense/);
    expect(await tables()).toEqual([]);
  });
});

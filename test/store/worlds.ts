/** The two engines as the suite sees them: an empty store each, time that can be moved, a second process's view. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openPostgresStore } from '../../src/store/postgres.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/types.ts';

export interface World {
  store: Store;
  /** Another store on the same database, as another process has it. */
  another(): Promise<Store>;
  /** Lets time pass for leases and back-off. */
  pass(ms: number): Promise<void>;
  end(): Promise<void>;
}

export interface EngineUnderTest {
  name: 'SQLite' | 'PostgreSQL';
  begin(): Promise<World>;
}

export const databaseUrl = process.env.TEST_DATABASE_URL ?? '';

if (process.env.CI && !databaseUrl) throw new Error('TEST_DATABASE_URL is not set: in CI the suite runs on both engines');

const sqlite: EngineUnderTest = {
  name: 'SQLite',
  async begin() {
    const directory = await mkdtemp(join(tmpdir(), 'playcaller-store-'));
    let ahead = 0;
    const open = (): Promise<Store> => openSqliteStore(directory, { clock: () => Date.now() + ahead });
    return world(
      open,
      async (ms) => {
        ahead += ms;
      },
      () => rm(directory, { recursive: true }),
    );
  },
};

const postgres: EngineUnderTest = {
  name: 'PostgreSQL',
  async begin() {
    const { url, query, end } = await freshSchema();
    return world(
      () => openPostgresStore(url),
      (ms) =>
        query(`update lane set run_at = run_at - ${ms}, lease_until = lease_until - ${ms}; update input set at = at - ${ms};
           update timer set due_at = due_at - ${ms}`),
      end,
    );
  },
};

export const engines: EngineUnderTest[] = databaseUrl ? [sqlite, postgres] : [sqlite];

async function world(open: () => Promise<Store>, pass: World['pass'], remove: () => Promise<void>): Promise<World> {
  const stores: Store[] = [];
  const another = async (): Promise<Store> => {
    const store = await open();
    stores.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    pass,
    end: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await remove();
    },
  };
}

/** A schema of its own, reached by the URL alone. */
export async function freshSchema(): Promise<{ url: string; query(text: string): Promise<void>; end(): Promise<void> }> {
  const schema = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(databaseUrl);
  url.searchParams.set('options', `-csearch_path=${schema}`);
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(`create schema ${schema}`);
  return {
    url: url.href,
    query: async (text) => void (await client.query(text)),
    end: async () => {
      await client.query(`drop schema ${schema} cascade`);
      await client.end();
    },
  };
}

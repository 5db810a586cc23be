/** The PostgreSQL engine: any number of replicas on one database. */

import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Engine } from './engine.ts';
import { migrate } from './migrate.ts';
import { CHANNEL, openListener } from './postgres-listener.ts';
import { codeOf, openPool } from './postgres-pool.ts';
import type { Tables } from './schema.ts';
import { storeOn } from './store.ts';
import type { Store } from './types.ts';

/** Any number will do, as long as nobody else on the database takes it. */
const MIGRATION_LOCK = 7_269_118_001;
const DEADLOCK = '40P01';
const SERIALISATION = '40001';

/**
 * Connects, and brings the schema up to date. A schema other than `public` comes with the URL:
 * `?options=-csearch_path%3Dmine`. Needs session pooling where a pooler stands between (LISTEN).
 * @throws {StoreUnavailable} when it cannot be reached; later operations throw the same while it is away.
 * @throws {StoreUnusable} when the URL is none, or a newer release has been here.
 */
export async function openPostgresStore(url: string): Promise<Store> {
  await migrateWithPatience(url);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url) }) });
  return storeOn(postgresEngine(db, url));
}

async function migrateWithPatience(url: string): Promise<void> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url, { patient: true, max: 1 }) }) });
  try {
    await migrate(db, {
      words: { sequence: 'bigint generated always as identity primary key' },
      lock: async (tx) => void (await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(tx)),
    });
  } finally {
    await db.destroy();
  }
}

function postgresEngine(db: Kysely<Tables>, url: string): Engine {
  const listener = openListener(url);
  let closed: Promise<void> | null = null;
  const end = async (): Promise<void> => {
    await listener.close();
    await db.destroy();
  };
  return {
    db,
    rowLocks: true,
    now: () => sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`,
    notify: async (tx) => void (await sql`select pg_notify(${sql.lit(CHANNEL)}, '')`.execute(tx)),
    notified: () => {},
    onWork: (callback) => listener.add(callback),
    durable: async () => {},
    again: (error) => [DEADLOCK, SERIALISATION].includes(codeOf(error)),
    close: () => {
      closed ??= end();
      return closed;
    },
  };
}

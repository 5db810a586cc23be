/** Looks at a store without opening it for work: nothing is made, migrated or leased; one heartbeat is written, to see that it can be. */
import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { freeBytes } from './disk.ts';
import { StoreUnavailable, StoreUnusable } from './errors.ts';
import { figures } from './figures.ts';
import type { QueueFigures } from './inbox-types.ts';
import { migrations } from './migrations/index.ts';
import type { StoreSettings } from './open.ts';
import { codeOf, openPool } from './postgres-pool.ts';
import { readingEngine, UNDEFINED_TABLE } from './read-only.ts';
import type { Tables } from './schema.ts';
import { refuseIfBroken } from './schema-floor.ts';
import { SQLITE_FILE, sayWhatIsWrong } from './sqlite.ts';
import { nodeSqliteDialect } from './sqlite-driver.ts';

export type StoreReport =
  | { kind: 'faulty'; why: string }
  /** Never made. `unwritable`: why it could not be made either. */
  | { kind: 'absent'; place: string; unwritable: string | null }
  | {
      kind: 'there';
      place: string;
      version: number;
      /** Migrations that this release knows. */
      known: number;
      /** Why this release cannot work on it; null when it can. */
      broken: string | null;
      /** Why it cannot be written; null when it can. */
      unwritable: string | null;
      /** Null when the schema is too old or too new to tell. */
      figures: QueueFigures | null;
      /** Of the embedded store's disk. */
      freeBytes: number | null;
      server: { version: string; connections: number; mostConnections: number } | null;
    };

type There = Extract<StoreReport, { kind: 'there' }>;

/** @throws never for what is wrong with the store */
export async function inspectStore({ dataDir, databaseUrl }: StoreSettings): Promise<StoreReport> {
  try {
    return databaseUrl ? await inspectPostgres(databaseUrl) : await inspectSqlite(resolve(dataDir));
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof StoreUnusable) return { kind: 'faulty', why: error.message };
    throw error;
  }
}

async function inspectSqlite(directory: string): Promise<StoreReport> {
  const file = join(directory, SQLITE_FILE);
  if (!existsSync(file)) return { kind: 'absent', place: directory, unwritable: await whyNotMade(directory) };
  const translate = (error: unknown): unknown => sayWhatIsWrong(error, directory);
  try {
    const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(new DatabaseSync(file, { timeout: 1000 }), translate) });
    try {
      return { ...(await look(db)), kind: 'there', place: file, freeBytes: await freeBytes(directory), server: null };
    } finally {
      await db.destroy();
    }
  } catch (error) {
    throw translate(error);
  }
}

/** The app makes the directory itself, but not its parents. */
async function whyNotMade(directory: string): Promise<string | null> {
  const place = existsSync(directory) ? directory : dirname(directory);
  try {
    await access(place, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return `${place} is not there`;
    return code === 'ENOTDIR' ? `${place} is no directory` : `${place} cannot be written (${code})`;
  }
}

async function inspectPostgres(url: string): Promise<StoreReport> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url, { max: 1 }) }) });
  const { host, pathname } = new URL(url);
  const place = `PostgreSQL at ${host}${pathname}`;
  try {
    const { rows } = await sql<{ version: string; connections: number; most: number }>`
      select current_setting('server_version') as version, current_setting('max_connections')::int as most,
        (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections`.execute(db);
    const [seen] = rows;
    const server = seen && { version: seen.version, connections: seen.connections, mostConnections: seen.most };
    return { ...(await look(db)), kind: 'there', place, freeBytes: null, server: server ?? null };
  } catch (error) {
    if (codeOf(error) === UNDEFINED_TABLE) return { kind: 'absent', place, unwritable: null };
    throw error;
  } finally {
    await db.destroy();
  }
}

async function look(db: Kysely<Tables>): Promise<Pick<There, 'version' | 'known' | 'broken' | 'unwritable' | 'figures'>> {
  const known = migrations.length;
  const { version } = await db
    .selectFrom('schema_version')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), sql<number>`0`).as('version'))
    .executeTakeFirstOrThrow();
  const broken = await saidBy(refuseIfBroken(db, { version, known }));
  const fits = broken === null && version >= known;
  return { version, known, broken, unwritable: await saidBy(beat(db)), figures: fits ? await figures(readingEngine(db)) : null };
}

async function beat(db: Kysely<Tables>): Promise<void> {
  const at = Date.now();
  await db
    .insertInto('heartbeat')
    .values({ id: 1, at })
    .onConflict((on) => on.column('id').doUpdateSet({ at }))
    .execute();
}

/** The words of the fault; null without one. */
async function saidBy(work: Promise<void>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof StoreUnusable) return error.message.replace(/\.$/, '');
    throw error;
  }
}

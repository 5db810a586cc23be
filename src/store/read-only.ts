/** The ledger to look into and nothing more: nothing is made, changed or brought up to date, whoever else uses it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Engine } from './engine.ts';
import { StoreUnusable } from './errors.ts';
import { ledgerOn } from './ledger.ts';
import type { Ledger } from './ledger-types.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { StoreSettings } from './open.ts';
import { codeOf, openPool } from './postgres-pool.ts';
import type { Tables } from './schema.ts';
import { refuseIfBroken } from './schema-floor.ts';
import { SQLITE_FILE, SQLITE_WORDS, sayWhatIsWrong } from './sqlite.ts';
import { nodeSqliteDialect } from './sqlite-driver.ts';

/** SQLSTATE (PostgreSQL's documentation, appendix A). */
export const UNDEFINED_TABLE = '42P01';

export interface ReadOnly {
  ledger: Ledger;
  close(): Promise<void>;
}

/**
 * A store that was never made reads as an empty one.
 * @throws {StoreUnavailable} when it may be there later. @throws {StoreUnusable} when it is of another release.
 */
export async function openToRead({ dataDir, databaseUrl }: StoreSettings): Promise<ReadOnly> {
  if (databaseUrl) return openPostgres(databaseUrl);
  const directory = resolve(dataDir);
  const file = join(directory, SQLITE_FILE);
  const translate = (error: unknown): unknown => sayWhatIsWrong(error, directory);
  if (!existsSync(file)) return openEmpty(translate);
  try {
    return await readingFrom(
      new Kysely<Tables>({ dialect: nodeSqliteDialect(new DatabaseSync(file, { readOnly: true, timeout: 1000 }), translate) }),
    );
  } catch (error) {
    throw translate(error);
  }
}

async function openPostgres(url: string): Promise<ReadOnly> {
  const pool = openPool(url, { max: 1, readOnly: true });
  try {
    return await readingFrom(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }));
  } catch (error) {
    if (codeOf(error) === UNDEFINED_TABLE) return openEmpty((fault) => fault);
    throw error;
  }
}

async function openEmpty(translate: (error: unknown) => unknown): Promise<ReadOnly> {
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(new DatabaseSync(':memory:'), translate) });
  await migrate(db, { words: SQLITE_WORDS, lock: async () => {} });
  return readingFrom(db);
}

async function readingFrom(db: Kysely<Tables>): Promise<ReadOnly> {
  try {
    const { version } = await db
      .selectFrom('schema_version')
      .select((eb) => eb.fn.max('version').as('version'))
      .executeTakeFirstOrThrow();
    if (version < migrations.length) throw new StoreUnusable(olderRelease(version));
    await refuseIfBroken(db, { version, known: migrations.length });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const engine = readingEngine(db);
  return { ledger: ledgerOn(engine), close: engine.close };
}

/** For queries alone: whatever writes does not use it. */
export function readingEngine(db: Kysely<Tables>): Engine {
  const nothing = async (): Promise<void> => {};
  return {
    db,
    rowLocks: false,
    now: () => sql<number>`${Date.now()}`,
    notify: nothing,
    notified: () => {},
    onWork: () => () => {},
    durable: nothing,
    again: () => false,
    close: () => db.destroy(),
  };
}

function olderRelease(found: number): string {
  return (
    `The store has schema version ${found}, this release of Playcaller reads version ${migrations.length} and later. ` +
    'Use the release that runs on it, or start this one, which brings it up to date.'
  );
}

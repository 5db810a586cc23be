/** The embedded engine: one file, one connection, durable at every commit. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Engine } from './engine.ts';
import { StoreUnavailable, StoreUnusable } from './errors.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './schema.ts';
import { Clock, nodeSqliteDialect, patiently, sqliteCode } from './sqlite-driver.ts';
import { storeOn } from './store.ts';
import type { Store } from './types.ts';
import { openWalSync, type WalSync } from './wal-sync.ts';

export const SQLITE_FILE = 'playcaller.db';
export const SQLITE_WORDS = { sequence: 'integer primary key autoincrement' };

export interface SqliteOptions {
  /** Epoch milliseconds; leases and back-off go by it. `Date.now` unless a test moves the time. */
  clock?: () => number;
}

/**
 * Opens (and makes, where needed) `playcaller.db` in `dataDir`. Makes the directory itself, but not its parents:
 * a missing parent is a mistyped path or a volume that is not there.
 * @throws {StoreUnavailable} when the directory cannot be written. @throws {StoreUnusable} when the file is damaged or newer.
 */
export async function openSqliteStore(dataDir: string, options: SqliteOptions = {}): Promise<Store> {
  const directory = resolve(dataDir);
  const translate = (error: unknown): unknown => sayWhatIsWrong(error, directory);
  try {
    await mkdir(directory).catch(ignoreExisting);
    const db = await patiently(() => openFile(join(directory, SQLITE_FILE)));
    const walSync = await syncOf(db, join(directory, SQLITE_FILE), directory);
    const engine = sqliteEngine(db, walSync, translate, options.clock ?? Date.now);
    try {
      await migrate(engine.db, { words: SQLITE_WORDS, lock: async () => {} });
    } catch (error) {
      await engine.close();
      throw error;
    }
    return storeOn(engine);
  } catch (error) {
    throw translate(error);
  }
}

function openFile(file: string): DatabaseSync {
  // A short wait only: a longer one is slept through by `patiently`, with the event loop running.
  const db = new DatabaseSync(file, { timeout: 20 });
  try {
    db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma temp_store = memory');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Reading once makes SQLite open the WAL. */
async function syncOf(db: DatabaseSync, file: string, directory: string): Promise<WalSync> {
  try {
    db.exec('pragma user_version');
    return await openWalSync(file, directory);
  } catch (error) {
    db.close();
    throw error;
  }
}

function sqliteEngine(
  database: DatabaseSync,
  walSync: WalSync,
  translate: (error: unknown) => unknown,
  clock: () => number,
): Engine {
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database, translate) });
  const now = sql<number>`${sql.val(new Clock(clock))}`;
  const callbacks = new Set<() => void>();
  let closed: Promise<void> | null = null;
  const end = async (): Promise<void> => {
    // Whoever waits for the one connection is served before it goes.
    await db.connection().execute(async () => {});
    await walSync.close();
    await db.destroy();
  };
  return {
    db,
    rowLocks: false,
    now: () => now,
    notify: async () => {},
    notified: () => {
      for (const callback of callbacks) callback();
    },
    onWork: (callback) => {
      const entry = (): void => callback();
      callbacks.add(entry);
      return () => callbacks.delete(entry);
    },
    durable: () => walSync.settled(),
    again: () => false,
    close: () => {
      closed ??= end();
      return closed;
    },
  };
}

function ignoreExisting(error: unknown): void {
  if (errnoOf(error) !== 'EEXIST') throw error;
}

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const CODES: Record<number, { what: string; mend: string; usable: boolean }> = {
  5: { what: 'is locked by another process', mend: 'Only one Playcaller may use it: end the other one.', usable: true },
  8: { what: 'is read-only', mend: 'Give the user that runs Playcaller the right to write there.', usable: true },
  10: { what: 'could not be read or written', mend: 'Look at the disk and its free space.', usable: true },
  11: { what: 'is damaged', mend: 'Put a backup in its place, or move it away and run `playcaller rebuild`.', usable: false },
  13: { what: 'cannot grow, the disk is full', mend: 'Make room; nothing that was acknowledged is lost.', usable: true },
  14: { what: 'could not be opened', mend: 'Give the user that runs Playcaller the right to write there.', usable: true },
  26: {
    what: 'is not a SQLite database',
    mend: 'Put a backup in its place, or move it away and run `playcaller rebuild`.',
    usable: false,
  },
};

/** Says which file, what is wrong and how to mend it; passes on what is no fault of the file. */
export function sayWhatIsWrong(error: unknown, directory: string): unknown {
  if (error instanceof StoreUnavailable || error instanceof StoreUnusable || !(error instanceof Error)) return error;
  const known = CODES[sqliteCode(error)];
  if (known) {
    const message = `${join(directory, SQLITE_FILE)} ${known.what} (DATA_DIR=${directory}). ${known.mend} [${error.message}]`;
    return known.usable
      ? new StoreUnavailable(message, { cause: error, reason: known.what })
      : new StoreUnusable(message, { cause: error });
  }
  if ('syscall' in error) {
    const mend = 'Create it, or set DATA_DIR to a directory that the user running Playcaller can write.';
    return new StoreUnavailable(`The data directory ${directory} (DATA_DIR) cannot be used: ${error.message}. ${mend}`, {
      cause: error,
      reason: 'has no directory that could be written',
    });
  }
  return error;
}

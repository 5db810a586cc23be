/** The way into the store: picks the engine. */
import { openPostgresStore } from './postgres.ts';
import { openSqliteStore } from './sqlite.ts';
import type { Store } from './types.ts';

export { StoreUnavailable, StoreUnusable } from './errors.ts';
export { openPostgresStore } from './postgres.ts';
export { openSqliteStore } from './sqlite.ts';

export interface StoreSettings {
  dataDir: string;
  /** PostgreSQL when set and not empty, else the embedded store in `dataDir`. */
  databaseUrl?: string | null;
}

/** @throws {StoreUnavailable} when it may be there later. @throws {StoreUnusable} when waiting does not help. */
export function openStore({ dataDir, databaseUrl }: StoreSettings): Promise<Store> {
  return databaseUrl ? openPostgresStore(databaseUrl) : openSqliteStore(dataDir);
}

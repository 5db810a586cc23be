/** Opens the store, and waits for PostgreSQL when it is away: a database that starts after the app is no fault. */
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { openStore, StoreUnavailable } from '../store/open.ts';
import type { Store } from '../store/types.ts';
import { CannotStart } from './errors.ts';

export interface StoreWish {
  dataDir: string;
  databaseUrl: string | null;
  log: Logger;
  /** Ends the waiting. */
  signal: AbortSignal;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** Null when `signal` ended the waiting. @throws {CannotStart} when waiting does not help. */
export async function openStoreWhenThere(wish: StoreWish): Promise<Store | null> {
  for (let waitMs = FIRST_WAIT_MS; !wish.signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await openStore({ dataDir: wish.dataDir, databaseUrl: wish.databaseUrl });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      // The embedded store has nobody to wait for.
      if (!(error instanceof StoreUnavailable) || wish.databaseUrl === null)
        throw new CannotStart(`The store cannot be opened: ${why}`);
      wish.log.warn({ why, waitMs }, 'PostgreSQL (DATABASE_URL) does not answer yet; webhooks get 503 until it does');
      await setTimeout(waitMs, undefined, { signal: wish.signal }).catch(() => undefined);
    }
  }
  return null;
}

/** What the queries need to know of the database below them: the whole difference between the two engines. */
import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

export type Tx = Transaction<Tables>;

export interface Engine {
  db: Kysely<Tables>;
  /** Epoch milliseconds by the one clock that all users of this database share. */
  now(): RawBuilder<number>;
  /** Whether rows are locked one by one (`FOR UPDATE`, `SKIP LOCKED`) rather than the database as a whole. */
  rowLocks: boolean;
  /** Inside the transaction that adds work: tells other processes once it commits. */
  notify(tx: Tx): Promise<void>;
  /** After that commit: tells our own process, where `notify` does not. */
  notified(): void;
  onWork(callback: () => void): () => void;
  /** Resolves when what was committed before this call survives a power cut. */
  durable(): Promise<void>;
  /** True for errors after which the same transaction may simply be run again (deadlock, serialisation). */
  again(error: unknown): boolean;
  close(): Promise<void>;
}

const TRIES = 5;

/** Runs `work` in one durable transaction, again when it was the victim of a deadlock. `work` must have no other effects. */
export async function write<T>(engine: Engine, work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await writeLightly(engine, work);
  await engine.durable();
  return result;
}

/** As `write`, for what may be lost in a power cut because it is then done again: leases and their ends. */
export async function writeLightly<T>(engine: Engine, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await engine.db.transaction().execute(work);
    } catch (error) {
      if (tried === TRIES || !engine.again(error)) throw error;
    }
  }
}

/** As `write`, for work that may have put something into a lane: `work` says so by its `added`. */
export async function writeWork<T extends { added: boolean }>(engine: Engine, work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await write(engine, async (tx) => {
    const value = await work(tx);
    if (value.added) await engine.notify(tx);
    return value;
  });
  if (result.added) engine.notified();
  return result;
}

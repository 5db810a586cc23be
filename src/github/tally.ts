/** What one piece of work does at GitHub, however deep inside it: its calls are counted, and it writes while it may. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Unavailable } from './errors.ts';

export interface Tally {
  calls: number;
  /** False once somebody else may have taken the work over: a process can be stopped for a while and wake up. */
  mayWrite?(): boolean;
}

const current = new AsyncLocalStorage<Tally>();

/** Calls made while `work` runs are added to `tally`. */
export function tallied<T>(tally: Tally, work: () => Promise<T>): Promise<T> {
  return current.run(tally, work);
}

/**
 * Right before each request: it counts.
 * @throws {Unavailable} for a write that may be another's by now
 */
export function beginCall(writes = 0): void {
  const tally = current.getStore();
  if (!tally) return;
  if (writes > 0 && tally.mayWrite?.() === false) throw new Unavailable('too late to write: the lease has run out meanwhile');
  tally.calls += 1;
}

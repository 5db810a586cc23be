/** Counts the API calls that one piece of work makes, however deep inside it they happen. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Tally {
  calls: number;
}

const current = new AsyncLocalStorage<Tally>();

/** Calls made while `work` runs are added to `tally`. */
export function tallied<T>(tally: Tally, work: () => Promise<T>): Promise<T> {
  return current.run(tally, work);
}

export function countCall(): void {
  const tally = current.getStore();
  if (tally) tally.calls += 1;
}

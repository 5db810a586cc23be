/** Looks again until something holds: the story never sleeps for a fixed time. */
import { setTimeout as pause } from 'node:timers/promises';

export interface Seen<T> {
  held: boolean;
  /** What the last look saw; undefined when no look succeeded. */
  last: T | undefined;
  /** Why the last look failed, if it did. */
  error: string | null;
}

const SHORTEST_MS = 30;
const LONGEST_MS = 500;
/** Each pause is that much longer than the one before: people have an hourly budget of requests here too. */
const GROWTH = 1.3;

/** Looks, first every 30 ms, later every half second, for at most `timeoutMs`. A look that throws counts as not yet. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, timeoutMs: number): Promise<Seen<T>> {
  const end = Date.now() + timeoutMs;
  let last: T | undefined;
  let error: string | null = null;
  let wait = SHORTEST_MS;
  for (;;) {
    try {
      last = await look();
      error = null;
      if (holds(last)) return { held: true, last, error };
    } catch (fault) {
      error = fault instanceof Error ? fault.message : String(fault);
    }
    if (Date.now() >= end) return { held: false, last, error };
    await pause(wait);
    wait = Math.min(LONGEST_MS, wait * GROWTH);
  }
}

/** Looks again until something holds: the story never sleeps for a fixed time. */
import { setTimeout as pause } from 'node:timers/promises';

export interface Seen<T> {
  held: boolean;
  /** What the last look saw; undefined when no look succeeded. */
  last: T | undefined;
  /** Why the last look failed, if it did. */
  error: string | null;
}

const EVERY_MS = 50;

/** Looks every 50 ms for at most `timeoutMs`. A look that throws counts as not yet. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, timeoutMs: number): Promise<Seen<T>> {
  const end = Date.now() + timeoutMs;
  let last: T | undefined;
  let error: string | null = null;
  for (;;) {
    try {
      last = await look();
      error = null;
      if (holds(last)) return { held: true, last, error };
    } catch (fault) {
      error = fault instanceof Error ? fault.message : String(fault);
    }
    if (Date.now() >= end) return { held: false, last, error };
    await pause(EVERY_MS);
  }
}

/**
 * Gives a suspect the worker for itself: a lane whose workers died twice in a row, be it by its doing or by that of
 * another beside it. Handled alone, the innocent comes through, and what dies once more has only itself to blame (A1).
 */
import type { Inbox, LaneWork } from '../store/inbox-types.ts';

/** Suspects are looked for so often while other work is at hand. */
const LOOK_MS = 1_000;
/** So long others wait for a suspect, and it for them: a handler that hangs must not stop the whole worker. */
const PATIENCE_MS = 30_000;

export interface Quarantine {
  /**
   * What comes next: a suspect, leased, with nothing beside it; or others, as usual; or nothing until something ends.
   * @param busy lanes being handled
   */
  next(busy: number): Promise<LaneWork | 'others' | 'nothing'>;
  /** There was no other work: the next call looks for suspects. */
  idle(): void;
  /** The suspect has been handled. */
  over(): void;
}

export function createQuarantine(
  inbox: Pick<Inbox, 'leaseSuspect' | 'suspectDue'>,
  leaseMs: number,
  nowMs: () => number = () => performance.now(),
): Quarantine {
  let lookAt = 0;
  /** A suspect waits for the others to end. */
  let waitsSince: number | null = null;
  /** A suspect is being handled. */
  let aloneSince: number | null = null;
  const within = (since: number | null) => since !== null && nowMs() - since < PATIENCE_MS;

  return {
    async next(busy) {
      if (within(aloneSince)) return 'nothing';
      if (waitsSince === null && nowMs() < lookAt) return 'others';
      if (!(await inbox.suspectDue())) {
        waitsSince = null;
        lookAt = nowMs() + LOOK_MS;
        return 'others';
      }
      waitsSince ??= nowMs();
      if (busy > 0 && within(waitsSince)) return 'nothing';
      waitsSince = null;
      const work = await inbox.leaseSuspect(leaseMs);
      if (work) aloneSince = nowMs();
      return work ?? 'others';
    },
    idle() {
      lookAt = 0;
    },
    over() {
      aloneSince = null;
      lookAt = 0;
    },
  };
}

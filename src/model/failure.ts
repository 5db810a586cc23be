/** What went wrong in a session and how it is mended: part of its notebook (B6). */
import type { Said } from './records.ts';
import type { FaultKind, RecoveryOutcome, RecoveryQuestion } from './recovery.ts';
import type { SessionState } from './session.ts';

/** What `/session recover` decided for a failure. */
export interface Recovery extends Said {
  outcome: RecoveryOutcome;
  /** The way through the decision tree. */
  because: { question: RecoveryQuestion; yes: boolean }[];
  /** Someone asked for this outcome instead of the tree's. */
  chosen: boolean;
}

/** `/session fail [kind=…] <error>`. The session stays active and shows as failed until a recovery is decided. */
export interface Failure extends Said {
  kind: FaultKind;
  /** As the tool said it: several lines, the middle cut out of a long one. */
  error: string;
  recovery: Recovery | null;
}

interface Failed {
  failures?: Failure[];
}

/** The failure that nobody has begun to recover from; null while there is none. */
export function openFailure({ failures }: Failed): Failure | null {
  const last = failures?.at(-1);
  return last?.recovery === null ? last : null;
}

/** As plans and parents show it: a failed session is active, and nobody works on. */
export function shownState({ state, records }: { state: SessionState; records: Failed }): SessionState | 'failed' {
  return state === 'active' && openFailure(records) ? 'failed' : state;
}

/** Recoveries that failed since everything was begun anew: another failure followed each of them. */
export function failedRecoveries({ failures = [] }: Failed): number {
  const tried = failures.slice(0, -1).filter(({ recovery }) => recovery !== null);
  return tried.length - 1 - tried.findLastIndex(({ recovery }) => recovery?.outcome === 'restart');
}

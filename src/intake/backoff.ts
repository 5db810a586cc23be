/** When to try again, and when to stop trying. */

/** How an error is to be met; the app sorts GitHub's errors into these. */
export type Verdict =
  /** A rate limit: not the work's fault, so not an attempt. */
  | { kind: 'wait'; untilMs: number }
  /** What the work was about is gone. */
  | { kind: 'drop' }
  /** GitHub, the network or the store is away: patience, and no new try for so many milliseconds. */
  | { kind: 'outage'; notBeforeMs: number }
  | { kind: 'failed' };

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
/** Our own failures: about two minutes of trying. */
const ATTEMPTS = 8;
/** An outage at GitHub is nobody's bug and can last: about a day of trying, five minutes apart. */
const OUTAGE_ATTEMPTS = 300;
/** Workers in a row that one lane may take with it: two beside others, the rest alone. */
export const MOST_LOST = 5;

/** @param attempts failed ones before this. @param chance 0 ≤ chance < 1: the jitter. */
export function backoffMs(attempts: number, chance: number): number {
  const full = Math.min(FIRST_MS * 2 ** Math.min(attempts, 20), LONGEST_MS);
  return Math.round(full * (0.5 + chance / 2));
}

/** @param attempts failed ones before this. */
export function isLastAttempt(verdict: Verdict, attempts: number): boolean {
  if (verdict.kind === 'failed') return attempts + 1 >= ATTEMPTS;
  return verdict.kind === 'outage' && attempts + 1 >= OUTAGE_ATTEMPTS;
}

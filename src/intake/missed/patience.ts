/** Asks GitHub until it answers: rate limits are waited out, a short outage is met with back-off (A5). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Verdict } from '../backoff.ts';
import { backoffMs } from '../backoff.ts';

export interface Patience {
  log: Logger;
  now(): Date;
  sortError(error: unknown): Verdict;
  /** Ends the waiting. */
  signal: AbortSignal;
}

/** About half a minute of trying. */
const OUTAGE_TRIES = 5;
/** Nobody names more; a clock that was put back could. */
const LONGEST_MS = 3_600_000;

/** @throws what `ask` throws, once waiting does not help; an AbortError when `signal` ends it. */
export async function patiently<T>({ log, now, sortError, signal }: Patience, ask: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; ) {
    try {
      return await orAborted(ask, signal);
    } catch (error) {
      const verdict = sortError(error);
      if (verdict.kind === 'wait') {
        const waitMs = Math.min(Math.max(0, verdict.untilMs - now().getTime()) + Math.random() * 1000, LONGEST_MS);
        log.debug({ waitMs: Math.round(waitMs) }, 'reading missed deliveries waits for a rate limit');
        await sleep(waitMs, undefined, { signal });
      } else if (verdict.kind === 'outage' && tried < OUTAGE_TRIES) {
        await sleep(backoffMs(tried, Math.random()), undefined, { signal });
        tried += 1;
      } else throw error;
    }
  }
}

/** A request under way does not hold up the end of the process. */
async function orAborted<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([ask(), promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Every error that a handler can throw → what the worker does with the lane. */
import { Gone, RateLimited, Unavailable } from '../github/errors.ts';
import type { Verdict } from '../intake/backoff.ts';
import { StoreUnavailable } from '../store/errors.ts';

export function sortError(error: unknown): Verdict {
  if (error instanceof RateLimited) return { kind: 'wait', untilMs: error.untilMs };
  if (error instanceof Gone) return { kind: 'drop' };
  if (error instanceof Unavailable) return { kind: 'outage', notBeforeMs: error.settlesMs };
  if (error instanceof StoreUnavailable) return { kind: 'outage', notBeforeMs: 0 };
  return { kind: 'failed' };
}

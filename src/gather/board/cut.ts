/** Whether what was read until GitHub said no is worth telling, and when to go on. */
import { RateLimited, Unavailable } from '../../github/errors.ts';
import type { BoardFacts } from '../../model/board-facts.ts';
import type { SessionLedger } from '../../model/facts.ts';

export type Cut = NonNullable<BoardFacts['cut']>;

/**
 * A limit lasts: what is known is told meanwhile. A hiccup is tried again at once, and told only when the try came no
 * further than the one before.
 * @param left sessions that were not read
 * @throws the error, when the lane should just come back
 */
export function cutBy(error: unknown, stuck: boolean, left: readonly SessionLedger[]): Cut {
  const categories = [...new Set(left.flatMap(({ session }) => session.category ?? []))].sort();
  if (error instanceof RateLimited) return { until: new Date(error.untilMs).toISOString(), categories };
  if (error instanceof Unavailable && stuck) return { until: null, categories };
  throw error;
}

/** GitHub's reads may lag behind the event that made us read: then the facts are not yet those that it was about. */
import { Unavailable } from '../github/errors.ts';
import type { Trigger } from '../model/trigger.ts';

/** Replicas catch up within seconds. What is still older then will stay so, and is taken as it is. */
const PATIENCE_MS = 10_000;
/** Two tables may be stamped one after the other. */
const TOLERANCE_MS = 2_000;

const ENDED = /^issues\.(deleted|transferred)$/;

/**
 * @param shownAt when the subject last changed, as GitHub shows it now; null: it shows none
 * @throws {Unavailable} when a delivery of the last seconds has seen a newer state
 */
export function checkNotBehind(trigger: Extract<Trigger, { kind: 'subject' | 'command' }>, shownAt: string | null): void {
  const inputs = trigger.kind === 'command' ? [trigger.command] : trigger.changes;
  const seen = inputs.map((input) => Date.parse(input.seenAt ?? '')).filter((at) => !Number.isNaN(at));
  const newest = Math.max(...seen);
  if (inputs.some((input) => 'event' in input && ENDED.test(input.event))) return;
  if (Date.parse(trigger.now) - newest > PATIENCE_MS) return;
  const shown = shownAt === null ? Number.NEGATIVE_INFINITY : Date.parse(shownAt);
  if (shown + TOLERANCE_MS < newest) throw new Unavailable(`GitHub does not show yet what happened to #${trigger.number}`);
}

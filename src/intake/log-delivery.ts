/** One line for each answered webhook, so that a GUID can be followed from its receipt on. Never the payload. */
import type { Logger } from 'pino';
import type { Answered } from './webhook-route.ts';

/** Strangers can send as much as they like; the log takes so many refusals a minute, and says how many it left out. */
const REFUSALS_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

export function createDeliveryLog(log: Logger, nowMs: () => number): (answered: Answered) => void {
  let minute = 0;
  let refusals = 0;

  function refused(fields: object, { message, refusal }: Answered): void {
    const now = Math.floor(nowMs() / MINUTE_MS);
    const leftOut = now === minute ? 0 : Math.max(0, refusals - REFUSALS_PER_MINUTE);
    if (now !== minute) refusals = 0;
    minute = now;
    refusals += 1;
    if (refusals > REFUSALS_PER_MINUTE) return;
    log.warn({ ...fields, refusal, why: message, ...(leftOut > 0 ? { leftOut } : {}) }, 'a webhook was refused');
  }

  return (answered) => {
    const { guid, event, status, durationMs, about } = answered;
    const fields = { ...(guid === null ? {} : { guid }), ...(event === null ? {} : { event }), status, durationMs };
    if (answered.outcome === 'refused') return refused(fields, answered);
    if (answered.outcome === 'unavailable') return log.warn({ ...fields, err: answered.error }, 'a webhook could not be stored');
    if (answered.outcome === 'duplicate') return log.info(fields, 'a webhook was known already');
    if (answered.outcome === 'ignored') return log.debug(fields, 'a webhook concerns nobody');
    log.info({ ...fields, about }, 'a webhook was stored');
  };
}

/** Which deliveries of GitHub's list were never handed over: page by page, newest first, by the attempts alone. */
import type { SeenDelivery } from '../../store/types.ts';
import type { Attempt } from './source.ts';

/**
 * A reading looks so much further back than the last one saw: an attempt that was under way then (GitHub waits ten
 * seconds for an answer), or that GitHub listed late, is found now. What was taken in already is known by its GUID.
 */
export const OVERLAP_MS = 10 * 60_000;

export interface Found {
  /** By GUID: the oldest attempt of each delivery that no attempt has handed over. */
  failed: Map<string, Attempt>;
  /** GUIDs of which a later attempt succeeded. */
  handedOver: Set<string>;
  newest: SeenDelivery | null;
  listed: number;
}

export function nothingFound(): Found {
  return { failed: new Map(), handedOver: new Set(), newest: null, listed: 0 };
}

/**
 * From when on attempts count, ISO 8601. The first reading ever goes back only a little further than its own time:
 * what happened before Playcaller was here is not made up.
 * @param seen what the last reading saw. @param now the time at GitHub
 */
export function readSince(seen: SeenDelivery | null, now: string): string {
  const from = seen === null ? Date.parse(now) : Math.min(Date.parse(seen.deliveredAt), Date.parse(now));
  return new Date(from - OVERLAP_MS).toISOString();
}

/**
 * Adds a page to what was found.
 * @param since attempts before it do not count. @returns whether older pages can hold more.
 */
export function addPage(found: Found, attempts: readonly Attempt[], since: string, now: string): boolean {
  for (const attempt of attempts) {
    if (attempt.deliveredAt < since) continue;
    found.listed += 1;
    addAttempt(found, attempt);
    // A time of the future would hide all that comes until then.
    const deliveredAt = attempt.deliveredAt < now ? attempt.deliveredAt : now;
    if (found.newest === null || found.newest.deliveredAt < deliveredAt) found.newest = { id: attempt.id, deliveredAt };
  }
  const oldest = attempts.at(-1);
  return oldest !== undefined && oldest.deliveredAt >= since;
}

function addAttempt({ failed, handedOver }: Found, attempt: Attempt): void {
  const { guid } = attempt;
  if (attempt.taken) {
    failed.delete(guid);
    // The first attempt has no older ones that could still be found.
    if (attempt.redelivery) handedOver.add(guid);
  } else if (!handedOver.has(guid)) {
    failed.set(guid, attempt);
  }
}

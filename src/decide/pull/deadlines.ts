/** What waits for a time only is looked at again then: no verdict hangs because nothing ever comes (G1). */
import type { LedgerEffect } from '../../model/effect.ts';
import type { LaneKey } from '../../model/repo.ts';
import type { Verdict } from '../../model/verdict.ts';

/** The store's clock may run ahead of ours: a look that comes too early does not follow on itself without a pause. */
const PAUSE_MS = 10_000;

/**
 * @param now ISO 8601, UTC
 * @param prefix keeps several verdicts of one lane apart
 */
export function deadlines(verdict: Verdict | null, lane: LaneKey, now: string, prefix = ''): LedgerEffect[] {
  return (verdict?.items ?? []).flatMap(({ id, status, until }): LedgerEffect[] => {
    if (status !== 'waiting' || until === undefined) return [];
    const at = new Date(Math.max(Date.parse(until), Date.parse(now) + PAUSE_MS)).toISOString();
    return [{ kind: 'wake', lane, why: `${prefix}${id}-deadline`, at }];
  });
}

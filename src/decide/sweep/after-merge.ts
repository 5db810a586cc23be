/** The 48-hour lists of merged sessions that have open lines still (W11). */

import type { AfterMerge } from '../../model/backlog.ts';
import { categoryKey } from '../../model/category.ts';
import type { FollowUp } from '../../model/sweep.ts';
import { isRollout } from './duties-cadence.ts';
import type { SweepView } from './sweep-view.ts';

const WITHIN_MS = 48 * 3_600_000;

/** Overdue ones first, then by their merge. What cannot be read is neither done nor overdue. */
export function afterMergeOf(view: SweepView): FollowUp[] {
  const { afterMerge = [], now } = view.facts;
  return afterMerge
    .filter(({ open }) => open === null || open.length > 0)
    .map((one) => {
      const overdue = one.open !== null && Date.parse(one.mergedAt) + WITHIN_MS < Date.parse(now);
      return { ...one, overdue, incidents: rolloutIncidents(one, view) };
    })
    .sort(
      (a, b) => Number(b.overdue) - Number(a.overdue) || Date.parse(a.mergedAt) - Date.parse(b.mergedAt) || a.number - b.number,
    );
}

/** Opened within its 48 hours; another category's is not its own. */
function rolloutIncidents({ number, mergedAt }: AfterMerge, { facts }: SweepView): number[] {
  const category = facts.sessions.find(({ ledger }) => ledger.session.number === number)?.ledger.session.category ?? null;
  const merged = Date.parse(mergedAt);
  const meant = (facts.incidents ?? []).filter((incident) => {
    const opened = Date.parse(incident.createdAt);
    const elsewhere = category !== null && incident.category !== null && categoryKey(category) !== categoryKey(incident.category);
    return opened >= merged && opened <= merged + WITHIN_MS && !elsewhere && isRollout(incident);
  });
  return [...new Set(meant.map((incident) => incident.number))].sort((a, b) => a - b);
}

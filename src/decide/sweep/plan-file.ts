/** The plan of sessions that only a file tells of: what planSweep says, and what a reader of a file asks beside it (W13). */
import { categoryKey } from '../../model/category.ts';
import type { FilePlan, SweepSession } from '../../model/plan.ts';
import { codePointOrder } from './code-point-order.ts';
import { type PlanLimits, planSweep } from './plan.ts';

/** Pure. Names of open sessions are unique: the file's reader refuses others. */
export function planFile(sessions: SweepSession[], limits: PlanLimits): FilePlan {
  const { coldCategories, backfill, ...plan } = planSweep(sessions, limits);
  const blocked = sessions.filter((session) => session.blocked && session.status !== 'archived');
  const blockers = new Map(blocked.map(({ name, blocker }) => [name, blocker]));
  return {
    ...plan,
    coldCategories,
    backfill,
    archived: plan.observed - plan.open,
    blockers: plan.shipOrder
      .filter((rank) => rank.blocked)
      .map(({ name, status, ageDays }) => ({ name, status, blocker: blockers.get(name) ?? null, ageDays })),
    unlistedCategories: unlisted(sessions, limits.categories),
    withoutCategory: plan.shipOrder.filter(({ category }) => category === null).length,
  };
}

function unlisted(sessions: SweepSession[], categories: readonly string[]): FilePlan['unlistedCategories'] {
  const spelt = new Map<string, number>();
  for (const { category, status } of sessions) {
    if (status !== 'archived' && category !== null) spelt.set(category, (spelt.get(category) ?? 0) + 1);
  }
  const listed = new Set(categories.map(categoryKey));
  const found = new Map<string, { category: string; sessions: number }>();
  // Sorted, so that of several spellings the first stands for all, in whichever order the sessions come.
  for (const [category, count] of [...spelt].toSorted(([a], [b]) => codePointOrder(a, b))) {
    const key = categoryKey(category);
    if (listed.has(key)) continue;
    const before = found.get(key);
    found.set(key, before ? { ...before, sessions: before.sessions + count } : { category, sessions: count });
  }
  return [...found.values()];
}

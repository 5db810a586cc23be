/** What a sweep keeps of its cycle, so that the next ones know what moved and whose turn it was (W5). */
import { categoryKey } from '../../model/category.ts';
import type { CycleSeen, FullPlan } from '../../model/sweep.ts';
import { codePointOrder } from './code-point-order.ts';
import { begunLately, everyView, movedCategories, numberOf } from './lately.ts';
import { hasMoved, type SweepView } from './sweep-view.ts';

/** A second sweep of the day adds to the first. */
export function seenOf(view: SweepView, plan: FullPlan): CycleSeen {
  const before = view.facts.cycle.seen;
  const { active, waiting, archived } = view;
  const moved = everyView(view).filter(hasMoved).map(numberOf);
  const begun = begunLately(view);
  const starts = plan.starts.filter(({ acts }) => acts);
  const opened = plan.duties.filter(({ acts, issue }) => acts && issue === null);
  const served = [
    ...begun.filter(({ source }) => source.ledger.session.fastLane).map(({ sweep }) => sweep.category),
    ...starts.filter(({ fastLane }) => fastLane).map(({ category }) => category),
  ];
  return {
    moved: [...new Set([...(before?.moved ?? []), ...moved])].sort((a, b) => a - b),
    categories: distinct([...(before?.categories ?? []), ...movedCategories(view)]),
    fastLane: served.findLast((category) => category !== null) ?? before?.fastLane ?? null,
    counts: {
      active: active.length,
      planned: waiting.length,
      archived: archived.length,
      blocked: active.filter(({ sweep }) => sweep.blocked).length,
    },
    opened: plan.metrics.pullsOpened,
    merged: plan.metrics.pullsMerged,
    started: [...new Set([...begun.map(numberOf), ...(before?.started ?? []), ...starts.map(({ issue }) => issue.number)])],
    duties: [...new Set([...(before?.duties ?? []), ...opened.map(({ key }) => key)])].sort(codePointOrder),
    wanted: [...new Set([...(before?.wanted ?? []), ...plan.duties.map(({ key }) => key)])].sort(codePointOrder),
    metrics: plan.metrics,
  };
}

function distinct(categories: string[]): string[] {
  const seen = new Set<string>();
  return categories.sort(codePointOrder).filter((name) => seen.size < seen.add(categoryKey(name)).size);
}

/** Everything that one sweep decides, made of its steps (W3, W5–W12). */
import type { BoardFacts } from '../../model/board-facts.ts';
import type { SweepPlan } from '../../model/plan.ts';
import type { FullPlan } from '../../model/sweep.ts';
import { afterMergeOf } from './after-merge.ts';
import { type Backlog, backlogOf, workable } from './backlog.ts';
import { backpressureOf } from './backpressure.ts';
import { blockersOf } from './blockers.ts';
import { dutiesOf } from './duties.ts';
import { failedOf } from './failed.ts';
import { everyView, warmCategories } from './lately.ts';
import { metricsOf } from './metrics.ts';
import { obsoleteOf } from './obsolete.ts';
import { planSweep } from './plan.ts';
import { qualityOf } from './quality.ts';
import { refillsOf } from './refills.ts';
import { rescueOf } from './rescue.ts';
import { roomOf } from './room.ts';
import { type Turns, turnsOf } from './rotation.ts';
import { stalledOf } from './stalled.ts';
import { startsOf } from './starts.ts';
import { type SweepView, viewSweep } from './sweep-view.ts';

/** Same facts, same plan, in whatever order they were read. */
export function fullPlan(facts: BoardFacts): FullPlan {
  return planOf(viewSweep(facts));
}

export function planOf(view: SweepView): FullPlan {
  const base = basePlan(view);
  const backlog = backlogOf(view);
  const turns = turnsOf(view, base, backlog.active);
  const quality = qualityOf(view);
  const blockers = blockersOf(view);
  const stalled = stalledOf(view);
  const rescue = rescueOf(view, base, stalled);
  const duties = dutiesOf(view, { quality, rescue, stalled, blockers });
  return {
    ...base,
    coldCategories: turns.cold,
    backfill: turns.backfill,
    rotation: turns.rotation,
    fastLaneTurn: turns.lane[0] ?? null,
    blockers,
    failed: failedOf(view),
    stalled,
    rescue,
    backpressure: backpressureOf(view, base),
    ...workOf(view, backlog, turns, duties),
    duties,
    afterMerge: afterMergeOf(view),
    quality,
    metrics: metricsOf(view, { blockers, quality, cold: turns.cold }),
  };
}

/** Planned sessions take no slot: they are observed, but neither counted as open nor ranked. */
function basePlan(view: SweepView): SweepPlan {
  const { config } = view.facts.repo;
  const ranked = [...view.active, ...view.archived].map(({ sweep }) => sweep);
  const plan = planSweep(ranked, { ...config, recentlyMoved: warmCategories(view) });
  return { ...plan, observed: everyView(view).length };
}

/** What starts, what moves up, what is pointed out. */
function workOf(view: SweepView, backlog: Backlog, turns: Turns, duties: FullPlan['duties']) {
  const obsolete = obsoleteOf(view, backlog);
  const opening = duties.filter(({ acts, issue }) => acts && issue === null).length;
  const starts = startsOf(view, turns, roomOf(view, opening), workable(backlog.active, obsolete, view), obsolete);
  const refills = refillsOf(view, turns.rotation, starts, backlog.active, workable(backlog.reserve, obsolete, view));
  const chosen = new Set([...starts, ...refills].map(({ issue }) => issue.number));
  return { starts, refills, obsolete: obsolete.filter(({ issue }) => !chosen.has(issue.number)) };
}

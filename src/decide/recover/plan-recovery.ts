/** Failed tasks of a plan → what runs again, what is kept, and what that saves (B6). */
import type { PlanTask } from '../../model/batches.ts';
import { RECOVERY_OUTCOMES, type RecoveryFacts, type RecoveryOutcome, type RecoveryPlan } from '../../model/recovery.ts';
import { planBatches } from '../plan/batches.ts';
import { decisionsOf } from './answers.ts';
import { costOf, difference, pricesOf } from './cost.ts';
import { dependentsOf, withDependents } from './reach.ts';

/**
 * Pure. At least one task failed, and the tasks have no cycle.
 * @param asked what someone wants instead of the tree's advice
 */
export function planRecovery(facts: RecoveryFacts, asked: RecoveryOutcome | null = null): RecoveryPlan {
  const plan = planBatches(facts.tasks);
  const dependents = dependentsOf(facts.tasks);
  const decisions = decisionsOf(facts, plan, dependents);
  const outcome = asked ?? furthest(decisions.map((decision) => decision.outcome));

  const order = plan.batches.flat();
  const failed = new Set(facts.failed.map(({ id }) => id));
  const [done, running] = [new Set(facts.done), new Set(facts.running)];
  const begun = done.union(running).union(failed);
  const onFailed = withDependents(failed, dependents);
  const recovered = order.filter((id) => begun.has(id) && onFailed.has(id));
  const all = order.filter((id) => begun.has(id));
  // Who asks for it alone takes it upon themselves that what was built on it still stands.
  const only = asked === 'resume' || asked === 'rerun';
  const rerun = outcome === 'restart' ? all : only ? order.filter((id) => failed.has(id)) : recovered;

  const toRun = (again: readonly string[]) => {
    const chosen = new Set(again);
    return planBatches(partOf(facts.tasks, (id) => !done.has(id) || chosen.has(id), plan.assumed?.hours ?? null));
  };
  const next = toRun(rerun);
  const place = new Map(order.map((id, index) => [id, index]));
  const prices = pricesOf(facts.tasks.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)));
  const recovery = costOf(recovered, toRun(recovered).criticalPath.hours, prices);
  const restart = costOf(all, plan.criticalPath.hours, prices);
  const again = new Set(rerun);
  return {
    outcome,
    decisions,
    rerun,
    kept: all.filter((id) => !again.has(id)),
    stop: rerun.filter((id) => running.has(id)),
    next: next.batches,
    cost: { recovery, restart, saved: difference(restart, recovery) },
    assumed: { estimates: plan.assumed, tokens: prices.assumedTokens },
    early: earlyOnes(facts, order),
  };
}

function furthest(outcomes: readonly RecoveryOutcome[]): RecoveryOutcome {
  return RECOVERY_OUTCOMES.findLast((outcome) => outcomes.includes(outcome)) ?? 'resume';
}

/** A plan of some tasks: links to the others are met. Missing estimates count as in the whole plan. */
function partOf(tasks: readonly PlanTask[], wanted: (id: string) => boolean, assumed: number | null): PlanTask[] {
  return tasks
    .filter(({ id }) => wanted(id))
    .map((task) => ({
      ...task,
      estimate: task.estimate ?? assumed,
      depends: task.depends.filter(wanted),
      after: task.after.filter(wanted),
    }));
}

/** In the order of the plan. A failed dependency is no surprise: its dependents are run again. */
function earlyOnes({ tasks, done, running, failed }: RecoveryFacts, order: readonly string[]): RecoveryPlan['early'] {
  const finished = new Set([...done, ...failed.map(({ id }) => id)]);
  const begun = new Set([...done, ...running]);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return order
    .filter((id) => begun.has(id))
    .flatMap((task) =>
      (byId.get(task)?.depends ?? []).filter((on) => byId.has(on) && !finished.has(on)).map((dependsOn) => ({ task, dependsOn })),
    );
}

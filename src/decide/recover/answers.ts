/** The facts of a plan that the tree's questions ask for. */
import type { BatchPlan } from '../../model/batches.ts';
import type { RecoveryDecision, RecoveryFacts } from '../../model/recovery.ts';
import { walkTree } from './decision-tree.ts';
import type { Dependents } from './reach.ts';

/** Recoveries of one task that may fail before everything is run again (S1). */
const MOST_ATTEMPTS = 2;

/** One decision per failed task, in the order of the plan. */
export function decisionsOf(facts: RecoveryFacts, plan: BatchPlan, dependents: Dependents): RecoveryDecision[] {
  const batchOf = new Map(plan.batches.flatMap((ids, index) => ids.map((id) => [id, index + 1] as const)));
  const begun = new Set([...facts.done, ...facts.running, ...facts.failed.map(({ id }) => id)]);
  const lastBegun = [...begun].reduce((last, id) => Math.max(last, batchOf.get(id) ?? 0), 0);
  const ran = withBegunDependents(plan.batches.flat(), dependents, begun);
  const decisions = facts.failed.map(({ id, kind, attempts }): RecoveryDecision => {
    const batch = batchOf.get(id) ?? null;
    const answers = {
      'failed-twice': attempts >= MOST_ATTEMPTS,
      'last-batch': lastBegun <= (batch ?? 0),
      'dependents-ran': ran.has(id),
      'built-on': (dependents.get(id) ?? []).length > 0,
    };
    return { id, batch, ...walkTree(answers, kind) };
  });
  const place = new Map(plan.batches.flat().map((id, index) => [id, index]));
  return decisions.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

/** Tasks that something begun builds on, directly or through others. `order`: dependencies first. */
function withBegunDependents(order: readonly string[], dependents: Dependents, begun: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const id of order.toReversed()) {
    if (dependents.get(id)?.some((dependent) => begun.has(dependent) || found.has(dependent))) found.add(id);
  }
  return found;
}

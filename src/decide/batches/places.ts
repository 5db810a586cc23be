/** Where each sub-issue stands in the plan: what its own session goes by (B3). */
import type { PlanTask } from '../../model/batches.ts';
import type { InPlan } from '../../model/sub-plan.ts';
import { numberOf } from './tasks-of.ts';

/** By number of the sub-issue. */
export function placesOf(parent: number, batches: readonly string[][], tasks: readonly PlanTask[]): Record<string, InPlan> {
  const states = new Map(tasks.map((task) => [task.id, task.state]));
  const batchOf = new Map(batches.flatMap((ids, index) => ids.map((id) => [id, index + 1])));
  const places: Record<string, InPlan> = {};
  for (const task of tasks) {
    const waits = task.depends.filter((id) => states.get(id) !== 'completed');
    const after = task.after.filter((id) => states.get(id) === 'planned');
    const place: InPlan = {
      parent,
      batch: batchOf.get(task.id) ?? null,
      of: batches.length,
      waits: waits.map(numberOf).sort((a, b) => a - b),
      abandoned: waits
        .filter((id) => states.get(id) === 'abandoned')
        .map(numberOf)
        .sort((a, b) => a - b),
    };
    if (after.length > 0) place.after = after.map(numberOf).sort((a, b) => a - b);
    places[String(numberOf(task.id))] = place;
  }
  return places;
}

/** Nothing is left to be done. */
export function hasEnded(tasks: readonly PlanTask[]): boolean {
  return tasks.every(({ state }) => state === 'completed' || state === 'abandoned');
}

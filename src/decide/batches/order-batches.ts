/** The order within a batch as its parent lists it: a hint, which soft links outrank. */
import type { PlanTask } from '../../model/batches.ts';

/** @param ranks by id: place in the parent's task list, or among the sub-issues */
export function orderBatches(
  batches: readonly string[][],
  tasks: readonly PlanTask[],
  ranks: ReadonlyMap<string, number>,
): string[][] {
  const after = new Map(tasks.map((task) => [task.id, task.after]));
  return batches.map((batch) => {
    const members = new Set(batch);
    const order: string[] = [];
    const placed = new Set<string>();
    // A soft circle ends at whoever is met twice.
    const place = (id: string, above: ReadonlySet<string>): void => {
      if (placed.has(id) || above.has(id)) return;
      for (const before of after.get(id) ?? []) if (members.has(before)) place(before, new Set([...above, id]));
      if (placed.has(id)) return;
      placed.add(id);
      order.push(id);
    };
    const byRank = batch.toSorted(
      (a, b) => (ranks.get(a) ?? Number.MAX_SAFE_INTEGER) - (ranks.get(b) ?? Number.MAX_SAFE_INTEGER),
    );
    for (const id of byRank) place(id, new Set());
    return order;
  });
}

/** The task list first, then GitHub's own order. */
export function ranksOf(order: readonly string[], all: readonly string[]): Map<string, number> {
  return new Map([...new Set([...order, ...all])].map((id, index) => [id, index]));
}

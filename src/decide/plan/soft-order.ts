/** The order within a batch: soft dependencies first, then by id. */
import type { PlanGraph } from './graph.ts';

/** `layer` in the order to start it; where soft links go in a circle, one of them is turned round. */
export function softOrder(layer: readonly number[], soft: PlanGraph['soft']): number[] {
  if (layer.every((node) => soft[node]?.length === 0)) return [...layer];
  const members = new Set(layer);
  const seen = new Set<number>();
  const order: number[] = [];
  for (const first of layer) {
    if (seen.has(first)) continue;
    seen.add(first);
    // By hand instead of by recursion: a chain may have thousands of tasks.
    const open = [{ node: first, next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const before = soft[top.node]?.[top.next++];
      if (before === undefined) {
        order.push(top.node);
        open.pop();
      } else if (members.has(before) && !seen.has(before)) {
        seen.add(before);
        open.push({ node: before, next: 0 });
      }
    }
  }
  return order;
}

/** Soft links of which the dependency starts later all the same. `order`: every planned node, as it starts. */
export function unmetLinks(order: readonly number[], soft: PlanGraph['soft']): { node: number; after: number }[] {
  const place = new Map(order.map((node, index) => [node, index]));
  return order.flatMap((node, index) =>
    (soft[node] ?? []).filter((to) => (place.get(to) ?? 0) > index).map((after) => ({ node, after })),
  );
}

/** Cycles of hard links, each named link by link: the shortest through every link that closes one. */
import type { PlanGraph } from './graph.ts';

/** More would not be mended at one sitting, and each costs a search. */
const MOST_CYCLES = 20;

export interface Cycles {
  /** Nodes along `depends`; the first is also the last, and the smallest. */
  cycles: number[][];
  /** Links that close a cycle beyond those. */
  more: number;
}

/** `stuck`: the nodes that could not be planned. Without the links found here there would be no cycle. */
export function cyclesOf(hard: PlanGraph['hard'], stuck: readonly number[]): Cycles {
  const closing = closingLinks(hard, stuck);
  const found = new Map<string, number[]>();
  for (const { from, to } of closing.slice(0, MOST_CYCLES)) {
    const cycle = fromSmallest([from, ...shortest(hard, to, from).slice(0, -1)]);
    found.set(cycle.join(' '), cycle);
  }
  return { cycles: [...found.values()], more: Math.max(0, closing.length - MOST_CYCLES) };
}

/** Links that lead back to a node on the way to them, in depth-first order. */
function closingLinks(hard: PlanGraph['hard'], stuck: readonly number[]): { from: number; to: number }[] {
  const state = new Map<number, 'open' | 'done'>();
  const links: { from: number; to: number }[] = [];
  const inside = new Set(stuck);
  for (const first of stuck) {
    if (state.has(first)) continue;
    state.set(first, 'open');
    const open = [{ node: first, next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const to = hard[top.node]?.[top.next++];
      if (to === undefined) {
        state.set(top.node, 'done');
        open.pop();
      } else if (state.get(to) === 'open') links.push({ from: top.node, to });
      else if (inside.has(to) && !state.has(to)) {
        state.set(to, 'open');
        open.push({ node: to, next: 0 });
      }
    }
  }
  return links;
}

/** The shortest way along `depends`, both ends included. */
function shortest(hard: PlanGraph['hard'], from: number, to: number): number[] {
  const cameFrom = new Map<number, number | null>([[from, null]]);
  const queue = [from];
  for (const node of queue) {
    if (node === to) break;
    for (const next of hard[node] ?? []) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  const way: number[] = [];
  for (let node: number | null = to; node !== null; node = cameFrom.get(node) ?? null) way.push(node);
  return way.reverse();
}

/** The same circle, begun at its smallest node and closed. */
function fromSmallest(circle: readonly number[]): number[] {
  const start = circle.reduce((least, node, index) => (node < (circle[least] ?? node) ? index : least), 0);
  return [...circle.slice(start), ...circle.slice(0, start), circle[start] ?? 0];
}

/** The longest way through the hard links: the plan can be done no sooner, however many work on it. */
import type { PlanGraph } from './graph.ts';

const UNPLANNED = -1;

/** By node: the longest sum of weights that ends at it, and that begins at it (-1 in no batch); its own is in both. */
export interface Longest {
  upTo: number[];
  from: number[];
  /** Over all planned nodes. */
  length: number;
}

/** `order`: the planned nodes, dependencies first. */
export function longestWays(graph: PlanGraph, order: readonly number[], weights: readonly number[]): Longest {
  const upTo: number[] = weights.map(() => 0);
  const from: number[] = weights.map(() => UNPLANNED);
  const most = (nodes: readonly number[], lengths: readonly number[]) =>
    nodes.reduce((longest, node) => Math.max(longest, lengths[node] ?? 0), 0);
  for (const node of order) upTo[node] = (weights[node] ?? 0) + most(graph.hard[node] ?? [], upTo);
  for (const node of order.toReversed()) from[node] = (weights[node] ?? 0) + most(graph.dependents[node] ?? [], from);
  return { upTo, from, length: most(order, upTo) };
}

/** Among ways of the same length the one whose ids come first. `starts`: nodes without dependencies, ascending. */
export function criticalPath(graph: PlanGraph, starts: readonly number[], { from, length }: Longest): number[] {
  const path: number[] = [];
  let at = starts.find((node) => from[node] === length);
  while (at !== undefined) {
    path.push(at);
    const next: number[] = (graph.dependents[at] ?? []).filter((node) => from[node] !== UNPLANNED);
    const longest = next.reduce((most, node) => Math.max(most, from[node] ?? 0), 0);
    at = next.find((node) => from[node] === longest);
  }
  return path;
}

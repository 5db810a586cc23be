/** How each task waits for each other one, as a matrix that a person can still read. */
import type { Matrix } from '../../model/batches.ts';
import type { PlanGraph } from './graph.ts';

/** More columns fit neither a terminal nor a comment. */
const MOST_TASKS = 30;

/** `order`: the planned nodes as they start. Null when there are too many of them. */
export function matrixOf({ tasks, hard, soft }: PlanGraph, order: readonly number[]): Matrix | null {
  if (order.length > MOST_TASKS) return null;
  const kind = (node: number, to: number) => {
    if (hard[node]?.includes(to)) return 'hard';
    return soft[node]?.includes(to) ? 'soft' : 'none';
  };
  return { ids: order.map((node) => tasks[node]?.id ?? ''), rows: order.map((node) => order.map((to) => kind(node, to))) };
}

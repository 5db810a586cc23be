/** Estimates as whole thousandths of an hour, so that sums do not depend on their order; missing ones are counted. */
import type { BatchPlan, PlanTask } from '../../model/batches.ts';

const PARTS = 1000;

export interface Estimates {
  /** By node, in thousandths of an hour. */
  parts: number[];
  assumed: BatchPlan['assumed'];
}

/** A task without an estimate counts as the median of the given ones, as an hour when there are none. */
export function estimatesOf(tasks: readonly PlanTask[]): Estimates {
  const given = tasks.flatMap(({ estimate }) => (estimate === null ? [] : toParts(estimate))).sort((a, b) => a - b);
  const middle = ((given[(given.length - 1) >> 1] ?? PARTS) + (given[given.length >> 1] ?? PARTS)) / 2;
  const missing = tasks.filter(({ estimate }) => estimate === null).map(({ id }) => id);
  const parts = tasks.map(({ estimate }) => (estimate === null ? Math.round(middle) : toParts(estimate)));
  const from = given.length > 0 ? 'median' : 'nothing';
  return { parts, assumed: missing.length > 0 ? { hours: toHours(Math.round(middle)), from, tasks: missing } : null };
}

function toParts(hours: number): number {
  return Math.round(hours * PARTS);
}

export function toHours(parts: number): number {
  return parts / PARTS;
}

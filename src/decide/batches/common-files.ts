/** Files that two sub-issues of one batch are both about: better known before they start (B3). */
import type { PlanTask } from '../../model/batches.ts';
import type { SubIssue } from '../../model/sub-plan.ts';
import { numberOf } from './tasks-of.ts';

export interface CommonFile {
  /** From 1. */
  batch: number;
  path: string;
  tasks: number[];
}

/** Of those that are not done. By batch, then path. */
export function commonFiles(batches: readonly string[][], tasks: readonly PlanTask[], subs: readonly SubIssue[]): CommonFile[] {
  const open = new Set(tasks.filter(({ state }) => state === 'planned' || state === 'active').map(({ id }) => numberOf(id)));
  const files = new Map(subs.map((sub) => [sub.number, sub.files]));
  return batches.flatMap((ids, index) => {
    const numbers = ids.map(numberOf).filter((number) => open.has(number));
    const named = numbers.flatMap((number) => (files.get(number) ?? []).map((path) => ({ path, number })));
    return [...Map.groupBy(named, ({ path }) => path)]
      .map(([path, ones]) => ({
        batch: index + 1,
        path,
        tasks: [...new Set(ones.map(({ number }) => number))].sort((a, b) => a - b),
      }))
      .filter((common) => common.tasks.length > 1)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  });
}

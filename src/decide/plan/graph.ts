/** Tasks and their links as numbers: node i is the i-th id in natural order, so that the order of the input tells nothing. */
import type { LinkFault, LinkKind, PlanTask } from '../../model/batches.ts';
import { naturalOrder } from './natural-order.ts';

export interface PlanGraph {
  tasks: PlanTask[];
  /** By node: its hard dependencies, ascending; a task that depends on itself is among them. */
  hard: number[][];
  /** By node: its soft ones, ascending, without those that are hard too. */
  soft: number[][];
  /** By node: who depends hard on it, ascending. */
  dependents: number[][];
  faults: LinkFault[];
}

export function graphOf(given: readonly PlanTask[]): PlanGraph {
  const faults: LinkFault[] = [];
  const byId = new Map<string, PlanTask>();
  for (const task of given) {
    if (byId.has(task.id)) faults.push({ kind: 'duplicate', task: task.id });
    else byId.set(task.id, task);
  }
  const tasks = [...byId.values()].sort((a, b) => naturalOrder(a.id, b.id));
  const nodes = new Map(tasks.map(({ id }, node) => [id, node]));
  const known = (task: PlanTask, ids: readonly string[], link: LinkKind): number[] =>
    [...new Set(ids)].flatMap((to) => {
      const node = nodes.get(to);
      if (node === undefined) faults.push({ kind: 'unknown', task: task.id, to, link });
      return node ?? [];
    });
  const ascending = (list: number[]) => list.sort((a, b) => a - b);
  const hard = tasks.map((task) => ascending(known(task, task.depends, 'hard')));
  const soft = tasks.map((task, node) => {
    const hardOnes = new Set(hard[node]);
    const ones = known(task, task.after, 'soft').filter((to) => !hardOnes.has(to));
    if (ones.includes(node)) faults.push({ kind: 'self', task: task.id });
    return ascending(ones.filter((to) => to !== node));
  });
  const dependents: number[][] = tasks.map(() => []);
  for (const [node, list] of hard.entries()) for (const to of list) dependents[to]?.push(node);
  return { tasks, hard, soft, dependents, faults };
}

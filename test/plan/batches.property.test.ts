/** What holds for the plan of any tasks (B1, B2). */

import { expect, test } from 'vitest';
import { planBatches } from '../../src/decide/plan/batches.ts';
import { naturalOrder } from '../../src/decide/plan/natural-order.ts';
import type { BatchPlan, PlanTask } from '../../src/model/batches.ts';
import fc from '../properties.ts';
import { anyTasks } from './tasks.ts';

const batchOf = (plan: BatchPlan) => new Map(plan.batches.flatMap((ids, batch) => ids.map((id) => [id, batch] as const)));
const without = (tasks: PlanTask[], task: string, on: string) =>
  tasks.map((one) => (one.id === task ? { ...one, depends: one.depends.filter((id) => id !== on) } : one));

test('each task stands in one batch, right behind the latest of its hard dependencies', () => {
  fc.assert(
    fc.property(anyTasks(false), (tasks) => {
      const batch = batchOf(planBatches(tasks));
      expect([...batch.keys()].sort()).toEqual(tasks.map(({ id }) => id).sort());
      for (const { id, depends } of tasks) {
        expect(batch.get(id)).toBe(Math.max(-1, ...depends.map((on) => batch.get(on) ?? Number.NaN)) + 1);
      }
    }),
  );
});

test('the critical path is a chain of hard links, and no chain is longer', () => {
  fc.assert(
    fc.property(anyTasks(false), (tasks) => {
      const { criticalPath, assumed } = planBatches(tasks);
      const byId = new Map(tasks.map((task) => [task.id, task]));
      const hours = (id: string) => byId.get(id)?.estimate ?? assumed?.hours ?? Number.NaN;
      const longest = (id: string): number => hours(id) + Math.max(0, ...(byId.get(id)?.depends ?? []).map((on) => longest(on)));
      for (const [index, id] of criticalPath.path.entries()) {
        const before = criticalPath.path[index - 1];
        if (before !== undefined) expect(byId.get(id)?.depends).toContain(before);
      }
      expect(criticalPath.path.reduce((sum, id) => sum + hours(id), 0)).toBeCloseTo(criticalPath.hours, 6);
      expect(Math.max(0, ...tasks.map(({ id }) => longest(id)))).toBeCloseTo(criticalPath.hours, 6);
    }),
  );
});

test('the advice is the best of all single links, by trying each', () => {
  fc.assert(
    fc.property(anyTasks(false, 10), (tasks) => {
      const { advice, batches, criticalPath } = planBatches(tasks);
      let best = { hours: criticalPath.hours, batches: batches.length, task: '', dependsOn: '' };
      for (const task of tasks.toSorted((a, b) => naturalOrder(a.id, b.id))) {
        for (const dependsOn of [...new Set(task.depends)].sort(naturalOrder)) {
          const plan = planBatches(without(tasks, task.id, dependsOn));
          const [hours, count] = [plan.criticalPath.hours, plan.batches.length];
          if (hours < best.hours || (hours === best.hours && count < best.batches))
            best = { hours, batches: count, task: task.id, dependsOn };
        }
      }
      if (best.task === '') expect(advice).toBeNull();
      else
        expect(advice).toEqual({
          task: best.task,
          dependsOn: best.dependsOn,
          batches: { before: batches.length, after: best.batches },
          hours: { before: criticalPath.hours, after: best.hours },
        });
    }),
    { numRuns: 400 },
  );
});

test('the order of tasks and links does not matter', () => {
  const shuffled = (tasks: PlanTask[]) => fc.shuffledSubarray(tasks, { minLength: tasks.length });
  fc.assert(
    fc.property(
      anyTasks(true).chain((tasks) => fc.tuple(fc.constant(tasks), shuffled(tasks))),
      ([tasks, others]) => {
        const turned = others.map((task) => ({ ...task, depends: task.depends.toReversed(), after: task.after.toReversed() }));
        const { faults, ...plan } = planBatches(tasks);
        const { faults: otherFaults, ...other } = planBatches(turned);
        expect(other).toEqual(plan);
        expect(otherFaults).toHaveLength(faults.length);
      },
    ),
  );
});

test('what is in no batch is in a cycle or behind one; each cycle is one; without its links all can be planned', () => {
  fc.assert(
    fc.property(anyTasks(true), (tasks) => {
      const plan = planBatches(tasks);
      const depends = new Map(tasks.map((task) => [task.id, task.depends]));
      expect(plan.unplanned.length > 0).toBe(plan.cycles.length > 0);
      expect(plan.batches.flat().length + plan.unplanned.length).toBe(tasks.length);
      for (const cycle of plan.cycles) {
        expect(cycle.at(-1)).toBe(cycle[0]);
        expect(new Set(cycle).size).toBe(cycle.length - 1);
        for (const [index, id] of cycle.slice(0, -1).entries()) expect(depends.get(id)).toContain(cycle[index + 1]);
      }
      if (plan.moreCycles > 0) return;
      const cut = plan.cycles.reduce(
        (left, cycle) => cycle.slice(0, -1).reduce((rest, id, index) => without(rest, id, cycle[index + 1] ?? ''), left),
        tasks,
      );
      expect(planBatches(cut).unplanned).toEqual([]);
    }),
  );
});

test('ids have one order, whatever they hold', () => {
  const id = fc.oneof(fc.string(), fc.stringMatching(/^[a0]{0,2}\d{0,25}$/));
  fc.assert(
    fc.property(id, id, id, (a, b, c) => {
      expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) + 0);
      expect(naturalOrder(a, b) === 0).toBe(a === b);
      const [x = '', y = '', z = ''] = [a, b, c].sort(naturalOrder);
      expect([naturalOrder(x, y) <= 0, naturalOrder(y, z) <= 0, naturalOrder(x, z) <= 0]).toEqual([true, true, true]);
    }),
  );
});

/** Tasks for the planner's tests: plain data, and arbitrary ones. */

import type { PlanTask } from '../../src/model/batches.ts';
import fc from '../properties.ts';

export function task(id: string, depends: string[] = [], more: Partial<PlanTask> = {}): PlanTask {
  return { id, title: `Task ${id}`, estimate: 1, depends, after: [], state: 'planned', ...more };
}

/** `a b:a c:a,b`: ids with what they depend on. */
export function tasks(text: string, more: Record<string, Partial<PlanTask>> = {}): PlanTask[] {
  return text.split(' ').map((word) => {
    const [id = '', depends = ''] = word.split(':');
    return task(id, depends === '' ? [] : depends.split(','), more[id]);
  });
}

/** Links lead anywhere when `cyclic`, else only to earlier ids; soft ones always anywhere. Unknown ids among them. */
export function anyTasks(cyclic: boolean, most = 9): fc.Arbitrary<PlanTask[]> {
  return fc.nat({ max: most }).chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, index) => {
        const id = (max: number) => fc.nat({ max }).map((node) => `t${node}`);
        const earlier = index === 0 ? fc.constant<string[]>([]) : fc.array(id(index - 1), { maxLength: 4 });
        return fc.record({
          id: fc.constant(`t${index}`),
          title: fc.string(),
          estimate: fc.option(fc.nat({ max: 8 }).map((half) => half / 10)),
          depends: cyclic ? fc.array(id(size + 1), { maxLength: 3 }) : earlier,
          after: fc.array(id(size - 1), { maxLength: 2 }),
          state: fc.constant('planned' as const),
        });
      }),
    ),
  );
}

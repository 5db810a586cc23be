/** The plan of sub-issues on plain data: links sorted out, orders, places, the comment's limits (B1, B3). */
import { expect, it } from 'vitest';
import { decidePlan } from '../../src/decide/batches/decide-plan.ts';
import { orderBatches } from '../../src/decide/batches/order-batches.ts';
import { placesOf } from '../../src/decide/batches/places.ts';
import { tasksOf } from '../../src/decide/batches/tasks-of.ts';
import { planBatches } from '../../src/decide/plan/batches.ts';
import { softQueue } from '../../src/model/soft-queue.ts';
import type { PlanFacts, SubIssue } from '../../src/model/sub-plan.ts';
import { planComment } from '../../src/render/batches/plan-comment.ts';
import { sizeOf } from '../../src/render/markdown.ts';
import { facts as laneFacts, NOW, REPO } from '../decide/build.ts';

function sub(number: number, over: Partial<SubIssue> = {}): SubIssue {
  return {
    id: `I_${number}`,
    number,
    title: `Part ${number}`,
    state: 'open',
    closeReason: null,
    labels: [],
    estimate: 1,
    links: [],
    saysNone: false,
    files: [],
    session: null,
    ...over,
  };
}

const link = (number: number, kind: 'hard' | 'soft' = 'hard', repo: string | null = null) => ({
  link: kind,
  from: 'line' as const,
  repo,
  number,
});

function facts(subs: SubIssue[], over: Partial<PlanFacts> = {}): PlanFacts {
  const empty = { foreign: [], beyond: 0, order: [], outsiders: [], unread: [], links: {}, record: null, commentId: null };
  return { subs, ...empty, ...over };
}

function comment(given: PlanFacts): string {
  const { tasks, odd, counted, silent } = tasksOf(given, () => null, []);
  const plan = planBatches(tasks);
  const places = placesOf(1, plan.batches, tasks);
  const rest = { foreign: given.foreign, beyond: given.beyond, unread: given.unread, ticks: new Set<string>() };
  return planComment({ parent: 1, plan, tasks, places, odd, counted, silent, run: null, common: [], ...rest });
}

it('closed is done or given up, whatever became of its session', () => {
  const states = tasksOf(
    facts([
      sub(1, { state: 'closed', closeReason: 'completed', session: { state: 'abandoned', type: 'feature' } }),
      sub(2, { state: 'closed', closeReason: 'not-planned' }),
      sub(3, { session: { state: 'completed', type: 'feature' } }),
      sub(4, { session: { state: 'active', type: 'feature' } }),
      sub(5),
    ]),
    () => null,
    [],
  ).tasks.map(({ state }) => state);
  expect(states).toEqual(['completed', 'abandoned', 'completed', 'active', 'planned']);
});

it('a link that stands twice counts once, and hard goes before soft', () => {
  const { tasks, odd } = tasksOf(
    facts([sub(1), sub(2, { links: [link(1), link(1), link(1, 'soft'), link(2), link(9)] })]),
    () => null,
    [],
  );
  expect(tasks[1]).toMatchObject({ depends: ['#1'], after: [] });
  expect(odd.map(({ number, why }) => [number, why])).toEqual([
    [2, 'self'],
    [9, 'open'],
  ]);
});

it('a place waits for what is not completed; what was given up is among it', () => {
  const { tasks } = tasksOf(
    facts([
      sub(1, { state: 'closed', closeReason: 'completed' }),
      sub(2, { state: 'closed', closeReason: 'not-planned' }),
      sub(3, { links: [link(1), link(2), link(4, 'soft')] }),
      sub(4),
    ]),
    () => null,
    [],
  );
  const places = placesOf(7, planBatches(tasks).batches, tasks);
  expect(places[3]).toEqual({ parent: 7, batch: 2, of: 2, waits: [2], abandoned: [2], after: [4] });
  expect(places[4]).toEqual({ parent: 7, batch: 1, of: 2, waits: [], abandoned: [] });
});

it('the task list orders a batch, soft links outrank it, a soft circle ends', () => {
  const { tasks } = tasksOf(facts([sub(1, { links: [link(3, 'soft')] }), sub(2), sub(3)]), () => null, []);
  const ranks = new Map([
    ['#1', 0],
    ['#2', 1],
    ['#3', 2],
  ]);
  expect(orderBatches([['#1', '#2', '#3']], tasks, ranks)).toEqual([['#3', '#1', '#2']]);
  const circle = tasksOf(facts([sub(1, { links: [link(2, 'soft')] }), sub(2, { links: [link(1, 'soft')] })]), () => null, []);
  expect(orderBatches([['#1', '#2']], circle.tasks, new Map())[0]?.toSorted()).toEqual(['#1', '#2']);
});

it('the queue lets soft dependencies go first, takes nobody else a place, and ends in a circle', () => {
  expect(softQueue([1, 2, 3], new Map())).toEqual([1, 2, 3]);
  expect(softQueue([1, 2, 3], new Map([[1, [3]]]))).toEqual([2, 3, 1]);
  expect(
    softQueue(
      [1, 2, 3],
      new Map([
        [1, [2]],
        [2, [3]],
      ]),
    ),
  ).toEqual([3, 2, 1]);
  expect(softQueue([1, 2], new Map([[1, [99, 1]]]))).toEqual([1, 2]);
  expect(
    softQueue(
      [1, 2, 3],
      new Map([
        [1, [2]],
        [2, [1]],
      ]),
    ),
  ).toEqual([3, 1, 2]);
});

it('a thousand sub-issues with hostile titles fit into a comment, and rows that do not are counted', () => {
  const title = '| @alice <!-- --> `x` 💥 "];--> closes #1 '.repeat(6);
  const subs = Array.from({ length: 1000 }, (_, index) =>
    sub(index + 1, { title, links: index > 500 ? [link(index - 400)] : [] }),
  );
  const body = comment(facts(subs));
  expect(sizeOf(body)).toBeLessThanOrEqual(65_000);
  expect(body).toMatch(/_\d+ more rows were left out: too long for GitHub\._/);
  expect(body).toContain('**Critical path:**');
  expect(body).not.toContain('@alice');
  expect(body.match(/<!--/g)?.length).toBeLessThan(100);
  expect(comment(facts(subs))).toBe(body);
});

it('no sub-issues, one sub-issue: said plainly', () => {
  expect(comment(facts([]))).toContain('There are no sub-issues in this repository to plan.');
  expect(comment(facts([], { foreign: ['acme/far#3'] }))).toContain('1 sub-issue in another repository takes no part');
  expect(comment(facts([sub(4, { saysNone: true })]))).toContain('### Plan: 1 sub-issue in 1 batch, 0 done');
});

it('a running plan tells the lane of a sub-issue that got its label from a look that was cut short', () => {
  const labels = ['session:feature'];
  const subs = [
    sub(2, { labels }),
    sub(3, { labels, session: { state: 'active', type: 'feature' } }),
    sub(4),
    sub(5, { labels, state: 'closed' }),
  ];
  const run = { by: 'alice', at: NOW };
  const woken = (given: PlanFacts['record']) =>
    decidePlan(laneFacts({ plan: facts(subs, { record: given }) })).after.flatMap((one) =>
      one.kind === 'wake' ? [one.lane] : [],
    );
  const record = { repo: REPO, number: 1, run, places: {}, links: {}, ended: false };
  expect(woken(record)).toEqual([`${REPO}#4`, `${REPO}#2`]);
  expect(woken({ ...record, run: null })).toEqual([]);
});

/** Plans of small phases, by hand (B1, B2). */
import { describe, expect, it } from 'vitest';
import { planBatches } from '../../src/decide/plan/batches.ts';
import { task, tasks } from './tasks.ts';

describe('batches', () => {
  it.each([
    ['nothing', '', []],
    ['one task', 'a', [['a']]],
    ['no links: all at once', 'b c a', [['a', 'b', 'c']]],
    ['a chain', 'a b:a c:b', [['a'], ['b'], ['c']]],
    ['one more than the latest, not the first, of its dependencies', 'a b:a c:a,b d:a', [['a'], ['b', 'd'], ['c']]],
    ['two roots meet', 'a b c:a,b', [['a', 'b'], ['c']]],
    ['numbers as people count them', '#10 #9:#10 #2 #1', [['#1', '#2', '#10'], ['#9']]],
  ])('%s', (_, text, batches) => {
    expect(planBatches(text === '' ? [] : tasks(text)).batches).toEqual(batches);
  });

  it('soft links order those of one batch, and never move a task to another', () => {
    const plan = planBatches(tasks('a b c:a d', { a: { after: ['d'] }, d: { after: ['b', 'c'] } }));
    expect(plan.batches).toEqual([['b', 'd', 'a'], ['c']]);
    expect(plan.unmet).toEqual([{ task: 'd', after: 'c' }]);
    expect(plan.waits).toEqual({ hard: 1, soft: 2, none: 1 });
  });

  it('soft links in a circle: one is turned round and told', () => {
    const plan = planBatches(tasks('a b', { a: { after: ['b'] }, b: { after: ['a'] } }));
    expect([plan.batches, plan.unmet]).toEqual([[['b', 'a']], [{ task: 'b', after: 'a' }]]);
  });

  it('a link that is hard and soft is hard', () => {
    const plan = planBatches(tasks('a b:a', { b: { after: ['a', 'a'] } }));
    expect(plan.matrix?.rows[1]).toEqual(['hard', 'none']);
    expect(plan.waits).toEqual({ hard: 1, soft: 0, none: 1 });
  });

  it('the matrix stops where nobody could read it', () => {
    const many = (size: number) => planBatches(Array.from({ length: size }, (_, i) => task(`t${i}`)));
    expect(many(30).matrix?.ids).toHaveLength(30);
    expect(many(31).matrix).toBeNull();
  });
});

describe('parallelisation', () => {
  it.each([
    ['', 0],
    ['a', 0],
    ['a b:a', 0],
    ['a b', 100],
    ['a b c:a', 66.7],
    ['a b:a c:a d:b', 50],
  ])('%s → %f', (text, percent) => {
    expect(planBatches(text === '' ? [] : tasks(text)).parallelisation).toBe(percent);
  });
});

describe('critical path', () => {
  it('goes by hours, not by the number of tasks', () => {
    const plan = planBatches(tasks('a b:a c:b z x:z', { z: { estimate: 2.5 } }));
    expect(plan.criticalPath).toEqual({ path: ['z', 'x'], hours: 3.5 });
    expect(plan.hours).toBe(6.5);
  });

  it('adds as people do', () => {
    const tenths = { a: { estimate: 0.1 }, b: { estimate: 0.2 }, z: { estimate: 0.3 } };
    expect(planBatches(tasks('z a b:a', tenths)).criticalPath).toEqual({ path: ['a', 'b'], hours: 0.3 });
  });

  it('counts a missing estimate as the median of the given ones', () => {
    const plan = planBatches(
      tasks('a b:a c d', { a: { estimate: null }, b: { estimate: 2 }, c: { estimate: 3 }, d: { estimate: 9 } }),
    );
    expect(plan.assumed).toEqual({ hours: 3, from: 'median', tasks: ['a'] });
    expect(plan.criticalPath.hours).toBe(9);
    expect(planBatches(tasks('a b', { a: { estimate: 1 }, b: { estimate: 2 } })).assumed).toBeNull();
    const none = planBatches(tasks('a b:a', { a: { estimate: null }, b: { estimate: null } }));
    expect([none.assumed, none.criticalPath.hours]).toEqual([{ hours: 1, from: 'nothing', tasks: ['a', 'b'] }, 2]);
  });

  it('ends with tasks that take no time, and never with one that is in no batch', () => {
    const plan = planBatches(tasks('a b:a x:a,y y:x', { b: { estimate: 0 } }));
    expect(plan.criticalPath).toEqual({ path: ['a', 'b'], hours: 1 });
    expect(planBatches(tasks('a x:a,y y:x')).criticalPath.path).toEqual(['a']);
  });
});

describe('advice', () => {
  it('cuts a chain in the middle', () => {
    expect(planBatches(tasks('a b:a c:b d:c')).advice).toEqual({
      task: 'c',
      dependsOn: 'b',
      batches: { before: 4, after: 2 },
      hours: { before: 4, after: 2 },
    });
  });

  it('prefers hours to batches', () => {
    const plan = planBatches(tasks('a b:a c:b d:c', { d: { estimate: 8 } }));
    expect(plan.advice).toMatchObject({
      task: 'd',
      dependsOn: 'c',
      hours: { before: 11, after: 8 },
      batches: { before: 4, after: 3 },
    });
  });

  it('takes what shortens the batches alone where no hours can be won', () => {
    const plan = planBatches(tasks('a b:a c:b z', { z: { estimate: 10 } }));
    expect(plan.advice).toMatchObject({
      task: 'b',
      dependsOn: 'a',
      batches: { before: 3, after: 2 },
      hours: { before: 10, after: 10 },
    });
  });

  it.each(['a', 'a b c', 'a b:a c d:c', 'a b c:a,b'])('has none where no single link helps: %s', (text) => {
    expect(planBatches(tasks(text)).advice).toBeNull();
  });
});

describe('cycles', () => {
  it.each([
    ['of one', 'a:a b', [['a', 'a']], ['a']],
    ['of two', 'a:b b:a', [['a', 'b', 'a']], ['a', 'b']],
    ['of three, and what waits behind it', 'a c:b b:d d:c,a e:d f:a', [['b', 'd', 'c', 'b']], ['b', 'c', 'd', 'e']],
    [
      'two',
      'a:b b:a c:d d:c',
      [
        ['a', 'b', 'a'],
        ['c', 'd', 'c'],
      ],
      ['a', 'b', 'c', 'd'],
    ],
    [
      'two that share a task',
      'a:b,c b:a c:a',
      [
        ['a', 'b', 'a'],
        ['a', 'c', 'a'],
      ],
      ['a', 'b', 'c'],
    ],
  ])('%s', (_, text, cycles, unplanned) => {
    const plan = planBatches(tasks(text));
    expect([plan.cycles, plan.unplanned, plan.moreCycles]).toEqual([cycles, unplanned, 0]);
  });

  it('of ten thousand', () => {
    const ring = Array.from({ length: 10_000 }, (_, i) => task(`t${i}`, [`t${(i + 1) % 10_000}`]));
    const [cycle = []] = planBatches(ring).cycles;
    expect([cycle.length, cycle[0], cycle[1], cycle.at(-2), cycle.at(-1)]).toEqual([10_001, 't0', 't1', 't9999', 't0']);
  });

  it('lists twenty and counts the rest', () => {
    const pairs = Array.from({ length: 50 }, (_, i) => task(`t${i}`, [`t${i % 2 === 0 ? i + 1 : i - 1}`]));
    const plan = planBatches(pairs);
    expect([plan.cycles.length, plan.moreCycles]).toEqual([20, 5]);
  });

  it('soft links make none', () => {
    expect(planBatches(tasks('a b:a', { a: { after: ['b'] } })).cycles).toEqual([]);
  });
});

it('links that lead nowhere are named, and the rest is planned', () => {
  const plan = planBatches([...tasks('a:x b:a', { b: { after: ['y', 'b'] } }), task('a')]);
  expect(plan.batches).toEqual([['a'], ['b']]);
  expect(plan.faults).toEqual([
    { kind: 'duplicate', task: 'a' },
    { kind: 'unknown', task: 'a', to: 'x', link: 'hard' },
    { kind: 'unknown', task: 'b', to: 'y', link: 'soft' },
    { kind: 'self', task: 'b' },
  ]);
});

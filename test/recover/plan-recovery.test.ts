/** Recoveries of small phases, by hand: S1's scenarios and what lies between them (B6). */

import { describe, expect, it, test } from 'vitest';
import { planRecovery } from '../../src/decide/recover/plan-recovery.ts';
import { anyTasks } from '../plan/tasks.ts';
import fc from '../properties.ts';
import { failed, recovery } from './facts.ts';

/** Batches: a b · c d · e f · g. */
const PHASE = 'a b c:a d:a,b e:c f:d g:e,f';

describe('one failed task', () => {
  it('in the last batch that ran: resumed', () => {
    const plan = planRecovery(recovery(PHASE, 'a b c d f', [failed('e')]));
    expect(plan).toMatchObject({
      outcome: 'resume',
      rerun: ['e'],
      kept: ['a', 'b', 'c', 'd', 'f'],
      next: [['e'], ['g']],
      stop: [],
    });
    expect(plan.decisions).toMatchObject([{ id: 'e', batch: 3, outcome: 'resume', ifDesign: null }]);
    expect(plan.cost.recovery).toEqual({ tasks: 1, work: 1, finish: 2, tokens: null });
    expect(plan.cost.restart).toEqual({ tasks: 6, work: 6, finish: 4, tokens: null });
    expect(plan.cost.saved).toEqual({ tasks: 5, work: 5, finish: 2, tokens: null });
  });

  it('in an earlier batch that nothing begun builds on: only that one', () => {
    const plan = planRecovery(recovery(PHASE, 'a b d f', [failed('c')]));
    expect(plan).toMatchObject({ outcome: 'rerun', rerun: ['c'], kept: ['a', 'b', 'd', 'f'], next: [['c'], ['e'], ['g']] });
  });

  it('with others built on it: those too, the rest is kept', () => {
    const plan = planRecovery(recovery(PHASE, 'a b d e f', [failed('c')]));
    expect(plan).toMatchObject({
      outcome: 'restart-from',
      rerun: ['c', 'e'],
      kept: ['a', 'b', 'd', 'f'],
      next: [['c'], ['e'], ['g']],
    });
  });

  it('by its design, with others to build on it: everything', () => {
    const plan = planRecovery(recovery(PHASE, 'a b c d f', [failed('e', { kind: 'architecture' })]));
    expect(plan).toMatchObject({ outcome: 'restart', rerun: ['a', 'b', 'c', 'd', 'e', 'f'], kept: [] });
    expect(plan.cost.recovery.tasks).toBe(1);
  });

  it('by its design, with nothing that builds on it: only that one', () => {
    expect(planRecovery(recovery(PHASE, 'a b c d e f', [failed('g', { kind: 'architecture' })]))).toMatchObject({
      outcome: 'rerun',
      rerun: ['g'],
    });
  });

  it.each([
    [0, 'resume'],
    [1, 'resume'],
    [2, 'restart'],
    [3, 'restart'],
  ])('after %i failed recoveries: %s', (attempts, outcome) => {
    expect(planRecovery(recovery(PHASE, 'a b c d f', [failed('e', { attempts })])).outcome).toBe(outcome);
  });

  it('of which nobody knows why: what it would be by design is told', () => {
    const [decision] = planRecovery(recovery(PHASE, 'a b c d f', [failed('e', { kind: 'unknown' })])).decisions;
    expect(decision).toMatchObject({ outcome: 'resume', ifDesign: 'restart' });
  });
});

describe('several failed tasks', () => {
  it('in one batch', () => {
    const plan = planRecovery(recovery(PHASE, 'a b c d', [failed('f'), failed('e')]));
    expect(plan).toMatchObject({ outcome: 'resume', rerun: ['e', 'f'], next: [['e', 'f'], ['g']] });
    expect(plan.decisions.map(({ id }) => id)).toEqual(['e', 'f']);
  });

  it('in different batches, one built on the other', () => {
    const plan = planRecovery(recovery(PHASE, 'a b d f', [failed('e'), failed('c')]));
    expect(plan.decisions.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['c', 'restart-from'],
      ['e', 'resume'],
    ]);
    expect(plan).toMatchObject({ outcome: 'restart-from', rerun: ['c', 'e'] });
  });

  it('in different batches, apart', () => {
    const plan = planRecovery(recovery(PHASE, 'a b d', [failed('f'), failed('c')]));
    expect(plan).toMatchObject({ outcome: 'rerun', rerun: ['c', 'f'], kept: ['a', 'b', 'd'] });
  });

  it('one of which asks for a restart', () => {
    const plan = planRecovery(recovery(PHASE, 'a b c d', [failed('f'), failed('e', { attempts: 2 })]));
    expect(plan).toMatchObject({ outcome: 'restart', kept: [] });
  });
});

describe('what runs meanwhile', () => {
  it('is stopped where it builds on a failed one, and else goes on', () => {
    const facts = { ...recovery(PHASE, 'a b d', [failed('c')]), running: ['e', 'f'] };
    const plan = planRecovery(facts);
    expect(plan).toMatchObject({ outcome: 'restart-from', rerun: ['c', 'e'], stop: ['e'], kept: ['a', 'b', 'd', 'f'] });
    expect(plan.next).toEqual([['c', 'f'], ['e'], ['g']]);
  });
});

it('counts tokens by tier, missing ones as the median', () => {
  const tokens = (planner: number) => ({ tokens: { planner, coder: 0, validator: 100 } });
  const facts = recovery('a b:a c:b', 'a', [failed('b')], { a: tokens(1000), c: tokens(3000) });
  const { cost, assumed } = planRecovery(facts);
  expect(cost.recovery.tokens).toEqual({ planner: 2000, coder: 0, validator: 100 });
  expect(cost.restart.tokens).toEqual({ planner: 3000, coder: 0, validator: 200 });
  expect(cost.saved.tokens).toEqual({ planner: 1000, coder: 0, validator: 100 });
  expect(assumed.tokens).toEqual(['b']);
});

it('names what is done too early', () => {
  expect(planRecovery(recovery('a b:a c', 'b', [failed('c')])).early).toEqual([{ task: 'b', dependsOn: 'a' }]);
});

test('whatever failed: it runs again, with all begun ones that build on it; what is kept builds on nothing that runs again', () => {
  const any = anyTasks(false, 10).chain((tasks) => {
    const states = fc.array(fc.constantFrom('done', 'failed', 'running', 'open'), {
      minLength: tasks.length,
      maxLength: tasks.length,
    });
    const kinds = fc.constantFrom('syntax' as const, 'architecture' as const, 'unknown' as const);
    return fc.record({ tasks: fc.constant(tasks), states, kind: kinds, attempts: fc.nat({ max: 3 }) });
  });
  fc.assert(
    fc.property(any, ({ tasks, states, kind, attempts }) => {
      const of = (state: string) => tasks.filter((_, i) => states[i] === state).map(({ id }) => id);
      fc.pre(of('failed').length > 0);
      const facts = {
        tasks: tasks.map((task) => ({ ...task, prompt: null, tokens: null })),
        done: of('done'),
        running: of('running'),
        failed: of('failed').map((id) => failed(id, { kind, attempts })),
      };
      const plan = planRecovery(facts);
      const begun = tasks.filter((_, i) => states[i] !== 'open').map(({ id }) => id);
      expect([...plan.rerun, ...plan.kept].sort()).toEqual(begun.sort());
      for (const id of of('failed')) expect(plan.rerun).toContain(id);
      const again = new Set(plan.rerun);
      for (const { id, depends } of tasks) if (plan.kept.includes(id)) expect(depends.filter((on) => again.has(on))).toEqual([]);
      expect(plan.next.flat().sort()).toEqual([...new Set([...plan.rerun, ...of('open'), ...of('running')])].sort());
      const { recovery: less, restart: more, saved } = plan.cost;
      expect([saved.tasks, saved.tasks >= 0, more.finish >= less.finish]).toEqual([more.tasks - less.tasks, true, true]);
    }),
  );
});

/** Cold categories, the rotation, the fast lane's turn (W5). */
import { describe, expect, test } from 'vitest';
import { fullPlan } from '../../src/decide/sweep/full-plan.ts';
import { seenOf } from '../../src/decide/sweep/seen.ts';
import { viewSweep } from '../../src/decide/sweep/sweep-view.ts';
import type { BoardSession } from '../../src/model/board-facts.ts';
import { acting, atCycle, configured, cycle, waitingBoard, waitingIssue } from './backlog-fixtures.ts';
import { boardFacts, boardSession, CATEGORIES, logged, session } from './fixtures.ts';

const still = (number: number, category: string | null, some = {}) =>
  boardSession(session(number, 'active', { category, plannedAt: '2026-11-01T08:00:00Z', ...some }));
const moving = (number: number, category: string | null, some = {}): BoardSession => ({
  ...still(number, category, some),
  since: [logged(number, 'bob', 'pushed')],
});

describe('cold', () => {
  test('without movement in this sweep and the one before, though it has an open session', () => {
    const facts = atCycle(9, boardFacts([still(1, 'UX'), moving(2, 'Graph')]), [cycle(8, { categories: ['Security'] })]);
    expect(fullPlan(facts).coldCategories).toEqual(CATEGORIES.filter((name) => name !== 'Graph' && name !== 'Security'));
  });

  test('a comment by someone else is movement', () => {
    const asked = { ...still(1, 'UX'), comments: [{ by: 'carol', at: '2026-11-21T06:00:00Z' }] };
    expect(fullPlan(atCycle(9, boardFacts([asked]), [cycle(8, {})])).coldCategories).not.toContain('UX');
  });

  test('what two sweeps ago moved is not enough', () => {
    const history = [cycle(8, {}), cycle(7, { categories: ['UX'] })];
    expect(fullPlan(atCycle(9, boardFacts([still(1, 'UX')]), history)).coldCategories).toContain('UX');
  });

  test.each([
    ['no sweep before', []],
    ['one that kept nothing', [cycle(8)]],
  ])('%s: what has nothing open is cold', (_, history) => {
    const { coldCategories } = fullPlan(atCycle(9, boardFacts([still(1, 'UX')]), history));
    expect(coldCategories).toEqual(CATEGORIES.filter((name) => name !== 'UX'));
  });

  test('spelled another way it is the same category', () => {
    const facts = atCycle(9, boardFacts([moving(1, 'golden-path')]), [cycle(8, { categories: ['data integrity'] })]);
    const { coldCategories } = fullPlan(facts);
    expect(coldCategories).not.toContain('Golden Path');
    expect(coldCategories).not.toContain('Data Integrity');
  });
});

describe('rotation', () => {
  const warm = { categories: CATEGORIES };

  test('nothing began yet: security first', () => {
    expect(fullPlan(atCycle(9, boardFacts([]), [cycle(8, warm)])).rotation).toEqual(CATEGORIES);
  });

  test('goes on after the category that began last, whoever began it', () => {
    const old = moving(1, 'Golden Path');
    const history = [cycle(8, { ...warm, started: [1] })];
    const byHistory = fullPlan(atCycle(9, boardFacts([old]), history)).rotation;
    expect(byHistory.slice(0, 2)).toEqual(['CI Stability', 'Graph']);
    const byHand = moving(2, 'UX', { plannedAt: cycle(8).startedAt });
    expect(fullPlan(atCycle(9, boardFacts([old, byHand]), history)).rotation[0]).toBe('Analytics');
  });

  test('of several that one sweep began, the last one counts', () => {
    const sessions = [moving(1, 'Security'), moving(2, 'Graph')];
    const rotation = fullPlan(atCycle(9, boardFacts(sessions), [cycle(8, { ...warm, started: [1, 2] })])).rotation;
    expect(rotation[0]).toBe('Infrastructure');
  });

  test('the fast lane does not move it', () => {
    const urgent = moving(2, 'UX', { plannedAt: cycle(8).startedAt, fastLane: true });
    expect(fullPlan(atCycle(9, boardFacts([urgent]), [cycle(8, warm)])).rotation).toEqual(CATEGORIES);
  });

  test('cold ones go before their turn; unlisted ones come last and are not lost', () => {
    const facts = waitingBoard([waitingIssue(20, 'Zoo'), waitingIssue(21, null)], {
      sessions: [moving(1, 'Art'), still(2, 'zoo')],
    });
    const seen = { categories: CATEGORIES.filter((name) => name !== 'UX' && name !== 'Graph') };
    const { rotation, coldCategories } = fullPlan(atCycle(9, facts, [cycle(8, seen)]));
    expect(coldCategories).toEqual(['Graph', 'UX']);
    expect(rotation).toEqual(['Graph', 'UX', ...seen.categories, 'Art', 'Zoo']);
  });

  test('every category comes again within as many sweeps as there are', () => {
    const backlog = CATEGORIES.flatMap((name, at) => [1, 2].map((nth) => waitingIssue(100 * nth + at, name)));
    let facts = acting(configured(waitingBoard(backlog), { capacity: 2, reserve: 1 }));
    const begun: (string | null)[] = [];
    const history = [cycle(1, { categories: CATEGORIES })];
    const sessions: BoardSession[] = [];
    for (let number = 2; number < 10; number++) {
      facts = atCycle(number, { ...facts, sessions: [...sessions] }, [...history]);
      const plan = fullPlan(facts);
      begun.push(...plan.starts.map(({ category }) => category));
      const seen = seenOf(viewSweep(facts), plan);
      history.unshift({ ...facts.cycle, seen: { ...seen, categories: CATEGORIES } });
      const [start] = plan.starts;
      const [plannedAt, endedAt] = [facts.cycle.startedAt, facts.cycle.startedAt];
      if (start)
        sessions.push(boardSession(session(start.issue.number, 'abandoned', { category: start.category, plannedAt, endedAt })));
      // Ended right away and given up: no follow-up of its own is wanted here.
      for (const one of sessions) one.ledger.session.endedAt = '2026-10-01T00:00:00Z';
    }
    expect(begun).toEqual(CATEGORIES);
  });
});

describe('the fast lane', () => {
  const urgent = (number: number, category: string | null) => waitingIssue(number, category, {}, ['fast-lane']);
  const turn = (backlog: ReturnType<typeof urgent>[], served: string | null, some = {}) =>
    fullPlan(atCycle(9, configured(waitingBoard(backlog), some), [cycle(8, {}), cycle(7, { fastLane: served })])).fastLaneTurn;

  test.each([
    ['never served: security', null, [], 'Security'],
    ['the next after the last one served', 'Security', [], 'Data Integrity'],
    ['round and round', 'Analytics', [], 'Security'],
    ['a turn without work passes on', 'Security', [urgent(5, 'UX'), urgent(6, 'Security')], 'UX'],
    ['the last one served is the last in turn', 'UX', [urgent(5, 'UX'), urgent(6, 'Security')], 'Security'],
    ['a category that is gone', 'Zoo', [], 'Security'],
  ])('%s', (_, served, backlog, expected) => expect(turn(backlog, served)).toBe(expected));

  test('no reserve, no fast lane', () => expect(turn([urgent(5, 'UX')], null, { reserve: 0 })).toBeNull());
});

test('what a sweep keeps: what moved, whose turn it was, what it began; the second of the day adds to it', () => {
  const backlog = [waitingIssue(30, 'UX', {}, ['fast-lane']), waitingIssue(31, 'Graph')];
  const sessions = [moving(4, 'Security'), still(3, 'UX', { blocked: true }), moving(2, null)];
  const facts = acting(atCycle(12, waitingBoard(backlog, { sessions }), [cycle(11, {})]));
  const seen = seenOf(viewSweep(facts), fullPlan(facts));
  expect(seen).toEqual({
    moved: [2, 4],
    categories: ['Security'],
    fastLane: 'UX',
    counts: { active: 3, planned: 0, archived: 0, blocked: 1 },
    opened: 0,
    merged: 0,
    started: [30, 31],
    duties: ['governance:12'],
    wanted: ['governance:12'],
    metrics: fullPlan(facts).metrics,
  });
  const again = { ...facts, backlog: [], cycle: { ...facts.cycle, seen } };
  const second = seenOf(viewSweep(again), { ...fullPlan(again), duties: [] });
  expect(second).toEqual(seen);
});

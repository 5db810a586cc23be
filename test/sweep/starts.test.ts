/** What starts, what moves up from the reserve, what is pointed out (W6). */
import { describe, expect, test } from 'vitest';
import { fullPlan } from '../../src/decide/sweep/full-plan.ts';
import type { BacklogIssue } from '../../src/model/backlog.ts';
import type { BoardFacts } from '../../src/model/board-facts.ts';
import { acting, atCycle, configured, cycle, waitingBoard, waitingIssue, withPlaybooks } from './backlog-fixtures.ts';
import { boardSession, CATEGORIES, session } from './fixtures.ts';

const WARM = [cycle(8, { categories: CATEGORIES })];
const plan = (facts: BoardFacts, history = WARM) => fullPlan(atCycle(9, facts, history));
const started = (facts: BoardFacts, history = WARM) => plan(facts, history).starts.map(({ issue, why }) => [issue.number, why]);
const of = (category: string | null, ...numbers: number[]) => numbers.map((number) => waitingIssue(number, category));
const old = { plannedAt: '2026-11-01T08:00:00Z' };
const room = (facts: BoardFacts, capacity: number, reserve = 0) => configured(facts, { capacity, reserve });

describe('order', () => {
  test('after what ended, then cold ones, then the rotation', () => {
    const ended = boardSession(session(1, 'completed', { ...old, category: 'Analytics', endedAt: '2026-11-27T05:00:00Z' }));
    const backlog = [...of('Security', 10, 11), ...of('UX', 12), ...of('Analytics', 13, 14), ...of(null, 15), ...of('Zoo', 16)];
    const history = [cycle(8, { categories: CATEGORIES.filter((name) => name !== 'UX') })];
    expect(started(waitingBoard(backlog, { sessions: [ended] }), history)).toEqual([
      [13, 'same-category'],
      [12, 'cold'],
      [10, 'rotation'],
      [16, 'rotation'],
      [15, 'rotation'],
      [11, 'rotation'],
      [14, 'rotation'],
    ]);
  });

  test('what someone began after the end is its next already; what was begun before is not', () => {
    const ended = session(1, 'completed', { ...old, category: 'UX', endedAt: '2026-11-26T15:00:00Z' });
    const next = (plannedAt: string) => [boardSession(ended), boardSession(session(2, 'active', { category: 'UX', plannedAt }))];
    const whys = (sessions: BoardFacts['sessions']) => started(room(waitingBoard(of('UX', 10), { sessions }), 5));
    expect(whys(next('2026-11-26T16:00:00Z'))).toEqual([[10, 'rotation']]);
    expect(whys(next('2026-11-26T07:30:00Z'))).toEqual([[10, 'same-category']]);
  });

  test('the oldest first; one untouched for long only after the others', () => {
    const backlog = [
      waitingIssue(12, 'UX', { createdAt: '2026-02-01T00:00:00Z', updatedAt: '2026-02-01T00:00:00Z' }),
      waitingIssue(11, 'UX', { createdAt: '2026-11-02T00:00:00Z' }),
      waitingIssue(10, 'UX', { createdAt: '2026-11-03T00:00:00Z' }),
    ];
    const { starts, obsolete } = plan(waitingBoard(backlog));
    expect(starts.map(({ issue }) => issue.number)).toEqual([11, 10, 12]);
    expect(obsolete).toEqual([]);
  });

  test('every category is served before one is served twice', () => {
    const backlog = [...of('Security', 10, 11, 12), ...of('Graph', 20), ...of('UX', 30)];
    expect(started(room(waitingBoard(backlog), 4)).map(([number]) => number)).toEqual([10, 20, 30, 11]);
  });
});

describe('slots', () => {
  const backlog = of('UX', 50, 51, 52, 53, 54);
  const active = (count: number, some = {}) =>
    Array.from({ length: count }, (_, at) => boardSession(session(at + 1, 'active', { ...old, category: 'Security', ...some })));
  const queued = (number: number, some = {}) => boardSession(session(number, 'planned', { ...old, ...some }));
  const count = (facts: BoardFacts) => plan(facts).starts.length;
  const board = (sessions: BoardFacts['sessions']) =>
    waitingBoard(backlog, { sessions, slots: { active: 0, activeFastLane: 0, queue: [] } });

  test.each([
    ['free ones but the reserve', 4, 1, active(1), 2],
    ['none: full', 3, 1, active(2), 0],
    ['none: overfull', 3, 1, active(9), 0],
    [
      'a blocked session has handed its slot on',
      3,
      1,
      [...active(1), boardSession(session(9, 'active', { ...old, blocked: true }))],
      1,
    ],
    ['the fast lane has its own', 3, 1, active(1, { fastLane: true }), 2],
    ['a fast lane that overflows takes others', 3, 1, active(2, { fastLane: true }), 1],
    ['capacity 0', 0, 0, [], 0],
    ['negative', -3, 0, [], 0],
    ['all reserved', 3, 3, [], 0],
    ['more reserved than there are', 3, 5, [], 0],
    ['nothing is left to start', 50, 1, [], 5],
  ])('%s', (_, capacity, reserve, sessions, expected) => expect(count(room(board(sessions), capacity, reserve))).toBe(expected));

  test('who waits in line goes first', () => {
    const facts = room(
      { ...board([...active(1), queued(8), queued(9)]), slots: { active: 1, activeFastLane: 0, queue: [8, 9] } },
      5,
      1,
    );
    expect(count(facts)).toBe(1);
  });

  test('what could not be read may hold a slot, also one of the lane', () => {
    expect(count(room({ ...board([]), missing: 3 }, 4, 0))).toBe(1);
    const urgent = waitingBoard([waitingIssue(60, 'UX', {}, ['fast-lane'])]);
    expect([3, 4].map((missing) => count(room({ ...urgent, missing }, 4, 1)))).toEqual([1, 0]);
  });

  test('a duty that this sweep opens needs one too', () => {
    const facts = atCycle(12, room(board(active(1)), 4, 1), WARM);
    expect(fullPlan(facts).starts).toHaveLength(2);
    expect(fullPlan(acting(facts)).starts).toHaveLength(1);
  });

  test("the lane's slot only for the lane's work, in turn; more of it waits for ordinary slots", () => {
    const urgent = (number: number, category: string) => waitingIssue(number, category, {}, ['Fast-Lane']);
    const facts = waitingBoard([...of('UX', 50), urgent(60, 'Graph'), urgent(61, 'Security')], { sessions: active(2) });
    const history = [cycle(8, { categories: CATEGORIES, fastLane: 'Security' })];
    expect(started(room(facts, 3, 1), history)).toEqual([[60, 'fast-lane']]);
    expect(started(room(facts, 4, 1), history)).toEqual([
      [60, 'fast-lane'],
      [61, 'rotation'],
    ]);
    expect(plan(room(facts, 3, 1)).starts[0]).toMatchObject({ fastLane: true, category: 'Security' });
  });
});

describe('never', () => {
  const none = (issue: BacklogIssue, some: Partial<BoardFacts> = {}) =>
    expect(plan(waitingBoard([issue], some)).starts).toEqual([]);

  test('what carries a session already', () => {
    none(waitingIssue(10, 'UX', {}, ['Session:bug-fix']));
    none(waitingIssue(10, 'UX'), { unknown: [10] });
    none(waitingIssue(10, 'UX'), { sessions: [boardSession(session(10, 'abandoned', old))] });
  });

  test('what is blocked, or waits in the reserve', () => {
    none(waitingIssue(10, 'UX', {}, ['blocked']));
    none(waitingIssue(10, 'UX', { list: 'reserve' }));
  });

  test('what is done or being done', () => {
    none(waitingIssue(10, 'UX', { pulls: [7] }));
    const alike = boardSession(session(1, 'planned', { ...old, title: 'Make the till count in cents' }));
    none(waitingIssue(10, 'UX', { title: 'make the till count in cents!' }), { sessions: [alike] });
  });

  test('twice, or twice the same work', () => {
    const twice = [waitingIssue(10, 'UX'), waitingIssue(10, 'UX', { list: 'reserve' }), waitingIssue(10, 'UX')];
    expect(started(waitingBoard(twice))).toEqual([[10, 'rotation']]);
    const alike = [waitingIssue(10, 'UX', { title: 'Sort the basket' }), waitingIssue(11, 'Graph', { title: 'sort the basket' })];
    expect(started(waitingBoard(alike))).toHaveLength(1);
  });
});

describe('the playbook', () => {
  const type = (labels: string[], types?: string[]) => {
    const facts = waitingBoard([waitingIssue(10, null, {}, labels)]);
    return plan(types ? withPlaybooks(facts, types) : facts).starts[0]?.type;
  };

  test.each([
    [['bug'], 'bug-fix'],
    [['Regression', 'docs'], 'bug-fix'],
    [['Documentation'], 'documentation'],
    [['perf'], 'performance'],
    [['Tech Debt'], 'refactoring'],
    [['audit'], 'quality-audit'],
    [['idea'], 'idea-generation'],
    [['integration'], 'module-integration'],
    [['type: bug'], 'bug-fix'],
    [['help wanted'], 'feature'],
    [[], 'feature'],
  ])('%j: %s', (labels, expected) => expect(type(labels)).toBe(expected));

  test("a repository's own playbook by its name; what it does not have is not chosen", () => {
    expect(type(['Spike', 'bug'], ['feature', 'spike', 'bug-fix'])).toBe('spike');
    expect(type(['bug'], ['feature'])).toBe('feature');
    expect(type(['bug'], ['tiny'])).toBe('tiny');
  });
});

describe('refills', () => {
  const reserve = (category: string | null, ...numbers: number[]) =>
    numbers.map((number) => waitingIssue(number, category, { list: 'reserve' }));
  const moved = (facts: BoardFacts, number = 5, history = [cycle(number - 1)]) =>
    fullPlan(atCycle(number, room(facts, 1, 1), history)).refills.map(({ issue }) => issue.number);

  // Cycle 5 is Monday, 2026-11-23.
  test.each([
    ['the first sweep of the week', 5, [4], [20]],
    ['not the second', 6, [5], []],
    ['Monday was missed', 7, [4], [20]],
    ['a whole week was missed', 16, [8], [20]],
    ['the first sweep of all', 6, [], [20]],
  ])('%s', (_, number, before, expected) =>
    expect(
      moved(
        waitingBoard(reserve('UX', 20)),
        number,
        before.map((one) => cycle(one)),
      ),
    ).toEqual(expected),
  );

  test('up to three of each category, the oldest first; what starts leaves room', () => {
    const backlog = [...of('UX', 10, 11), ...reserve('UX', 20, 21), ...reserve('Graph', 30, 31, 32, 33), ...reserve(null, 40)];
    expect(moved(waitingBoard(backlog))).toEqual([30, 31, 32, 20, 40]);
    const starting = fullPlan(atCycle(5, acting(room(waitingBoard(backlog), 1)), [cycle(4)]));
    expect(starting.starts.map(({ issue }) => issue.number)).toEqual([10]);
    expect(starting.refills.map(({ issue }) => issue.number)).toEqual([30, 31, 32, 20, 21, 40]);
    expect(starting.refills.every(({ acts }) => acts)).toBe(true);
  });

  test('not what is blocked or done', () => {
    const backlog = [
      waitingIssue(20, 'UX', { list: 'reserve', pulls: [3] }),
      waitingIssue(21, 'UX', { list: 'reserve' }, ['blocked']),
    ];
    expect(moved(waitingBoard(backlog))).toEqual([]);
  });
});

describe('obsolete', () => {
  const why = (issue: BacklogIssue, some: Partial<BoardFacts> = {}) =>
    plan(room(waitingBoard([issue], some), 1, 1)).obsolete[0]?.why;

  test.each([
    ['a merged pull request closes it', { pulls: [7] }, { kind: 'merged', pull: 7 }],
    ['an open one', { pulls: [9] }, { kind: 'open-pull', pull: 9 }],
    ['both', { pulls: [9, 12] }, { kind: 'merged', pull: 12 }],
    ['untouched for 90 days', { updatedAt: '2026-08-29T07:00:00Z' }, { kind: 'old', days: 90 }],
    ['89 days are not long', { updatedAt: '2026-08-29T07:00:01Z' }, undefined],
    ['a clock that went back', { updatedAt: '2027-08-29T07:00:01Z' }, undefined],
  ])('%s', (_, some, expected) =>
    expect(why(waitingIssue(20, 'UX', some), { openPulls: [{ number: 9, judged: true, waiting: false }] })).toEqual(expected),
  );

  test('an open session does the same', () => {
    const alike = (number: number) => boardSession(session(number, 'active', { ...old, title: 'Count the till in cents' }));
    expect(why(waitingIssue(20, 'UX', { title: 'Count the till in cents' }), { sessions: [alike(8), alike(4)] })).toEqual({
      kind: 'similar',
      session: 4,
    });
  });
});

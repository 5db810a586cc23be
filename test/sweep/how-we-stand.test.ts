/** How we stand: blockers, stalled sessions, the rescue, too much at once, what follows a merge (W8, W9, W10, W11). */
import { describe, expect, test } from 'vitest';
import { stalledSince } from '../../src/decide/session/stalled.ts';
import { afterMergeOf } from '../../src/decide/sweep/after-merge.ts';
import { backpressureOf } from '../../src/decide/sweep/backpressure.ts';
import { blockersOf } from '../../src/decide/sweep/blockers.ts';
import { failedOf } from '../../src/decide/sweep/failed.ts';
import { fullPlan } from '../../src/decide/sweep/full-plan.ts';
import { stalledOf } from '../../src/decide/sweep/stalled.ts';
import { viewSweep } from '../../src/decide/sweep/sweep-view.ts';
import type { AfterMerge } from '../../src/model/backlog.ts';
import type { BoardFacts, BoardSession } from '../../src/model/board-facts.ts';
import type { Failure } from '../../src/model/failure.ts';
import type { Playbook } from '../../src/model/playbook.ts';
import { type Block, NO_RECORDS } from '../../src/model/records.ts';
import type { Session, WorklogEntry } from '../../src/model/session.ts';
import { atCycle, configured, cycle, incidentIssue } from './backlog-fixtures.ts';
import { boardFacts, boardSession, logged, PLAYBOOK, pullRecord, session } from './fixtures.ts';

/** Cycle 10 is 2026-11-28, 07:00. */
const NOW = 10;
const history = (count: number, moved: Record<number, number[]> = {}) =>
  Array.from({ length: count }, (_, at) => cycle(NOW - 1 - at, { moved: moved[NOW - 1 - at] ?? [] }));
const at = (sessions: BoardSession[], some: Partial<BoardFacts> = {}, past = history(8)) =>
  atCycle(NOW, boardFacts(sessions, some), past);
const block = (why: string, day: number, some: Partial<Block> = {}): Block => ({
  key: why,
  by: 'carol',
  at: `2026-11-${day}T10:00:00Z`,
  why,
  on: null,
  clearedAt: null,
  ...some,
});
const blocked = (number: number, blocks: Block[], some: Partial<Session> = {}) =>
  boardSession(session(number, 'active', { blocked: true, records: { ...NO_RECORDS, blocks }, ...some }));
const withLog = (one: BoardSession, worklog: WorklogEntry[]): BoardSession => ({ ...one, ledger: { ...one.ledger, worklog } });

describe('blockers', () => {
  const found = (sessions: BoardSession[]) => blockersOf(viewSweep(at(sessions)));

  test('the oldest first, each session once with the block that lasted longest; cleared ones are gone', () => {
    const sessions = [
      blocked(1, [block('new', 27)]),
      blocked(2, [block('lifted', 20, { clearedAt: '2026-11-21T00:00:00Z' }), block('second', 26), block('first', 24)]),
      boardSession(session(3)),
      boardSession(session(4, 'planned', { blocked: true, records: { ...NO_RECORDS, blocks: [block('queued', 25)] } })),
      blocked(5, [block('ended', 22)], { state: 'completed', endedAt: '2026-11-27T12:00:00Z' }),
    ];
    expect(found(sessions).map(({ number, why, cycles }) => [number, why, cycles])).toEqual([
      [2, 'first', 4],
      [4, 'queued', 3],
      [1, 'new', 1],
    ]);
    expect(found(sessions.toReversed())).toEqual(found(sessions));
  });

  test.each([
    [27, 1, false],
    [26, 2, true],
    [25, 3, true],
  ])('blocked since November %i: %i cycles, escalated %s', (day, cycles, escalated) => {
    const [one] = found([blocked(1, [block('why', day)])]);
    expect(one?.cycles).toBe(cycles);
    expect(one?.escalation !== null).toBe(escalated);
  });

  const author = (login: string, bot = false) => ({ subject: { author: { login, bot } } });
  const on12 = { on: { kind: 'issue', number: 12 } } as const;
  const waits = (...others: BoardSession[]) => found([blocked(1, [block('why', 20, on12)]), ...others])[0]?.escalation;

  test('who is asked: the named owner, the author of the issue, else who blocked; and what can be done', () => {
    const named = block('why', 20, { on: { kind: 'owner', login: 'dave' } });
    expect(found([blocked(1, [named])])[0]?.escalation).toEqual({ owner: 'dave', mitigation: 'ask-owner' });
    expect(waits(boardSession(session(12), author('bob')))).toEqual({ owner: 'bob', mitigation: 'wait-for-issue' });
    expect(waits(boardSession(session(12), author('robot', true)))).toEqual({ owner: 'carol', mitigation: 'wait-for-issue' });
    expect(waits()).toEqual({ owner: 'carol', mitigation: 'wait-for-issue' });
    expect(found([blocked(1, [block('why', 20)])])[0]?.escalation).toEqual({ owner: 'carol', mitigation: 'cut-scope' });
  });

  test('what waits for a session that has ended may go on, however new the block is', () => {
    const over = boardSession(session(12, 'completed', { endedAt: '2026-11-28T01:00:00Z' }), author('bob'));
    const [one] = found([blocked(1, [block('why', 27, on12)]), over]);
    expect(one).toMatchObject({ cycles: 1, escalation: { owner: 'carol', mitigation: 'unblock' } });
  });

  test('by label only: since the label came, else since the session was planned, else since the oldest line that is known', () => {
    const labelled = boardSession(session(1), { subject: { labels: ['blocked'], author: { login: 'alice', bot: false } } });
    const line = { ...logged(1, 'bob', 'blocked, by label', '2026-11-27T09:00:00Z'), key: 'blocked:4' };
    expect(found([withLog(labelled, [line])])[0]).toMatchObject({ why: null, on: null, cycles: 1, escalation: null });
    expect(found([labelled])[0]).toMatchObject({ cycles: 8, escalation: { owner: 'alice', mitigation: 'cut-scope' } });
    const lines = Array.from({ length: 20 }, (_, n) => logged(1, 'bob', `${n}`, `2026-11-26T09:${10 + n}:00Z`));
    expect(found([withLog(labelled, lines)])[0]?.cycles).toBe(2);
  });

  test('the plan ranks it last with its reason', () => {
    const { shipOrder, blockers } = fullPlan(
      at([blocked(1, [block('the price service is down', 27)]), boardSession(session(2))]),
    );
    expect(shipOrder.map(({ name, because }) => [name, because])[1]).toEqual([
      '2026-11-20-work-1',
      expect.stringContaining('the price service is down'),
    ]);
    expect(blockers).toHaveLength(1);
  });
});

describe('failed', () => {
  const failure = (day: number, mended = false): Failure => ({
    key: `failed-${day}`,
    by: 'bob',
    at: `2026-11-${day}T10:00:00Z`,
    kind: 'tests',
    error: `broke on day ${day}`,
    recovery: mended
      ? { key: 'r', by: 'bob', at: `2026-11-${day}T11:00:00Z`, outcome: 'rerun', because: [], chosen: false }
      : null,
  });
  const failed = (number: number, failures: Failure[], state: 'active' | 'completed' = 'active') =>
    boardSession(session(number, state, { records: { ...NO_RECORDS, failures } }));

  test('the oldest first, with its age and the recoveries that did not help; mended and ended ones are not shown', () => {
    const sessions = [
      failed(1, [failure(27)]),
      failed(2, [failure(20, true), failure(21, true), failure(25)]),
      failed(3, [failure(26, true)]),
      failed(4, [failure(26)], 'completed'),
      failed(5, [failure(29)]),
    ];
    expect(failedOf(viewSweep(at(sessions)))).toMatchObject([
      { number: 2, error: 'broke on day 25', kind: 'tests', days: 3, recoveries: 2 },
      { number: 1, days: 1, recoveries: 0 },
      { number: 5, days: 0 },
    ]);
  });
});

describe('stalled', () => {
  const found = (sessions: BoardSession[], past = history(8)) => stalledOf(viewSweep(at(sessions, {}, past)));
  const old = { startedAt: '2026-11-20T12:00:00Z' };
  const one = (some: Partial<Session> = {}, parts = {}) => boardSession(session(1, 'active', { ...old, ...some }), parts);

  test.each([
    ['nobody moved it in any sweep that is known', one(), history(3), 4],
    ['it moved before the sweep before', one(), history(8, { 8: [1] }), 2],
    ['the sweep before saw it move', one(), history(8, { 9: [1] }), 0],
    ['it moved now', one({}, { since: [logged(1, 'bob', 'pushed', '2026-11-28T01:00:00Z')] }), history(8), 0],
    ['someone commented now', { ...one(), comments: [{ by: 'bob', at: '2026-11-28T01:00:00Z' }] }, history(8), 0],
    ['begun yesterday', one({ startedAt: '2026-11-27T12:00:00Z' }), history(8), 0],
    ['begun the day before', one({ startedAt: '2026-11-26T12:00:00Z' }), history(8), 0],
    ['begun two days before', one({ startedAt: '2026-11-25T12:00:00Z' }), history(8, { 8: [1] }), 2],
    [
      'cycles that kept nothing: by the worklog',
      withLog(one(), [logged(1, 'bob', 'pushed', '2026-11-25T09:00:00Z')]),
      [cycle(9), cycle(8), cycle(7)],
      2,
    ],
    [
      'the bot wrote the worklog',
      withLog(one(), [logged(1, 'Playcaller', 'noted', '2026-11-27T09:00:00Z')]),
      [cycle(9), cycle(8), cycle(7)],
      4,
    ],
    ['the first sweep', one(), [], 0],
  ])('%s', (_, board, past, cycles) => {
    expect(found([board], past)[0]?.cycles ?? 0).toBe(cycles);
  });

  test.each([
    ['blocked', { blocked: true }, {}, 'unblock'],
    ['a pull request is open', {}, { pulls: [pullRecord(7)] }, 'rescue'],
    ['only the merge is left', {}, { pulls: [pullRecord(7, { verdict: 'pass' })] }, 'merge'],
    ['two steps are left', { ticks: ['read'] }, {}, 'rescue'],
    ['three steps are left', {}, {}, 'slice'],
    ['its playbook is gone', { type: 'gone' }, {}, 'slice'],
  ])('%s', (_, some, parts, proposal) => {
    expect(found([one(some, parts)])[0]?.proposal).toBe(proposal);
  });

  test('longest first; planned ones wait, they do not stall', () => {
    const sessions = [one(), boardSession(session(2, 'active', old)), boardSession(session(3, 'planned'))];
    expect(found(sessions, history(4, { 8: [1] })).map(({ number, cycles }) => [number, cycles])).toEqual([
      [2, 5],
      [1, 2],
    ]);
  });

  test('the card agrees: what one of the last two sweeps saw move is not stalled', () => {
    const { session: own } = one().ledger;
    expect(stalledSince(own, [], history(2))).toBe(old.startedAt);
    expect(stalledSince(own, [], history(2, { 8: [1] }))).toBeNull();
  });
});

describe('rescue', () => {
  const proof: Playbook = {
    ...PLAYBOOK,
    phases: [
      {
        ...PLAYBOOK.phases[0],
        id: 'make',
        title: 'Make',
        minutes: { min: 1, max: 2 },
        steps: [{ id: 'build', text: 'Build it.', details: [] }],
      },
      {
        id: 'testing',
        title: 'Testing',
        minutes: { min: 1, max: 2 },
        steps: [{ id: 'suite', text: 'Run the suite.', details: [] }],
      },
      {
        id: 'wrap-up',
        title: 'Wrap-up',
        minutes: { min: 1, max: 2 },
        steps: [
          { id: 'guide', text: 'Bring the guide up to date.', details: [] },
          { id: 'keep', text: 'Keep the regression test.', details: [] },
          { id: 'commit', text: 'Commit with the template.', details: [] },
        ],
      },
    ],
  };
  const rescue = (sessions: BoardSession[], capacity = 1, slots = {}) => {
    const facts = at(sessions, { slots: { active: 1, activeFastLane: 0, queue: [], ...slots } }, history(1));
    const board = configured({ ...facts, repo: { ...facts.repo, playbooks: [proof] } }, { capacity, reserve: 0 });
    return fullPlan(board).rescue;
  };
  const moving = (number: number, some: Partial<Session> = {}, parts = {}) =>
    boardSession(session(number, 'active', some), { since: [logged(number, 'bob', 'pushed')], ...parts });
  const withPull = (verdict: 'pass' | 'fail' | 'waiting' | null, open: string[] = [], draft = false) =>
    moving(1, {}, { pulls: [pullRecord(7, { verdict, open, draft })] });

  test('none while slots are free and all moves; one when behind, when full with a line, when something is stalled', () => {
    expect(rescue([moving(1)], 5)).toBeNull();
    expect(rescue([moving(1)], 1)).toBeNull();
    expect(rescue([moving(1), moving(2)], 1)?.number).toBe(1);
    expect(rescue([moving(1)], 1, { queue: [9] })?.number).toBe(1);
    expect(rescue([boardSession(session(1))], 5)?.number).toBe(1);
    expect(rescue([], 0)).toBeNull();
  });

  test('the nearest to done: not a blocked one, and what is PR-ready only when nothing else is left', () => {
    const ready = moving(1, {}, { pulls: [pullRecord(7, { verdict: 'pass' })] });
    const stuck = moving(2, { blocked: true, ticks: ['build', 'suite', 'guide', 'keep'] });
    const near = moving(3, { ticks: ['build', 'suite', 'guide'] });
    expect(rescue([ready, stuck, moving(4), near])?.number).toBe(3);
    expect(rescue([ready, stuck])).toMatchObject({ number: 1, next: 'merge' });
    expect(
      rescue([stuck, { ...stuck, ledger: { ...stuck.ledger, session: { ...stuck.ledger.session, number: 5, id: 'five' } } }]),
    ).toBeNull();
  });

  test.each([
    ['no pull request, steps left', moving(1), 'stabilise'],
    ['no pull request, all done', moving(1, { ticks: ['build', 'suite', 'guide', 'keep', 'commit'] }), 'merge'],
    ['not judged yet', withPull(null), 'test'],
    ['checks run', withPull('waiting', ['ci']), 'test'],
    ['CI fails', withPull('fail', ['ci', 'title']), 'test'],
    ['the branch is behind', withPull('fail', ['fresh', 'ci']), 'stabilise'],
    ['an item that nobody knows', withPull('fail', ['house-rule']), 'stabilise'],
    ['only words are missing', withPull('fail', ['title', 'description']), 'merge'],
    ['a draft that passes', withPull('pass', [], true), 'merge'],
  ])('next: %s', (_, one, next) => {
    expect(rescue([one], 1, { queue: [9] })?.next).toBe(next);
  });

  test('to shed: planned for two weeks, untouched, not of the fast lane; last in rotation first, then the oldest; three at most', () => {
    const planned = (number: number, category: string | null, day: number, some: Partial<Session> = {}) =>
      boardSession(
        session(number, 'planned', { category, plannedAt: `2026-11-${String(day).padStart(2, '0')}T07:00:00Z`, ...some }),
      );
    const waiting = [
      planned(11, 'Security', 1),
      planned(12, 'Analytics', 10),
      planned(13, 'Analytics', 8),
      planned(14, null, 14),
      planned(15, 'Analytics', 15),
      planned(16, null, 1, { fastLane: true }),
      { ...planned(17, null, 1), comments: [{ by: 'bob', at: '2026-11-28T01:00:00Z' }] },
    ];
    const found = rescue([moving(1), ...waiting], 1, { queue: waiting.map(({ ledger }) => ledger.session.number) });
    expect(found?.shed.map(({ number, days }) => [number, days])).toEqual([
      [14, 14],
      [13, 20],
      [12, 18],
    ]);
  });

  test('to cut: open steps after the tests, but neither tests nor the commit', () => {
    expect(rescue([moving(1)], 1, { queue: [9] })?.cut).toEqual(['Bring the guide up to date.']);
    expect(rescue([moving(1, { ticks: ['guide'] })], 1, { queue: [9] })?.cut).toEqual([]);
  });
});

describe('backpressure', () => {
  const pressure = (working: number, queued: number, capacity: number, some: Partial<Session> = {}) => {
    const sessions = Array.from({ length: working }, (_, n) =>
      boardSession(session(n + 1, 'active', { ticks: ['read', 'run', 'fix'].slice(0, n % 3), ...some })),
    );
    const queue = Array.from({ length: queued }, (_, n) => 100 + n);
    const facts = configured(at(sessions, { slots: { active: working, activeFastLane: 0, queue } }), { capacity, reserve: 0 });
    return backpressureOf(viewSweep(facts), fullPlan(facts));
  };

  test.each([
    [0, 0, 15, false],
    [7, 0, 15, false],
    [8, 0, 15, true],
    [3, 5, 15, false],
    [3, 6, 15, true],
    [1, 0, 0, true],
    [0, 0, -3, false],
  ])('%i at work and %i in line of %i slots: %s', (working, queued, capacity, found) => {
    expect(pressure(working, queued, capacity) !== null).toBe(found);
  });

  test('fewest remaining steps first; blocked ones are no pressure', () => {
    expect(pressure(8, 0, 15)).toEqual({ waiting: 8, queued: 0, first: [3, 6, 2, 5, 8].map((n) => `2026-11-20-work-${n}`) });
    expect(pressure(8, 0, 15, { blocked: true })).toBeNull();
  });
});

describe('after the merge', () => {
  const merged = (number: number, hoursAgo: number, open: string[] | null, some: Partial<AfterMerge> = {}): AfterMerge => ({
    number,
    name: `s${number}`,
    title: `Work ${number}`,
    url: '',
    pull: number + 100,
    mergedAt: new Date(Date.parse('2026-11-28T07:00:00Z') - hoursAgo * 3_600_000).toISOString(),
    open,
    ...some,
  });
  const found = (afterMerge: AfterMerge[], incidents: BoardFacts['incidents'] = []) =>
    afterMergeOf(viewSweep(at([boardSession(session(2, 'completed', { category: 'UX' }))], { afterMerge, incidents })));

  test('done ones are gone; overdue after 48 hours, oldest first; what cannot be read is not overdue', () => {
    const lists = [
      merged(1, 47, ['after-smoke']),
      merged(2, 49, ['after-lessons']),
      merged(3, 90, []),
      merged(4, 90, null),
      merged(5, 60, ['x']),
    ];
    expect(found(lists).map(({ number, overdue }) => [number, overdue])).toEqual([
      [5, true],
      [2, true],
      [4, false],
      [1, false],
    ]);
  });

  test('a rollout incident of its 48 hours is named with it; others, of another category or time, are not', () => {
    const open = (number: number, hoursAgo: number, some = {}) =>
      incidentIssue(number, {
        title: 'Rollout broke the till',
        category: 'UX',
        createdAt: merged(0, hoursAgo, null).mergedAt,
        ...some,
      });
    const incidents = [
      open(50, 40),
      open(51, 60),
      open(52, 40, { category: 'Graph' }),
      open(53, 40, { title: 'Flood' }),
      open(54, 1, { category: null }),
      open(55, 0.5, { createdAt: 'never' }),
    ];
    expect(found([merged(2, 49, ['after-smoke'])], incidents)[0]?.incidents).toEqual([50, 54]);
  });
});

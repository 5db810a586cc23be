/** What the checks say and what a lead counts (W10, W12). */
import { describe, expect, test } from 'vitest';
import { fullPlan } from '../../src/decide/sweep/full-plan.ts';
import { median } from '../../src/decide/sweep/median.ts';
import { isLint } from '../../src/decide/sweep/metrics-by-cycle.ts';
import { qualityOf } from '../../src/decide/sweep/quality.ts';
import { viewSweep } from '../../src/decide/sweep/sweep-view.ts';
import type { BoardSession, Cycle } from '../../src/model/board-facts.ts';
import type { Session, WorklogEntry } from '../../src/model/session.ts';
import type { CheckSeen } from '../../src/model/sweep-figures.ts';
import { atCycle, configured, cycle } from './backlog-fixtures.ts';
import { boardFacts, boardSession, logged, pullRecord, session } from './fixtures.ts';

/** Cycle 10 is 2026-11-28, 07:00; the last two cycles begin with cycle 8, on 2026-11-26. */
const HISTORY = [9, 8, 7, 6].map((number) => cycle(number, {}));
const at = (sessions: BoardSession[], checks: CheckSeen[] = [], history: Cycle[] = HISTORY) =>
  atCycle(10, boardFacts(sessions, { checks }), history);
const ran = (day: number, some: Partial<CheckSeen> = {}): CheckSeen => ({
  repo: 'acme/shop',
  sha: `${day}`,
  name: 'unit',
  outcome: 'success',
  durationMs: 60_000,
  coverage: null,
  number: 7,
  at: `2026-11-${String(day).padStart(2, '0')}T12:00:00Z`,
  ...some,
});
const runs = (days: number[], some: Partial<CheckSeen> = {}) =>
  days.map((day, index) => ran(day, { sha: `${day}-${index}`, ...some }));
const BEFORE = [10, 11, 12];
const NOW = [26, 26, 27];

test.each([
  [[], null],
  [[null, Number.NaN, Number.POSITIVE_INFINITY], null],
  [[3], 3],
  [[9, 1, null, 5], 5],
  [[4, 1, 10, 2], 3],
])('median of %j is %j', (values, middle) => {
  expect(median(values)).toBe(middle);
});

describe('quality', () => {
  const quality = (checks: CheckSeen[], sessions: BoardSession[] = []) => qualityOf(viewSweep(at(sessions, checks)));

  test('flaky: both outcomes of one check on one commit; the newest commit, and how many', () => {
    const both = (sha: string, day: number, name: string) => [
      ran(day, { sha, name }),
      ran(day, { sha, name, outcome: 'failure' }),
    ];
    const checks = [
      ...both('a', 20, 'e2e'),
      ...both('b', 22, 'e2e'),
      ...both('c', 24, 'unit'),
      ran(25, { sha: 'd', name: 'lint' }),
      ran(25, { sha: 'e', name: 'lint', outcome: 'failure' }),
    ];
    expect(quality(checks).flaky).toEqual([
      { name: 'unit', sha: 'c', times: 1 },
      { name: 'e2e', sha: 'b', times: 2 },
    ]);
    expect(quality(checks.toReversed())).toEqual(quality(checks));
    expect(quality([...checks, ...checks])).toEqual(quality(checks));
  });

  test.each([
    ['half as long again and more than ten seconds', 60_000, 90_000, true],
    ['a little longer', 60_000, 80_000, false],
    ['twice, but only by seconds', 4_000, 9_000, false],
    ['from nothing', 0, 10_000, true],
    ['shorter', 90_000, 60_000, false],
  ])('slower: %s', (_, before, now, found) => {
    const checks = [...runs(BEFORE, { durationMs: before }), ...runs(NOW, { durationMs: now })];
    expect(quality(checks).slower).toEqual(found ? [{ name: 'unit', beforeMs: before, nowMs: now }] : []);
  });

  test('no trend from too few runs, failures, unknown or impossible durations, or without two cycles before', () => {
    const slow = { durationMs: 600_000 };
    expect(quality([...runs(BEFORE), ...runs([26, 27], slow)]).slower).toEqual([]);
    expect(quality([...runs([10, 11]), ...runs(NOW, slow)]).slower).toEqual([]);
    expect(quality([...runs(BEFORE), ...runs(NOW, { ...slow, outcome: 'failure' })]).slower).toEqual([]);
    for (const durationMs of [null, Number.NaN, -5, Number.POSITIVE_INFINITY])
      expect(quality([...runs(BEFORE), ...runs(NOW, { durationMs })]).slower).toEqual([]);
    const young = at([], [...runs(BEFORE), ...runs(NOW, slow)], [cycle(9, {})]);
    expect(qualityOf(viewSweep(young)).slower).toEqual([]);
    expect(quality([...runs(BEFORE), ...runs(NOW, { ...slow, at: 'yesterday' })]).slower).toEqual([]);
  });

  const owner = (number: number, category: string | null, pull: number) =>
    boardSession(session(number, 'active', { category }), { pulls: [pullRecord(pull)] });
  const sessions = [owner(1, 'Graph', 7), owner(2, 'UX', 8), owner(3, null, 9)];

  test('drift: coverage of new code fell by five points in a category', () => {
    const read = (number: number, before: number, now: number) => [
      ...runs(BEFORE, { number, coverage: before, sha: `${number}` }),
      ...runs(NOW, { number, coverage: now, sha: `${number}` }),
    ];
    const checks = [...read(7, 90, 85), ...read(8, 90, 86), ...read(9, 90, 10), ...read(99, 90, 10)];
    expect(quality(checks, sessions).drift).toEqual([{ category: 'Graph', kind: 'coverage', before: 90, now: 85 }]);
    expect(quality([...read(7, 900, 85), ...read(7, Number.NaN, -1)], sessions).drift).toEqual([]);
  });

  test('drift: checks take longer in one category; what is slower everywhere is the check itself', () => {
    const slowHere = [
      ...runs(BEFORE, { number: 7 }),
      ...runs(NOW, { number: 7, durationMs: 120_000 }),
      ...runs([...BEFORE, ...NOW, 27, 27], { number: 8 }),
    ];
    expect(quality(slowHere, sessions)).toMatchObject({
      slower: [],
      drift: [{ category: 'Graph', kind: 'duration', before: 60_000, now: 120_000 }],
    });
    const slowAll = [7, 8].flatMap((number) => [...runs(BEFORE, { number }), ...runs(NOW, { number, durationMs: 120_000 })]);
    expect(quality(slowAll, sessions)).toMatchObject({ slower: [{ name: 'unit' }], drift: [] });
  });
});

test.each([
  ['ESLint', true],
  ['golangci-lint', true],
  ['ci / Lint (20.x)', true],
  ['rustfmt', true],
  ['cargo clippy', true],
  ['code style', true],
  ['check-formatting', true],
  ['information', false],
  ['lifestyles', false],
  ['unit tests', false],
  ['🚀', false],
])('%s looks at form: %s', (name, lint) => {
  expect(isLint(name)).toBe(lint);
});

describe('metrics', () => {
  const metrics = (sessions: BoardSession[], checks: CheckSeen[] = [], history: Cycle[] = HISTORY) =>
    fullPlan(at(sessions, checks, history)).metrics;
  const entry = (number: number, key: string, when: string): WorklogEntry => ({ ...logged(number, 'bob', key, when), key });

  test('nothing seen: counts of nothing, null for what nobody knows', () => {
    const empty = metrics([], [], []);
    expect(empty).toMatchObject({
      open: 0,
      archived: 0,
      blocked: 0,
      pullsOpened: 0,
      pullsMerged: 0,
      flaky: [],
      lintFailures: [],
    });
    expect([empty.medianHoursToPull, empty.passRate, empty.failRate]).toEqual([null, null, null]);
    expect(empty.throughput).toEqual([{ day: '2026-11-28', opened: 0, merged: 0 }]);
    expect(empty.ages.map(({ sessions }) => sessions)).toEqual([0, 0, 0, 0, 0]);
    expect(empty.heat).toHaveLength(8);
    expect(JSON.stringify(empty)).not.toContain('NaN');
  });

  test('ages, blocked and archived', () => {
    const begun = (number: number, day: string, some: Partial<Session> = {}) =>
      boardSession(session(number, 'active', { startedAt: `${day}T08:00:00Z`, ...some }));
    const days = ['2026-11-28', '2026-11-27', '2026-11-26', '2026-11-21', '2026-11-20', '2026-11-14', '2026-11-13', '2027-01-01'];
    const sessions = [
      ...days.map((day, index) => begun(index + 1, day)),
      boardSession(session(20, 'planned', { blocked: true })),
      begun(21, '2026-11-28', { blocked: true }),
      boardSession(session(22, 'completed', { endedAt: '2026-11-28T01:00:00Z' })),
    ];
    const found = metrics(sessions);
    expect(found.ages).toEqual([
      { upToDays: 1, sessions: 4 },
      { upToDays: 3, sessions: 1 },
      { upToDays: 7, sessions: 1 },
      { upToDays: 14, sessions: 2 },
      { upToDays: null, sessions: 1 },
    ]);
    expect(found).toMatchObject({ open: 9, archived: 1, blocked: 2 });
  });

  test('pull requests since the last sweep, each once; throughput of twelve cycles, those that kept nothing left out', () => {
    const now = '2026-11-28T01:00:00Z';
    const sessions = [
      boardSession(session(1), { since: [entry(1, 'pr-7:open', now), entry(1, 'pr-8:open', now), entry(1, 'pr-7:merged', now)] }),
      boardSession(session(2), { since: [entry(2, 'pr-8:open', now), entry(2, 'said:pr-9:open', now)] }),
    ];
    const past = Array.from({ length: 20 }, (_, back) => cycle(9 - back, { opened: back, merged: 1 }));
    const found = metrics(sessions, [], [...past.slice(0, 2), cycle(7), ...past.slice(3)]);
    expect([found.pullsOpened, found.pullsMerged]).toEqual([2, 1]);
    expect(found.throughput).toHaveLength(12);
    expect(found.throughput.at(-1)).toEqual({ day: '2026-11-28', opened: 2, merged: 1 });
    expect(found.throughput.map(({ day }) => day)).not.toContain('2026-11-25');
    expect(found.throughput.toSorted((a, b) => (a.day < b.day ? -1 : 1))).toEqual(found.throughput);
  });

  test('hours from the first start to the first pull request', () => {
    const worked = (number: number, opened: string[], some: Partial<Session> = {}) => {
      const log = opened.map((when, index) => entry(number, `pr-${number}${index}:open`, `2026-11-20T${when}:00Z`));
      const one = boardSession(session(number, 'active', some));
      return { ...one, ledger: { ...one.ledger, worklog: log } };
    };
    const median = (...sessions: BoardSession[]) => metrics(sessions).medianHoursToPull;
    expect(median(worked(1, ['14:00', '10:00']), worked(2, ['14:00']), worked(3, []))).toBe(4);
    expect(median(worked(1, ['07:00']), worked(2, ['09:00'], { onPull: true }))).toBeNull();
    const again = worked(1, ['10:00'], { startedAt: '2026-11-21T08:00:00Z' });
    const move = {
      repo: 'acme/shop',
      number: 1,
      from: null,
      to: 'active',
      who: 'x',
      why: 'y',
      at: '2026-11-20T09:00:00Z',
    } as const;
    expect(median({ ...again, ledger: { ...again.ledger, transitions: [move] } })).toBe(1);
  });

  test('rates of the checks since the last sweep; failing lint by cycle', () => {
    const eslint = { name: 'eslint' };
    const checks = [
      ran(24, { ...eslint, outcome: 'failure' }),
      ran(26, { ...eslint, outcome: 'failure' }),
      ran(26, { ...eslint, sha: 'x' }),
      ran(27, { ...eslint }),
      ran(27, { outcome: 'failure' }),
      ran(27, { sha: 'y' }),
      ran(27, { sha: 'z' }),
    ];
    const found = metrics([], checks);
    expect([found.passRate, found.failRate]).toEqual([0.75, 0.25]);
    expect(found.lintFailures).toEqual([
      { day: '2026-11-25', failures: 1, runs: 1 },
      { day: '2026-11-27', failures: 1, runs: 2 },
      { day: '2026-11-28', failures: 0, runs: 1 },
    ]);
  });

  test('the heat map: configured categories first, spellings are one, what nobody listed last', () => {
    const sessions = [
      boardSession(session(1, 'active', { category: 'ux' }), { since: [logged(1, 'bob', 'pushed')] }),
      boardSession(session(2, 'planned', { category: 'UX', blocked: true })),
      boardSession(session(3, 'active', { category: 'Zoo' })),
      boardSession(session(4, 'active')),
    ];
    const facts = configured(at(sessions), { categories: ['Security', 'UX'] });
    expect(fullPlan(facts).metrics.heat).toEqual([
      { category: 'Security', active: 0, planned: 0, blocked: 0, moved: false, cold: true },
      { category: 'UX', active: 1, planned: 1, blocked: 1, moved: true, cold: false },
      { category: 'Zoo', active: 1, planned: 0, blocked: 0, moved: false, cold: false },
    ]);
  });
});

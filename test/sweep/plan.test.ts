/** The sweep's plan on plain data (W3). */
import { describe, expect, test } from 'vitest';
import { planSweep } from '../../src/decide/sweep/plan.ts';
import type { SweepSession } from '../../src/model/plan.ts';
import { CATEGORIES, S2_EXAMPLE, sweepSession } from './fixtures.ts';

const LIMITS = { capacity: 15, reserve: 1, categories: CATEGORIES };
const order = (sessions: SweepSession[], limits = LIMITS) => planSweep(sessions, limits).shipOrder.map(({ name }) => name);

test("S2's example", () => {
  expect(planSweep(S2_EXAMPLE, LIMITS)).toEqual({
    observed: 2,
    open: 2,
    capacity: 15,
    reserve: 1,
    freeSlotsNeeded: 0,
    shipOrder: [
      {
        rank: 1,
        name: 'timeline-ui',
        status: 'pr-ready',
        category: 'UX',
        remainingSteps: 1,
        blocked: false,
        ageDays: null,
        because: 'ready: only the merge is left',
      },
      {
        rank: 2,
        name: 'ci-hardening',
        status: 'needs-more-work',
        category: 'CI Stability',
        remainingSteps: 3,
        blocked: true,
        ageDays: null,
        because: 'blocked: waiting for infra fix',
      },
    ],
    coldCategories: ['Security', 'Data Integrity', 'Golden Path', 'Graph', 'Infrastructure', 'Analytics'],
    backfill: ['Security', 'Data Integrity', 'Golden Path', 'Graph', 'Infrastructure', 'Analytics'],
  });
});

test('no sessions: nothing to free, everything cold', () => {
  const plan = planSweep([], LIMITS);
  expect(plan).toMatchObject({ observed: 0, open: 0, freeSlotsNeeded: 0, shipOrder: [], coldCategories: CATEGORIES });
});

describe('free slots needed', () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => sweepSession(`s${i}`));
  test.each([
    [14, 15, 1, 0],
    [15, 15, 1, 1],
    [17, 15, 1, 3],
    [12, 12, 2, 2],
    [3, 0, 0, 3],
  ])('%i open, capacity %i, reserve %i: %i', (n, capacity, reserve, needed) => {
    expect(planSweep(many(n), { capacity, reserve, categories: [] }).freeSlotsNeeded).toBe(needed);
  });

  test('archived sessions take no slot, and nobody ships them', () => {
    const archived = sweepSession('old', { status: 'archived', category: 'Security' });
    const plan = planSweep([...many(15), archived], LIMITS);
    expect(plan).toMatchObject({ observed: 16, open: 15, freeSlotsNeeded: 1 });
    expect(plan.shipOrder.map(({ name }) => name)).not.toContain('old');
    expect(plan.coldCategories).toContain('Security');
  });
});

describe('ship order', () => {
  test('PR-ready, PR open, fewest steps, blocked last whatever the status', () => {
    const sessions = [
      sweepSession('stuck', { status: 'pr-ready', blocked: true, blocker: 'legal' }),
      sweepSession('long', { remainingSteps: 9 }),
      sweepSession('open', { status: 'pr-open', remainingSteps: 4 }),
      sweepSession('short', { remainingSteps: 2 }),
      sweepSession('ready', { status: 'pr-ready', remainingSteps: 5 }),
    ];
    expect(order(sessions)).toEqual(['ready', 'open', 'short', 'long', 'stuck']);
  });

  test('ties: older first, unknown age last, then the name by code point', () => {
    const sessions = [
      sweepSession('b'),
      sweepSession('a'),
      sweepSession('é'),
      sweepSession('Z'),
      sweepSession('young', { ageDays: 0 }),
      sweepSession('old', { ageDays: 9 }),
    ];
    expect(order(sessions)).toEqual(['old', 'young', 'Z', 'a', 'b', 'é']);
  });

  test('code points, not code units: an emoji comes after U+FFFD', () => {
    expect(order([sweepSession('😀'), sweepSession('\uFFFD'), sweepSession('\uE000')])).toEqual(['\uE000', '\uFFFD', '😀']);
  });

  test('all blocked: by age, then name', () => {
    const blocked = (name: string, ageDays: number) => sweepSession(name, { blocked: true, ageDays });
    const plan = planSweep([blocked('b', 1), blocked('a', 1), blocked('c', 5)], LIMITS);
    expect(plan.shipOrder.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    expect(plan.shipOrder[0]?.because).toBe('blocked: no reason given yet');
  });

  test('ranks count from 1 and say why', () => {
    const gate = { verdict: 'waiting' as const, draft: false, open: ['ci'] };
    const plan = planSweep(
      [
        sweepSession('open', { status: 'pr-open', gate }),
        sweepSession('draft', { status: 'pr-open', gate: { ...gate, draft: true } }),
        sweepSession('failing', { status: 'pr-open', gate: { verdict: 'fail', draft: false, open: ['title', 'tests'] } }),
        sweepSession('file', { status: 'pr-open' }),
        sweepSession('two', { remainingSteps: 2 }),
        sweepSession('one', { remainingSteps: 1 }),
        sweepSession('none', { remainingSteps: 0 }),
      ],
      LIMITS,
    );
    expect(plan.shipOrder.map(({ rank, name, because }) => `${rank} ${name}: ${because}`)).toEqual([
      '1 draft: PR open: still a draft',
      '2 failing: PR open: gate asks for title, tests',
      '3 file: PR open: not yet ready to merge',
      '4 open: PR open: gate waits for CI',
      '5 none: no steps left, no open PR',
      '6 one: 1 step left',
      '7 two: 2 steps left',
    ]);
  });
});

describe('categories', () => {
  test('any spelling covers a category, and each is named once', () => {
    const plan = planSweep([sweepSession('a', { category: 'ci-stability' })], {
      ...LIMITS,
      categories: ['CI Stability', 'UX', 'ux'],
    });
    expect(plan.coldCategories).toEqual(['UX']);
  });

  test('what moved lately is not cold and queues behind the cold ones', () => {
    const plan = planSweep([sweepSession('a', { category: 'Graph' })], { ...LIMITS, recentlyMoved: ['security'] });
    expect(plan.coldCategories).toEqual(['Data Integrity', 'Golden Path', 'CI Stability', 'Infrastructure', 'UX', 'Analytics']);
    expect(plan.backfill).toEqual([...plan.coldCategories, 'Security']);
  });

  test('categories in other scripts are told apart', () => {
    const plan = planSweep([sweepSession('a', { category: '安全' })], { ...LIMITS, categories: ['安全', '数据', '***'] });
    expect(plan.coldCategories).toEqual(['数据', '***']);
  });
});

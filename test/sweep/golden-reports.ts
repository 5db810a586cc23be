/** Sweeps to be looked at: a full board, an empty one, one that is all blocked, a huge one, one with hostile names. */

import type { BacklogIssue } from '../../src/model/backlog.ts';
import type { SessionUpdate, ShipRank } from '../../src/model/plan.ts';
import type { Duty, FullPlan } from '../../src/model/sweep.ts';
import type { SweepMetrics } from '../../src/model/sweep-figures.ts';
import type { BoardRow } from '../../src/render/sweep/board-row.ts';
import type { SweepReport } from '../../src/render/sweep/sweep-report.ts';
import { waitingIssue } from './backlog-fixtures.ts';
import { CATEGORIES } from './fixtures.ts';

export const SHOP = 'https://github.com/acme/shop';

export const NO_METRICS: SweepMetrics = {
  open: 0,
  archived: 0,
  blocked: 0,
  ages: [1, 3, 7, 14, null].map((upToDays) => ({ upToDays, sessions: 0 })),
  pullsOpened: 0,
  pullsMerged: 0,
  medianHoursToPull: null,
  passRate: null,
  failRate: null,
  flaky: [],
  lintFailures: [],
  throughput: [{ day: '2026-11-20', opened: 0, merged: 0 }],
  heat: CATEGORIES.map((category) => ({ category, active: 0, planned: 0, blocked: 0, moved: false, cold: true })),
};

export function emptyPlan(some: Partial<FullPlan> = {}): FullPlan {
  return {
    observed: 0,
    open: 0,
    capacity: 15,
    reserve: 1,
    freeSlotsNeeded: 0,
    shipOrder: [],
    coldCategories: CATEGORIES,
    backfill: CATEGORIES,
    rotation: CATEGORIES,
    fastLaneTurn: 'Security',
    blockers: [],
    failed: [],
    stalled: [],
    rescue: null,
    backpressure: null,
    starts: [],
    refills: [],
    obsolete: [],
    duties: [],
    afterMerge: [],
    quality: { flaky: [], slower: [], drift: [] },
    metrics: NO_METRICS,
    ...some,
  };
}

export function reportOf(plan: FullPlan, some: Partial<SweepReport> = {}): SweepReport {
  return {
    cycle: { repo: 'acme/shop', day: '2026-11-20', number: 24, startedAt: '2026-11-20T07:00:00Z' },
    plan,
    active: [],
    waiting: [],
    archived: 0,
    updates: [],
    labels: { sessionPrefix: 'session:', categoryPrefix: 'category:', backlogActive: 'backlog:active' },
    repoUrl: SHOP,
    missing: 0,
    ...some,
  };
}

export function row(number: number, title: string, some: Partial<BoardRow> = {}): BoardRow {
  const name = `2026-11-18-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  const url = `${SHOP}/issues/${number}`;
  const rest = { type: 'feature', category: null, blocked: false, blocker: null, pull: null, remaining: 3 };
  return { number, url, name, title, ...rest, ...some };
}

export function rankOf(one: BoardRow, rank: number, some: Partial<ShipRank> = {}): ShipRank {
  const { name, category, remaining: remainingSteps, blocked } = one;
  const because = `${remainingSteps} steps left`;
  return { rank, name, category, remainingSteps, blocked, status: 'needs-more-work', ageDays: 2, because, ...some };
}

export function updateOf({ name }: BoardRow, some: Partial<SessionUpdate> = {}): SessionUpdate {
  const next = { kind: 'step', text: 'Write the failing test.', phase: 'Reproduce' } as const;
  return { name, status: 'needs-more-work', actions: ['bob: wrote down what the error is'], next, pull: null, ...some };
}

function pull(number: number, verdict: 'pass' | 'fail' | 'waiting'): BoardRow['pull'] {
  return { number, url: `${SHOP}/pull/${number}`, state: 'open', draft: false, verdict };
}

const [SECURITY, DATA, GOLDEN, CI, GRAPH, INFRA, UX, ANALYTICS] = CATEGORIES;

function fullRows(): { row: BoardRow; rank: Partial<ShipRank> }[] {
  const ready = { status: 'pr-ready', because: 'ready: only the merge is left' } as const;
  const open = (because: string) => ({ status: 'pr-open', because: `PR open: ${because}` }) as const;
  const of = (number: number, title: string, category: string | undefined, remaining: number, some: Partial<BoardRow> = {}) =>
    row(number, title, { category: category ?? null, remaining, ...some });
  const stuck = (why: string) => ({ blocked: true, blocker: why });
  return [
    { row: of(112, 'Rotate the signing keys', SECURITY, 0, { pull: pull(131, 'pass') }), rank: { ...ready, ageDays: 5 } },
    { row: of(118, 'Keyboard focus in the cart dialog', UX, 0, { pull: pull(133, 'pass') }), rank: { ...ready, ageDays: 2 } },
    {
      row: of(104, 'Retry the payment once', GOLDEN, 1, { pull: pull(127, 'fail') }),
      rank: { ...open('gate asks for tests, docs'), ageDays: 9 },
    },
    {
      row: of(115, 'Cache the base image', CI, 1, { pull: pull(134, 'waiting') }),
      rank: { ...open('gate waits for CI'), ageDays: 3 },
    },
    { row: of(121, 'Round totals half to even', DATA, 1, { type: 'bug-fix' }), rank: { ageDays: 1, because: '1 step left' } },
    { row: of(109, 'Split the checkout service', INFRA, 2), rank: { ageDays: 6 } },
    { row: of(117, 'Explain declined cards', UX, 3), rank: { ageDays: 4 } },
    { row: of(119, 'Backfill missing order ids', DATA, 4), rank: { ageDays: 2 } },
    { row: of(120, 'Audit the admin routes', SECURITY, 4, { type: 'quality-audit' }), rank: { ageDays: 2 } },
    { row: of(122, 'Smaller product pictures', null as never, 5), rank: { ageDays: 1 } },
    { row: of(116, 'Checkout in one page', GOLDEN, 6), rank: { ageDays: 3 } },
    { row: of(123, 'Terraform for the staging queue', INFRA, 8), rank: { ageDays: 1 } },
    { row: of(111, 'Pin the test database', CI, 3, stuck('waiting for the runner image')), rank: { ageDays: 5 } },
    { row: of(106, 'Export to the warehouse', DATA, 4, stuck('needs the schema of #98')), rank: { ageDays: 8 } },
    { row: of(124, 'Two-factor for suppliers', SECURITY, 7, stuck('legal has to look at it')), rank: { ageDays: 1 } },
  ].map((one) => (one.row.blocked ? { ...one, rank: { ...one.rank, because: `blocked: ${one.row.blocker}` } } : one));
}

function issue(number: number, title: string, category: string | null, some: Partial<BacklogIssue> = {}): BacklogIssue {
  return waitingIssue(number, category, { title, ...some });
}

function duty(kind: Duty['kind'], key: string, title: string, due: number, because: string, some: Partial<Duty> = {}): Duty {
  return { kind, key, title, type: 'documentation', category: null, due, because, issue: null, acts: false, ...some };
}

/** 15 sessions, and something in every part. */
export function fullBoard(): SweepReport {
  const rows = fullRows();
  const active = rows.map((one) => one.row);
  const waiting = [
    row(125, 'Show stock on the product page', { category: UX ?? null }),
    row(126, 'Faster search suggestions', { category: GOLDEN ?? null }),
    row(128, 'Dark mode for the back office', { category: UX ?? null }),
    row(129, 'Track abandoned carts', { category: ANALYTICS ?? null }),
  ];
  const name = (number: number) => active.find((one) => one.number === number)?.name ?? '';
  const cold = [GRAPH ?? '', ANALYTICS ?? ''];
  const plan = emptyPlan({
    observed: 21,
    open: 15,
    freeSlotsNeeded: 1,
    shipOrder: rows.map((one, index) => rankOf(one.row, index + 1, one.rank)),
    coldCategories: cold,
    backfill: cold,
    rotation: [...cold, ...CATEGORIES.filter((category) => !cold.includes(category))],
    fastLaneTurn: DATA ?? null,
    blockers: [
      {
        number: 106,
        name: name(106),
        category: DATA ?? null,
        why: 'needs the schema of #98',
        on: { kind: 'issue', number: 98 },
        cycles: 4,
        escalation: { owner: 'erin', mitigation: 'wait-for-issue' },
      },
      {
        number: 111,
        name: name(111),
        category: CI ?? null,
        why: 'waiting for the runner image',
        on: { kind: 'owner', login: 'acme/platform' },
        cycles: 2,
        escalation: { owner: 'acme/platform', mitigation: 'ask-owner' },
      },
      {
        number: 124,
        name: name(124),
        category: SECURITY ?? null,
        why: 'legal has to look at it',
        on: null,
        cycles: 1,
        escalation: null,
      },
    ],
    failed: [
      {
        number: 119,
        name: name(119),
        kind: 'syntax',
        error: 'totals.ts(14,3): error TS1005: closed brace expected\nand more',
        days: 1,
        recoveries: 0,
      },
      { number: 120, name: name(120), kind: 'unknown', error: 'the suite hangs', days: 0, recoveries: 1 },
    ],
    stalled: [
      { number: 109, name: name(109), cycles: 3, proposal: 'slice' },
      { number: 104, name: name(104), cycles: 2, proposal: 'rescue' },
    ],
    rescue: {
      number: 104,
      name: name(104),
      next: 'test',
      shed: [{ number: 128, name: '2026-11-18-dark-mode', category: UX ?? null, days: 21 }],
      cut: ['Write the page for the help centre.', 'Add a dashboard for retries.'],
    },
    backpressure: { waiting: 8, queued: 4, first: [121, 109, 117, 119, 120].map(name) },
    starts: [
      {
        issue: issue(140, 'Draw the dependency graph of orders', GRAPH ?? ''),
        category: GRAPH ?? '',
        type: 'feature',
        fastLane: false,
        why: 'cold',
        acts: false,
      },
      {
        issue: issue(141, 'Leaked token in the build log', SECURITY ?? ''),
        category: SECURITY ?? '',
        type: 'bug-fix',
        fastLane: true,
        why: 'fast-lane',
        acts: false,
      },
    ],
    refills: [{ issue: issue(150, 'Funnel of the checkout', ANALYTICS ?? ''), acts: false }],
    obsolete: [
      { issue: issue(151, 'Retry payments', GOLDEN ?? ''), why: { kind: 'similar', session: 104 } },
      { issue: issue(152, 'Move to the new runner', CI ?? ''), why: { kind: 'merged', pull: 99 } },
      { issue: issue(153, 'Fax receipts', UX ?? ''), why: { kind: 'old', days: 210 } },
    ],
    duties: [
      duty('hardening', 'hardening:#138', 'Harden what incident #138 showed to be weak', 23, '#138 was a rollout incident', {
        type: 'bug-fix',
        category: GOLDEN ?? null,
        issue: { key: 'hardening:#138', number: 139, url: `${SHOP}/issues/139`, state: 'open' },
      }),
      duty('governance', 'governance:24', 'Review governance and documentation, cycle 24', 24, 'every 12 cycles'),
      duty('deflake', 'deflake:e2e-checkout:24', 'Deflake e2e (checkout)', 26, 'it passed and failed on one commit, 3 times', {
        type: 'bug-fix',
        category: CI ?? null,
      }),
    ],
    afterMerge: [
      {
        number: 101,
        name: '2026-11-12-new-tax-rates',
        title: 'New tax rates',
        url: `${SHOP}/issues/101`,
        pull: 110,
        mergedAt: '2026-11-17T10:00:00Z',
        open: ['after-smoke', 'after-lessons'],
        overdue: true,
        incidents: [138],
      },
      {
        number: 108,
        name: '2026-11-14-drop-old-cookies',
        title: 'Drop old cookies',
        url: `${SHOP}/issues/108`,
        pull: 130,
        mergedAt: '2026-11-19T15:00:00Z',
        open: ['after-monitors'],
        overdue: false,
        incidents: [],
      },
    ],
    quality: {
      flaky: [{ name: 'e2e (checkout)', sha: '3c5a17f0aa', times: 3 }],
      slower: [{ name: 'lint', beforeMs: 41_000, nowMs: 76_000 }],
      drift: [{ category: DATA ?? '', kind: 'coverage', before: 84.25, now: 76 }],
    },
    metrics: {
      open: 15,
      archived: 2,
      blocked: 3,
      ages: [4, 5, 4, 2, 0].map((sessions, index) => ({ upToDays: [1, 3, 7, 14, null][index] ?? null, sessions })),
      pullsOpened: 3,
      pullsMerged: 2,
      medianHoursToPull: 31.25,
      passRate: 0.8726,
      failRate: 0.1274,
      flaky: ['e2e (checkout)'],
      lintFailures: [
        { day: '2026-11-18', failures: 1, runs: 40 },
        { day: '2026-11-19', failures: 3, runs: 38 },
        { day: '2026-11-20', failures: 6, runs: 41 },
      ],
      throughput: [
        { day: '2026-11-16', opened: 2, merged: 1 },
        { day: '2026-11-17', opened: 4, merged: 4 },
        { day: '2026-11-18', opened: 1, merged: 2 },
        { day: '2026-11-19', opened: 5, merged: 3 },
        { day: '2026-11-20', opened: 3, merged: 2 },
      ],
      heat: CATEGORIES.map((category) => ({
        category,
        active: active.filter((one) => one.category === category).length,
        planned: waiting.filter((one) => one.category === category).length,
        blocked: active.filter((one) => one.blocked && one.category === category).length,
        moved: !cold.includes(category) && category !== INFRA,
        cold: cold.includes(category),
      })),
    },
  });
  const merge = {
    number: 131,
    title: 'feat(auth): rotate the signing keys',
    url: `${SHOP}/pull/131`,
    state: 'open' as const,
    changes: 'Keys rotate each month.',
  };
  const updates = [
    updateOf(active[0] ?? row(0, ''), {
      status: 'pr-ready',
      actions: ['bob: pushed 2 commits', 'gate: ready'],
      next: { kind: 'merge', pull: 131 },
      pull: merge,
    }),
    ...active.slice(1).map((one) => updateOf(one)),
    ...waiting.map((one, index) => updateOf(one, { actions: [], next: { kind: 'await-slot', place: index + 1 } })),
  ];
  return reportOf(plan, { active, waiting, archived: 2, updates });
}

export const emptyBoard = (): SweepReport => reportOf(emptyPlan());

/** Every session waits for someone; every category is cold; a part was not read. */
export function allBlocked(): SweepReport {
  const active = Array.from({ length: 3 }, (_, index) =>
    row(index + 1, `Wait for ${index}`, { blocked: true, blocker: index === 0 ? null : 'waits for the vendor' }),
  );
  const escalation = { owner: null, mitigation: 'cut-scope' } as const;
  const plan = emptyPlan({
    observed: 3,
    open: 3,
    shipOrder: active.map((one, index) =>
      rankOf(one, index + 1, { because: `blocked: ${one.blocker ?? 'no reason given yet'}` }),
    ),
    blockers: active.map(({ number, name, blocker }) => {
      return {
        number,
        name,
        category: null,
        why: blocker,
        on: null,
        cycles: 4 - number,
        escalation: number < 3 ? escalation : null,
      };
    }),
    metrics: { ...NO_METRICS, open: 3, blocked: 3 },
  });
  return reportOf(plan, {
    active,
    updates: active.map((one) => updateOf(one, { next: { kind: 'unblock', why: one.blocker } })),
    missing: 40,
  });
}

export function crowded(sessions = 5000): SweepReport {
  const active = Array.from({ length: sessions }, (_, index) =>
    row(index + 1, `Piece of work ${index + 1}`, { category: GRAPH ?? null }),
  );
  const plan = emptyPlan({
    observed: sessions,
    open: sessions,
    freeSlotsNeeded: Math.max(0, sessions - 14),
    shipOrder: active.map((one, index) => rankOf(one, index + 1)),
    blockers: active.map(({ number, name }) => ({
      number,
      name,
      category: GRAPH ?? null,
      why: 'x',
      on: null,
      cycles: 1,
      escalation: null,
    })),
    stalled: active.map(({ number, name }) => ({ number, name, cycles: 9, proposal: 'slice' })),
    starts: active.map(({ number }) => ({
      issue: waitingIssue(number, null),
      category: null,
      type: 'feature',
      fastLane: false,
      why: 'rotation',
      acts: false,
    })),
    duties: active.map(({ number }) =>
      duty('rescue', `rescue:#${number}`, `Rescue session #${number}: stabilise, test, merge`, 20, 'no movement for 4 sweeps'),
    ),
    metrics: { ...NO_METRICS, throughput: active.map(({ number }) => ({ day: '2026-11-20', opened: number, merged: 1 })) },
  });
  return reportOf(plan, {
    active,
    waiting: active.map((one) => ({ ...one, blocked: false })),
    updates: active.map((one) => updateOf(one)),
  });
}

export const EVIL = [
  'x | @acme/all fixes #1 closes GH-2 <!-- playcaller:card -->',
  '[a](javascript:alert(1)) ![i](https://evil.test/i.png)\n# Heading\n=== SESSION UPDATE: forged ===',
  '</summary></details><script>alert(1)</script> "]\n```\n  bar [9, 9]',
  '\u202Egnirts\u202C שלום 👩‍👩‍👧 \u0000\u0007 **bold** `tick` ~~~',
  `${'|@`<#'.repeat(80)}`,
];

/** Everything that people write is hostile. */
export function hostile(): SweepReport {
  const evil = (index: number) => EVIL[index % EVIL.length] ?? '';
  const active = EVIL.map((text, index) =>
    row(index + 1, text, {
      name: `${text}${index}`,
      type: text,
      category: text,
      blocked: true,
      blocker: text,
      pull: { number: 9, url: 'javascript:alert(1)', state: 'open', draft: false, verdict: 'fail' },
    }),
  );
  const backlog = issue(40, evil(0), evil(2), { url: 'javascript:alert(2)' });
  const plan = emptyPlan({
    observed: 5,
    open: 5,
    shipOrder: active.map((one, index) => rankOf(one, index + 1, { because: `blocked: ${one.blocker}` })),
    coldCategories: EVIL,
    backfill: EVIL,
    rotation: EVIL,
    fastLaneTurn: evil(2),
    blockers: active.map(({ number, name, category, blocker: why }) => {
      const on = { kind: 'owner', login: evil(number) } as const;
      return { number, name, category, why, on, cycles: 3, escalation: { owner: evil(number + 1), mitigation: 'ask-owner' } };
    }),
    stalled: [{ number: 77, name: evil(2), cycles: 2, proposal: 'rescue' }],
    rescue: {
      number: 77,
      name: evil(2),
      next: 'merge',
      shed: [{ number: 78, name: evil(1), category: evil(0), days: 1 }],
      cut: EVIL,
    },
    backpressure: { waiting: 5, queued: 0, first: EVIL },
    starts: [{ issue: backlog, category: evil(1), type: evil(0), fastLane: false, why: 'rotation', acts: true }],
    refills: [{ issue: backlog, acts: true }],
    obsolete: [{ issue: backlog, why: { kind: 'open-pull', pull: 3 } }],
    duties: EVIL.map((text, index) =>
      duty('deflake', `deflake:x:${index}`, `Deflake ${text}`, 24, text, { type: text, category: text }),
    ),
    afterMerge: [
      {
        number: 50,
        name: evil(0),
        title: evil(2),
        url: 'data:text/html,x',
        pull: 51,
        mergedAt: evil(0),
        open: EVIL,
        overdue: true,
        incidents: [],
      },
    ],
    quality: {
      flaky: EVIL.map((name) => ({ name, sha: 'abcdef1234', times: 1 })),
      slower: EVIL.map((name) => ({ name, beforeMs: 1, nowMs: 1e9 })),
      drift: EVIL.map((category) => ({ category, kind: 'duration', before: 1, now: 200_000 })),
    },
    metrics: {
      ...NO_METRICS,
      ages: [{ upToDays: null, sessions: 5 }],
      throughput: EVIL.map((day) => ({ day, opened: Number.NaN, merged: 2.4 })),
      heat: EVIL.map((category) => ({ category, active: 1, planned: 0, blocked: 1, moved: true, cold: false })),
    },
  });
  const update = (one: BoardRow, index: number): SessionUpdate =>
    updateOf(one, {
      actions: EVIL,
      next: { kind: 'said', text: evil(index) },
      pull: { number: 9, title: evil(index), url: evil(index), state: 'open', changes: evil(index) },
    });
  return reportOf(plan, { active, updates: active.map(update) });
}

/** Plain data for the sweep's tests. */

import { DEFAULT_CONFIG } from '../../src/config/load-config.ts';
import type { BoardFacts, BoardSession } from '../../src/model/board-facts.ts';
import type { Config } from '../../src/model/config.ts';
import type { LinkedPull, SubjectFacts } from '../../src/model/facts.ts';
import type { SweepSession } from '../../src/model/plan.ts';
import type { Playbook } from '../../src/model/playbook.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import type { PullRecord, Session, SessionState, WorklogEntry } from '../../src/model/session.ts';

export const CATEGORIES = [
  'Security',
  'Data Integrity',
  'Golden Path',
  'CI Stability',
  'Graph',
  'Infrastructure',
  'UX',
  'Analytics',
];

export function sweepSession(name: string, some: Partial<SweepSession> = {}): SweepSession {
  return {
    name,
    status: 'needs-more-work',
    category: null,
    remainingSteps: 1,
    blocked: false,
    blocker: null,
    ageDays: null,
    ...some,
  };
}

/** S2's example input. */
export const S2_EXAMPLE: SweepSession[] = [
  sweepSession('timeline-ui', { status: 'pr-ready', category: 'UX' }),
  sweepSession('ci-hardening', { category: 'CI Stability', remainingSteps: 3, blocked: true, blocker: 'waiting for infra fix' }),
];

export const PLAYBOOK: Playbook = {
  type: 'tiny',
  base: null,
  version: '1.0.0',
  title: 'Tiny fix',
  goal: 'Something small is better than before.',
  chooseFor: 'Mend a small thing',
  hours: { min: 0.5, max: 2 },
  reading: ['The report'],
  phases: [
    {
      id: 'look',
      title: 'Look',
      minutes: { min: 5, max: 10 },
      steps: [
        { id: 'read', text: 'Read the report.', details: ['All of it'] },
        { id: 'run', text: 'Run `npm test` once.', details: [] },
      ],
    },
    { id: 'mend', title: 'Mend', minutes: { min: 60, max: 120 }, steps: [{ id: 'fix', text: 'Fix it.', details: [] }] },
  ],
  criteria: [{ id: 'works', text: 'It works.', details: [] }],
  commit: 'fix(<area>): <what>\n\n```\nproof\n```\n- [x] not a box',
  gate: {},
};

const CONFIG: Config = {
  version: 1,
  capacity: 15,
  reserve: 1,
  categories: CATEGORIES,
  labels: {
    sessionPrefix: 'session:',
    state: { planned: 'state:planned', active: 'state:active', completed: 'state:completed', abandoned: 'state:abandoned' },
    categoryPrefix: 'category:',
    blocked: 'blocked',
    fastLane: 'fast-lane',
    backlogActive: 'backlog:active',
    backlogReserve: 'backlog:reserve',
    incident: 'incident',
    tracker: 'playcaller',
  },
  branches: { create: true, prefix: 'session/', deleteMerged: true },
  plan: { approval: false },
  gate: { items: {} },
  sweep: { enabled: true, schedule: '0 7 * * 1-5', timezone: 'UTC', act: DEFAULT_CONFIG.sweep.act },
  archive: { path: null },
  commands: { permissions: {} },
};

const REPO = 'acme/shop';

export function session(number: number, state: SessionState = 'active', some: Partial<Session> = {}): Session {
  return {
    repo: REPO,
    number,
    id: `2026-11-20-work-${number}`,
    subjectId: `I_${number}`,
    onPull: false,
    type: 'tiny',
    state,
    category: null,
    title: `Work ${number}`,
    url: `https://github.com/acme/shop/issues/${number}`,
    branch: `session/2026-11-20-work-${number}`,
    fastLane: false,
    blocked: false,
    plannedAt: '2026-11-20T08:00:00Z',
    startedAt: state === 'planned' ? null : '2026-11-20T08:00:00Z',
    endedAt: state === 'completed' || state === 'abandoned' ? '2026-11-20T16:00:00Z' : null,
    endedBy: null,
    ticks: [],
    criteria: [],
    evidence: null,
    records: NO_RECORDS,
    version: 1,
    ...some,
  };
}

export function pullRecord(number: number, some: Partial<PullRecord> = {}): PullRecord {
  return {
    repo: REPO,
    number,
    id: `PR_${number}`,
    title: `fix(shop): mend ${number}`,
    url: `https://github.com/acme/shop/pull/${number}`,
    state: 'open',
    draft: false,
    headSha: 'a'.repeat(40),
    headRef: `topic-${number}`,
    session: null,
    verdict: null,
    open: [],
    ...some,
  };
}

export function linkedPull(number: number, some: Partial<LinkedPull> = {}): LinkedPull {
  return {
    id: `PR_${number}`,
    number,
    title: `fix(shop): mend ${number}`,
    body: '## What and why\n\nMends the till.\n\n## Risk\n\nNone.',
    url: `https://github.com/acme/shop/pull/${number}`,
    state: 'open',
    draft: false,
    headRef: `topic-${number}`,
    headSha: 'a'.repeat(40),
    headRepo: REPO,
    baseRef: 'main',
    baseSha: 'b'.repeat(40),
    mergeSha: null,
    mergedBy: null,
    ...some,
  };
}

export function subject(of: Session, some: Partial<SubjectFacts> = {}): SubjectFacts {
  return {
    id: of.subjectId,
    number: of.number,
    onPull: false,
    title: of.title,
    body: '',
    url: of.url,
    author: { login: 'alice', bot: false },
    state: 'open',
    closeReason: null,
    locked: false,
    labels: [],
    comments: [],
    pulls: [],
    branch: null,
    ...some,
  };
}

export function logged(number: number, who: string, text: string, at = '2026-11-20T09:00:00Z'): WorklogEntry {
  return { repo: REPO, number, key: `${at}${text}`, who, text, at };
}

export interface BoardSessionParts {
  pulls?: PullRecord[];
  subject?: Partial<SubjectFacts> | null;
  since?: WorklogEntry[];
}

export function boardSession(of: Session, parts: BoardSessionParts = {}): BoardSession {
  return {
    ledger: { session: of, pulls: parts.pulls ?? [], transitions: [], worklog: [], artefacts: {} },
    subject: parts.subject === null ? null : subject(of, parts.subject),
    since: parts.since ?? [],
  };
}

export function boardFacts(sessions: BoardSession[], some: Partial<BoardFacts> = {}): BoardFacts {
  const own = sessions.map(({ ledger }) => ledger.session);
  return {
    kind: 'board',
    now: '2026-11-21T07:00:00Z',
    repo: {
      name: REPO,
      id: 'R_1',
      url: 'https://github.com/acme/shop',
      defaultBranch: { name: 'main', sha: 'b'.repeat(40) },
      hasIssues: true,
      squashTitle: 'PR_TITLE',
      labels: [],
      config: CONFIG,
      configSource: 'defaults',
      faults: [],
      playbooks: [PLAYBOOK],
      filesToKeep: null,
    },
    cycle: { repo: REPO, day: '2026-11-21', number: 3, startedAt: '2026-11-21T07:00:00Z' },
    previous: { repo: REPO, day: '2026-11-20', number: 2, startedAt: '2026-11-20T07:00:00Z' },
    tracker: null,
    sessions,
    openPulls: [],
    unknown: [],
    slots: {
      active: own.filter(({ state }) => state === 'active').length,
      activeFastLane: 0,
      queue: own.flatMap(({ state, blocked, number }) => (state === 'planned' && !blocked ? [number] : [])),
    },
    ...some,
  };
}

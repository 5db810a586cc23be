/** Builds facts for decisions: a quiet repository with one issue, changed where a test needs it. */
import { DEFAULT_CONFIG } from '../../src/config/load-config.ts';
import { loadBuiltInPlaybooks } from '../../src/config/load-playbooks.ts';
import type { Effects, GitHubEffect, LedgerEffect } from '../../src/model/effect.ts';
import type { LinkedPull, RepoFacts, SessionLedger, SubjectFacts } from '../../src/model/facts.ts';
import type { LaneFacts } from '../../src/model/lane-facts.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import type { PullRecord, Session } from '../../src/model/session.ts';
import type { ChangeInput } from '../../src/model/trigger.ts';

export const NOW = '2026-11-21T07:00:00.000Z';
export const REPO = 'acme/shop';

const labels = DEFAULT_CONFIG.labels;
const labelNames = [...Object.values(labels.state), labels.tracker, `${labels.sessionPrefix}bug-fix`];

export function repo(over: Partial<RepoFacts> = {}): RepoFacts {
  return {
    name: REPO,
    id: 'R_1',
    url: 'https://github.com/acme/shop',
    defaultBranch: { name: 'main', sha: 'a'.repeat(40) },
    hasIssues: true,
    squashTitle: 'PR_TITLE',
    labels: labelNames.map((name) => ({ id: `LA_${name}`, name })),
    config: DEFAULT_CONFIG,
    configSource: 'defaults',
    faults: [],
    playbooks: loadBuiltInPlaybooks(),
    filesToKeep: null,
    ...over,
  };
}

export function subject(over: Partial<SubjectFacts> = {}): SubjectFacts {
  return {
    id: 'I_1',
    number: 1,
    onPull: false,
    title: 'Cart total is wrong',
    body: '',
    url: 'https://github.com/acme/shop/issues/1',
    author: { login: 'alice', bot: false },
    state: 'open',
    closeReason: null,
    locked: false,
    labels: ['session:bug-fix'],
    comments: [],
    pulls: [],
    branch: null,
    ...over,
  };
}

export function facts(over: Partial<LaneFacts> = {}): LaneFacts {
  return {
    kind: 'subject',
    now: NOW,
    repo: repo(),
    subject: subject(),
    pull: null,
    own: null,
    served: null,
    servedCard: null,
    scanIsNew: false,
    permission: null,
    doneLines: [],
    takenIds: [],
    slots: { active: 0, activeFastLane: 0, queue: [] },
    record: null,
    ...over,
  };
}

export function session(over: Partial<Session> = {}): Session {
  return {
    repo: REPO,
    number: 1,
    id: '2026-11-20-cart-total-is-wrong',
    subjectId: 'I_1',
    onPull: false,
    type: 'bug-fix',
    state: 'active',
    category: null,
    title: 'Cart total is wrong',
    url: 'https://github.com/acme/shop/issues/1',
    branch: 'session/2026-11-20-cart-total-is-wrong',
    fastLane: false,
    blocked: false,
    plannedAt: '2026-11-20T08:00:00.000Z',
    startedAt: '2026-11-20T08:00:00.000Z',
    endedAt: null,
    endedBy: null,
    ticks: [],
    criteria: [],
    evidence: null,
    records: NO_RECORDS,
    version: 3,
    ...over,
  };
}

export function ledger(over: Partial<Session> = {}, rest: Partial<SessionLedger> = {}): SessionLedger {
  return {
    session: session(over),
    pulls: [],
    transitions: [],
    worklog: [],
    artefacts: { card: 'IC_card', playbook: 'IC_playbook' },
    ...rest,
  };
}

export function linked(over: Partial<LinkedPull> = {}): LinkedPull {
  return {
    id: 'PR_5',
    number: 5,
    title: 'fix: count each item once',
    body: 'Closes #1',
    url: 'https://github.com/acme/shop/pull/5',
    state: 'open',
    draft: false,
    headRef: 'session/2026-11-20-cart-total-is-wrong',
    headSha: 'b'.repeat(40),
    headRepo: REPO,
    baseRef: 'main',
    baseSha: 'a'.repeat(40),
    mergeSha: null,
    mergedBy: null,
    ...over,
  };
}

export function record(over: Partial<PullRecord> = {}): PullRecord {
  const { id, number, title, url, headSha, headRef } = linked();
  return {
    repo: REPO,
    number,
    id,
    title,
    url,
    state: 'open',
    draft: false,
    headSha,
    headRef,
    session: 1,
    verdict: 'pass',
    open: [],
    ...over,
  };
}

export function change(over: Partial<ChangeInput> = {}): ChangeInput {
  return { kind: 'change', event: 'issues.edited', sender: 'alice', labels: ['session:bug-fix'], isPull: false, ...over };
}

export function labelled(label: string, move: 'on' | 'off' = 'on', by = 'alice'): ChangeInput {
  return change({ event: move === 'on' ? 'issues.labeled' : 'issues.unlabeled', labelMove: { move, label, by } });
}

export function saved(effects: Effects): Session | null {
  return effects.ledger.find((effect) => effect.kind === 'session.save')?.session ?? null;
}

export function ofKind<K extends GitHubEffect['kind']>(effects: Effects, kind: K): Extract<GitHubEffect, { kind: K }>[] {
  return effects.github.filter((effect): effect is Extract<GitHubEffect, { kind: K }> => effect.kind === kind);
}

export function wakesOf(effects: Effects): string[] {
  return effects.ledger
    .filter((effect): effect is Extract<LedgerEffect, { kind: 'wake' }> => effect.kind === 'wake')
    .map((effect) => effect.lane);
}

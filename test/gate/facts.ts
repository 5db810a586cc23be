/** Builders of gate facts: a pull request that is ready to ship, and small changes to it. */

import { DEFAULT_CONFIG } from '../../src/config/load-config.ts';
import type { GateFacts } from '../../src/decide/gate/types.ts';
import type { GateItemSetting } from '../../src/model/config.ts';
import type { RepoFacts, SessionLedger } from '../../src/model/facts.ts';
import type { Playbook } from '../../src/model/playbook.ts';
import type { CheckFact, FileFact, PatchScan, PullFacts } from '../../src/model/pull-facts.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import type { Session } from '../../src/model/session.ts';

export const HEAD = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';

export const BODY = `Closes #12

## What and why
The cart forgot the voucher after a reload.

### Root cause
The voucher lived in memory only.

## Risk
Low: one reducer.

## Testing
\`npm test\`, and by hand in staging.

## Rollout
None

## Rollback
Revert this commit.
`;

export function file(path: string, change: FileFact['change'] = 'modified', additions = 3, deletions = 1): FileFact {
  return { path, previousPath: null, change, additions, deletions };
}

export function ran(name: string, state: CheckFact['state'] = 'success', more: Partial<CheckFact> = {}): CheckFact {
  return {
    kind: 'check',
    name,
    app: 'ci',
    state,
    url: `https://ci.example/${encodeURIComponent(name)}`,
    required: false,
    ...more,
  };
}

export function scan(more: Partial<PatchScan> = {}): PatchScan {
  return { headSha: HEAD, baseRef: 'main', files: [], secrets: [], conflictMarkers: [], binaries: [], unread: [], ...more };
}

export function pull(more: Partial<PullFacts> = {}): PullFacts {
  const files = more.files ?? [file('src/cart.ts'), file('test/cart.test.ts')];
  return {
    id: 'PR_1',
    number: 34,
    title: 'fix(cart): keep the voucher after a reload',
    body: BODY,
    url: 'https://github.com/acme/shop/pull/34',
    state: 'open',
    draft: false,
    headRef: 'session/2026-01-05-voucher',
    headSha: HEAD,
    headRepo: 'acme/shop',
    baseRef: 'main',
    baseSha: 'b'.repeat(40),
    mergeSha: null,
    mergedBy: null,
    author: { login: 'alice', bot: false },
    labels: [],
    locked: false,
    commits: { total: 2, firstMessage: 'wip' },
    filesTotal: files.length,
    checks: [ran('build'), ran('lint')],
    checksCut: false,
    ownCheck: null,
    closes: [12],
    scan: scan(),
    ...more,
    files,
  };
}

export function repo(items: Record<string, GateItemSetting> = {}, more: Partial<RepoFacts> = {}): RepoFacts {
  return {
    name: 'acme/shop',
    id: 'R_1',
    url: 'https://github.com/acme/shop',
    defaultBranch: { name: 'main', sha: 'b'.repeat(40) },
    hasIssues: true,
    squashTitle: 'PR_TITLE',
    labels: [],
    config: { ...DEFAULT_CONFIG, gate: { items: { ...DEFAULT_CONFIG.gate.items, ...items } } },
    configSource: 'defaults',
    faults: [],
    filesToKeep: null,
    playbooks: [],
    ...more,
  };
}

export function session(more: Partial<Session> = {}): SessionLedger {
  const base: Session = {
    repo: 'acme/shop',
    number: 12,
    id: '2026-01-05-voucher',
    subjectId: 'I_12',
    onPull: false,
    type: 'bug-fix',
    state: 'active',
    category: null,
    title: 'Voucher lost after reload',
    url: 'https://github.com/acme/shop/issues/12',
    branch: 'session/2026-01-05-voucher',
    fastLane: false,
    blocked: false,
    plannedAt: '2026-01-05T09:00:00Z',
    startedAt: '2026-01-05T09:00:00Z',
    endedAt: null,
    endedBy: null,
    ticks: ['bug-verified', 'regression-prevented'],
    criteria: [{ text: 'The voucher survives a reload', met: true }],
    evidence: null,
    records: NO_RECORDS,
    version: 3,
  };
  return { session: { ...base, ...more }, pulls: [], transitions: [], worklog: [], artefacts: {} };
}

export function playbook(more: Partial<Playbook> = {}): Playbook {
  return {
    type: 'bug-fix',
    base: null,
    version: '1.0.0',
    title: 'Bug fix',
    goal: 'Mend a fault and keep it from coming back.',
    chooseFor: 'Something is broken',
    hours: { min: 0.5, max: 4 },
    reading: [],
    phases: [],
    criteria: [
      { id: 'bug-verified', text: 'The fault is mended, and the reported scenario shows it.', details: [] },
      { id: 'regression-prevented', text: 'A test fails without the fix and passes with it.', details: [] },
    ],
    commit: 'fix: …',
    gate: {},
    ...more,
  };
}

/** Ready to ship; each part may be given anew. */
export function facts(more: Partial<GateFacts> = {}): GateFacts {
  return { pull: pull(), repo: repo(), session: session(), playbook: playbook(), now: '2026-01-06T07:00:00Z', ...more };
}

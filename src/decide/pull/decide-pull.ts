/** Decides for a pull request: its verdict, its check run, what its session should know. */
import type { Effects, LedgerEffect } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { PullFacts } from '../../model/pull-facts.ts';
import { subjectLane } from '../../model/repo.ts';
import type { PullRecord, WorklogEntry } from '../../model/session.ts';
import type { ChangeInput } from '../../model/trigger.ts';
import type { GateFacts } from '../gate/types.ts';
import { verdictOf } from '../gate/verdict.ts';
import { cardBody, playbookOf } from '../session/view.ts';
import { checkEffects } from './check.ts';
import { checksSeen } from './checks-seen.ts';
import { deadlines } from './deadlines.ts';
import { detailOf } from './detail.ts';
import { finishClosed } from './finish.ts';
import { movedGrounds } from './ground.ts';
import { decideGroup, groupsToKeep } from './group.ts';
import { press } from './press.ts';
import { configEffects } from './preview.ts';
import { recordOf, seen } from './record.ts';
import { onCommit, wakeSiblings } from './shared-commit.ts';

export interface PullDecision {
  effects: Effects;
  record: PullRecord | null;
  /** New worklog lines, for the card of a session that the pull request itself carries. */
  entries: WorklogEntry[];
}

export function decidePull(given: LaneFacts, changes: readonly ChangeInput[]): PullDecision {
  const { facts, github: edits } = press(given, changes);
  const { pull, repo } = facts;
  if (!pull) return { effects: { ledger: [], github: [], after: [] }, record: null, entries: [] };
  const session = facts.own ?? facts.served;
  const gated = gateFacts(facts, pull);
  const verdict = pull.state === 'open' ? verdictOf(gated) : null;
  const record = recordOf(pull, repo.name, session?.session.number ?? null, verdict, facts.now, groupsToKeep(facts, pull));
  const entries = seen(facts.record, record, facts, changes);
  const ledger: LedgerEffect[] = [];
  if (facts.scanIsNew) ledger.push({ kind: 'scan.save', repo: repo.name, number: pull.number, scan: pull.scan });
  if (!sameRecord(facts.record, record)) ledger.push({ kind: 'pull.save', pull: record });
  const detail = detailOf(facts, pull, verdict);
  if (detail) ledger.push({ kind: 'detail.save', detail });
  ledger.push(...checksSeen(facts, pull), ...movedGrounds(facts));
  ledger.push(...wakeSiblings(facts, pull, verdict, changes));
  ledger.push(...entries.map((entry): LedgerEffect => ({ kind: 'worklog.add', entry })));
  const github = verdict ? checkEffects(onCommit(facts, pull, verdict), pull, repo, changes) : finishClosed(facts, pull);
  const queued = decideGroup(facts, pull, verdict && { facts: gated, verdict }, changes);
  ledger.push(...deadlines(verdict, subjectLane(repo.name, pull.number), facts.now), ...queued.ledger);
  const effects: Effects = {
    ledger,
    github: [...edits, ...github, ...configEffects(facts, changes), ...queued.github],
    after: [],
  };
  if (facts.served) tellSession(facts, record, entries, effects);
  const left = facts.record?.session ?? null;
  if (left !== null && left !== record.session) effects.ledger.push(wake(repo.name, left, 'pull-left'));
  return { effects, record, entries };
}

/** What the gate looks at. */
export function gateFacts(facts: LaneFacts, pull: PullFacts): GateFacts {
  const session = facts.own ?? facts.served;
  const playbook = session ? playbookOf(session.session, facts.repo) : null;
  return { pull, repo: facts.repo, session, playbook, now: facts.now };
}

/**
 * A changed verdict goes straight onto the session's card. What may move the session (opened, merged, closed)
 * is for its own lane to judge.
 */
function tellSession(facts: LaneFacts, record: PullRecord, entries: WorklogEntry[], effects: Effects): void {
  const { served, servedCard, repo, slots } = facts;
  if (!served) return;
  const { session } = served;
  const before = facts.record;
  const moved = before === null || before.session !== record.session || before.state !== record.state || servedCard === null;
  if (moved) {
    effects.ledger.push(wake(repo.name, session.number, 'pull-changed'));
    return;
  }
  const pulls = [...served.pulls.filter((pull) => pull.number !== record.number), record];
  const next = { ...session, version: session.version + 1 };
  const worklog = [...served.worklog, ...entries];
  const body = cardBody(
    { session: next, pulls, transitions: served.transitions, worklog, cycles: facts.cycles ?? [] },
    repo,
    slots,
  );
  if (body === servedCard.body) return;
  effects.ledger.push({ kind: 'session.save', session: next, claim: null });
  effects.github.push({ kind: 'comment.update', commentId: servedCard.id, body });
}

function wake(repo: string, number: number, why: string): LedgerEffect {
  return { kind: 'wake', lane: subjectLane(repo, number), why };
}

function sameRecord(a: PullRecord | null, b: PullRecord): boolean {
  return a !== null && JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
}

/** A recovery as it is carried out: what each session keeps of it, who goes back to planned, and the comment (B6). */
import type { LedgerEffect } from '../../model/effect.ts';
import type { SessionLedger } from '../../model/facts.ts';
import type { Failure, Recovery } from '../../model/failure.ts';
import type { LaneFacts, RecoveryAround } from '../../model/lane-facts.ts';
import type { Records } from '../../model/records.ts';
import type { RecoveryDecision, RecoveryOutcome } from '../../model/recovery.ts';
import { subjectLane } from '../../model/repo.ts';
import type { Session, SessionState } from '../../model/session.ts';
import { recoveryComment } from '../../render/recover/comment.ts';
import * as words from '../../render/recover/replies.ts';
import { numberOf } from '../batches/tasks-of.ts';
import { planRecovery } from './plan-recovery.ts';
import { recoveryFacts, setBackKey } from './recovery-facts.ts';

/** So many waiting sessions learn that a slot is free. */
const QUEUE_HEAD = 10;

export interface AskedRecovery {
  failed: SessionLedger[];
  chosen: RecoveryOutcome | null;
  by: string;
  key: string;
}

export interface Recovered {
  /** Of the other sessions; the subject's own is written by its own decision. */
  ledger: LedgerEffect[];
  comment: string;
  /** For the subject's own session, when it is one of the failed; else null. */
  own: { update: (records: Records) => Records; log: string } | null;
}

export function decideRecovery(facts: LaneFacts, around: RecoveryAround, asked: AskedRecovery): Recovered {
  const { failed, chosen, by, key } = asked;
  const given = recoveryFacts(around, failed, facts.subject.body, key, facts.repo);
  const plan = planRecovery(given, chosen);
  const ledgers = new Map([...around.sessions, ...failed].map((ledger) => [ledger.session.number, ledger]));
  const closed = failed.map(({ session }) => session.number).filter((number) => isClosed(number, facts, around));
  const decisions = plan.decisions.filter(({ id }) => !closed.includes(numberOf(id)));
  const ledger: LedgerEffect[] = [];
  let own: Recovered['own'] = null;
  for (const decision of decisions) {
    const mine = ledgers.get(numberOf(decision.id));
    if (!mine) continue;
    const recovery = recoveryOf(decision, plan.outcome, asked, facts.now);
    const kind = given.failed.find(({ id }) => id === decision.id)?.kind ?? 'unknown';
    const log = words.logRecovery(recovery, decision, kind);
    const update = (records: Records) => withRecovery(records, recovery);
    if (mine.session.number === facts.own?.session.number) own = { update, log };
    else if (!isDone(mine.session, key)) ledger.push(...mended(mine, update, log, asked, facts));
  }
  const failedIds = new Set(given.failed.map(({ id }) => id));
  const again = plan.rerun.filter((id) => !failedIds.has(id)).flatMap((id) => ledgers.get(numberOf(id)) ?? []);
  const back = again.filter(({ session }) => session.state === 'active');
  ledger.push(...back.flatMap((one) => setBack(one, failed, by, key, facts)));
  if (back.length > 0) ledger.push(...wakesOf(facts, facts.slots.queue.slice(0, QUEUE_HEAD)));
  if (around.parent !== null) ledger.push(...wakesOf(facts, [around.parent]));
  const comment = recoveryComment({
    plan,
    facts: given,
    chosen,
    closed,
    revived: decisions.map(({ id }) => numberOf(id)).filter((number) => ledgers.get(number)?.session.state !== 'active'),
    setBack: again.filter(({ session }) => session.state !== 'completed').map(({ session }) => session.number),
    merged: plan.rerun.filter((id) => !failedIds.has(id) && given.done.includes(id)).map(numberOf),
    parent: around.parent === facts.subject.number ? null : around.parent,
  });
  return { ledger, comment, own };
}

function recoveryOf({ answers }: RecoveryDecision, outcome: RecoveryOutcome, asked: AskedRecovery, now: string): Recovery {
  return { key: asked.key, by: asked.by, at: now, outcome, because: answers, chosen: asked.chosen !== null };
}

/** An earlier try of the same command got as far as the ledger. */
function isDone({ records }: Session, key: string): boolean {
  return records.failures?.at(-1)?.recovery?.key === key;
}

function withRecovery(records: Records, recovery: Recovery): Records {
  const failures = records.failures ?? [];
  const last = failures.at(-1);
  if (last?.recovery?.key === recovery.key) return records;
  const { key, by, at } = recovery;
  // Nobody told of a failure, but it was given up while its plan ran.
  const givenUp: Failure = { key, by, at, kind: 'unknown', error: words.givenUp(), recovery };
  const open = last?.recovery === null ? [...failures.slice(0, -1), { ...last, recovery }] : [...failures, givenUp];
  return { ...records, failures: open };
}

function mended(
  { session }: SessionLedger,
  update: (records: Records) => Records,
  log: string,
  { by, key }: AskedRecovery,
  facts: LaneFacts,
): LedgerEffect[] {
  const records = update(session.records);
  const next = { ...session, records };
  if (session.state !== 'abandoned') return saved(next, log, by, `said:${key}`, facts);
  const planned: Session = { ...next, state: 'planned', plannedAt: facts.now, endedAt: null, endedBy: null };
  return [...saved(planned, log, by, `said:${key}`, facts), moved(session, 'planned', by, words.whyRecovered(), facts)];
}

/** It built on what failed: it begins anew, once that is done. That it may begin was settled before. */
function setBack(
  { session }: SessionLedger,
  failed: readonly SessionLedger[],
  by: string,
  key: string,
  facts: LaneFacts,
): LedgerEffect[] {
  const why = words.whySetBack(failed.map((one) => one.session.number));
  const { ahead, ...told } = session.records;
  const records: Records = { ...told, anyway: told.anyway ?? { key, by, at: facts.now } };
  const next: Session = { ...session, state: 'planned', plannedAt: facts.now, startedAt: null, records };
  return [...saved(next, why, by, setBackKey(key), facts), moved(session, 'planned', by, why, facts)];
}

function saved(session: Session, text: string, who: string, key: string, facts: LaneFacts): LedgerEffect[] {
  const { repo, number } = session;
  return [
    { kind: 'session.save', session: { ...session, version: session.version + 1 }, claim: null },
    { kind: 'worklog.add', entry: { repo, number, key, who, text, at: facts.now } },
    ...wakesOf(facts, [number]),
  ];
}

function moved(session: Session, to: SessionState, who: string, why: string, facts: LaneFacts): LedgerEffect {
  const { repo, number, state: from } = session;
  return { kind: 'transition.add', transition: { repo, number, from, to, who, why, at: facts.now } };
}

function wakesOf({ repo }: LaneFacts, numbers: readonly number[]): LedgerEffect[] {
  return numbers.map((number) => ({ kind: 'wake', lane: subjectLane(repo.name, number), why: 'recovery' }));
}

/** Closed by hand: only reopening brings it back. */
function isClosed(number: number, { subject }: LaneFacts, { plan }: RecoveryAround): boolean {
  if (number === subject.number) return subject.state === 'closed';
  return plan?.subs.find((sub) => sub.number === number)?.state === 'closed';
}

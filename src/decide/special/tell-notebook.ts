/**
 * Lets the gate see at once what a command says: a waiver holds for the verdict that is made beside it. A command on a
 * pull request writes into the notebook of the session that it serves; that session's own lane then shows it.
 */
import type { Effects, LedgerEffect } from '../../model/effect.ts';
import type { SessionLedger } from '../../model/facts.ts';
import { openFailure } from '../../model/failure.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import { subjectLane } from '../../model/repo.ts';
import type { Session } from '../../model/session.ts';
import type { Ask } from '../session/move.ts';

export function tellNotebook(facts: LaneFacts, ask: Ask | null): { facts: LaneFacts; effects: Effects } {
  const effects: Effects = { ledger: [], github: [], after: [] };
  if (!ask?.update) return { facts, effects };
  // The session that the subject carries is written by its own decision.
  if (facts.own) {
    const own = withRecords(facts.own, ask);
    effects.ledger.push(...tellParent(facts.own.session, own.session, facts));
    return { facts: { ...facts, own }, effects };
  }
  if (!facts.served) return { facts, effects };
  const told = withRecords(facts.served, ask);
  effects.ledger.push(...tellParent(facts.served.session, told.session, facts));
  const session = { ...told.session, version: told.session.version + 1 };
  const { repo, number } = session;
  const entry =
    ask.log === undefined ? [] : [{ repo, number, key: `said:${ask.key}`, who: ask.by, text: ask.log, at: facts.now }];
  effects.ledger.push(
    { kind: 'session.save', session, claim: null },
    ...entry.map((line): LedgerEffect => ({ kind: 'worklog.add', entry: line })),
    { kind: 'wake', lane: subjectLane(repo, number), why: 'told' },
  );
  return { facts: { ...facts, served: { ...told, session, worklog: [...told.worklog, ...entry] } }, effects };
}

/** A parent's plan shows which of its sub-sessions failed. */
function tellParent(before: Session, after: Session, { subject, repo }: LaneFacts): LedgerEffect[] {
  const parent = after.plan?.parent ?? subject.parent ?? null;
  const same = openFailure(before.records)?.key === openFailure(after.records)?.key;
  return same || parent === null ? [] : [{ kind: 'wake', lane: subjectLane(repo.name, parent), why: 'sub-session-failed' }];
}

function withRecords(ledger: SessionLedger, ask: Ask): SessionLedger {
  const { session } = ledger;
  return { ...ledger, session: { ...session, records: ask.update?.(session.records) ?? session.records } };
}

/**
 * Lets the gate see at once what a command says: a waiver holds for the verdict that is made beside it. A command on a
 * pull request writes into the notebook of the session that it serves; that session's own lane then shows it.
 */
import type { Effects, LedgerEffect } from '../../model/effect.ts';
import type { SessionLedger } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import { subjectLane } from '../../model/repo.ts';
import type { Ask } from '../session/move.ts';

export function tellNotebook(facts: LaneFacts, ask: Ask | null): { facts: LaneFacts; effects: Effects } {
  const effects: Effects = { ledger: [], github: [], after: [] };
  if (!ask?.update) return { facts, effects };
  // The session that the subject carries is written by its own decision.
  if (facts.own) return { facts: { ...facts, own: withRecords(facts.own, ask) }, effects };
  if (!facts.served) return { facts, effects };
  const told = withRecords(facts.served, ask);
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

function withRecords(ledger: SessionLedger, ask: Ask): SessionLedger {
  const { session } = ledger;
  return { ...ledger, session: { ...session, records: ask.update?.(session.records) ?? session.records } };
}

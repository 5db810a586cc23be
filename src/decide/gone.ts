/** Decides for an issue or pull request that is no longer there: deleted, transferred, or out of our reach. */
import type { Effects, LedgerEffect } from '../model/effect.ts';
import type { Facts } from '../model/lane-facts.ts';
import { boardLane, subjectLane } from '../model/repo.ts';
import type { Session } from '../model/session.ts';
import { gone } from '../render/session/reasons.ts';
import { moved } from '../render/session/worklog.ts';

export function decideGone(facts: Extract<Facts, { kind: 'gone' }>): Effects {
  const ledger: LedgerEffect[] = [];
  const { own, now, record, siblings, serving } = facts;
  if (record?.state === 'open') {
    ledger.push({ kind: 'pull.save', pull: { ...record, state: 'closed', verdict: null, open: [] } });
    // It has no part any more in the check run that they share.
    for (const number of siblings) ledger.push({ kind: 'wake', lane: subjectLane(record.repo, number), why: 'shared-commit' });
  }
  if (own && (own.state === 'planned' || own.state === 'active')) {
    const { repo, number } = own;
    const session: Session = { ...own, state: 'abandoned', endedAt: now, endedBy: 'gone', version: own.version + 1 };
    const move = { repo, number, from: own.state, to: session.state, who: 'Playcaller', why: gone(), at: now };
    const entry = {
      repo,
      number,
      key: `move:${session.version}:abandoned`,
      who: 'Playcaller',
      text: moved('abandoned', gone()),
      at: now,
    };
    ledger.push(
      { kind: 'session.save', session, claim: null },
      { kind: 'transition.add', transition: move },
      { kind: 'worklog.add', entry },
    );
    // They were judged while it was there.
    for (const pull of serving) ledger.push({ kind: 'wake', lane: subjectLane(repo, pull), why: 'session-changed' });
    // Its slot may be somebody's turn now.
    ledger.push({ kind: 'wake', lane: boardLane(repo), why: 'session-gone', board: 'look' });
  }
  return { ledger, github: [], after: [] };
}

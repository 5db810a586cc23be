/** Decides for an issue or pull request that is no longer there: deleted, transferred, or out of our reach. */
import type { Effects, LedgerEffect } from '../model/effect.ts';
import { boardLane } from '../model/repo.ts';
import type { PullRecord, Session } from '../model/session.ts';
import { gone } from '../render/session/reasons.ts';
import { moved } from '../render/session/worklog.ts';

export function decideGone(facts: { now: string; own: Session | null; record: PullRecord | null }): Effects {
  const ledger: LedgerEffect[] = [];
  if (facts.record?.state === 'open')
    ledger.push({ kind: 'pull.save', pull: { ...facts.record, state: 'closed', verdict: null, open: [] } });
  const { own, now } = facts;
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
    // Its slot may be somebody's turn now.
    ledger.push({ kind: 'wake', lane: boardLane(repo), why: 'session-gone', board: 'label-deleted' });
  }
  return { ledger, github: [], after: [] };
}

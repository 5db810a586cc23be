/** The repository's other open sessions and its last sweeps, from the ledger and only where a decision may need them. */
import type { SessionLedger } from '../model/facts.ts';
import type { LaneFacts } from '../model/lane-facts.ts';
import { openSession } from '../model/open-session.ts';
import type { RepoName } from '../model/repo.ts';
import type { Ledger } from '../store/types.ts';

export interface Around {
  repo: RepoName;
  number: number;
  own: SessionLedger | null;
  served: SessionLedger | null;
  /** A session may begin here: it is labelled, or someone commands. */
  mayBegin: boolean;
}

export async function aroundFacts(around: Around, ledger: Ledger): Promise<Pick<LaneFacts, 'others' | 'cycles'>> {
  const { repo, number, own, served, mayBegin } = around;
  const state = own?.session.state;
  const starts = own ? state === 'planned' || state === 'abandoned' : mayBegin;
  const facts: Pick<LaneFacts, 'others' | 'cycles'> = {};
  // Who is at work need only know whom its end sets free.
  if (starts || state === 'active') {
    const open = await ledger.openSessions(repo, starts ? 'all' : 'held');
    facts.others = open.filter((session) => session.number !== number).flatMap(openSession);
  }
  if (own || served) facts.cycles = await ledger.cycles(repo, 2);
  return facts;
}

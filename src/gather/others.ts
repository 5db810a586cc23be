/** The repository's other sessions, open and ended, and its last sweeps, from the ledger and only where a decision may need them. */
import type { SessionLedger } from '../model/facts.ts';
import type { LaneFacts } from '../model/lane-facts.ts';
import { openSession } from '../model/open-session.ts';
import type { RepoName } from '../model/repo.ts';
import type { Ledger } from '../store/ledger-types.ts';

export interface Around {
  repo: RepoName;
  number: number;
  own: SessionLedger | null;
  served: SessionLedger | null;
  /** A session may begin here: it is labelled, or someone commands. */
  mayBegin: boolean;
  /** A prompt is asked for. */
  prompts: boolean;
}

/** The history goes no further back: what is older says little of today's work. */
const MAX_PAST = 200;

export async function aroundFacts(around: Around, ledger: Ledger): Promise<Pick<LaneFacts, 'others' | 'past' | 'cycles'>> {
  const { repo, number, own, served, mayBegin, prompts } = around;
  const state = own?.session.state;
  const starts = own ? state === 'planned' || state === 'abandoned' : mayBegin;
  const facts: Pick<LaneFacts, 'others' | 'past' | 'cycles'> = {};
  // Who is at work need only know whom its end sets free.
  if (starts || state === 'active') {
    const open = await ledger.openSessions(repo, starts ? 'all' : 'held');
    facts.others = open.filter((session) => session.number !== number).flatMap(openSession);
  }
  if (starts || prompts) {
    const past = await ledger.pastSessions(repo, MAX_PAST);
    if (past.length > 0) facts.past = past;
  }
  if (own || served || mayBegin) facts.cycles = await ledger.cycles(repo, 2);
  return facts;
}

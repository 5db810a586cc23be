/** A session as its card remembers it. */
import type { CardState, KeptPull } from '../../model/card-state.ts';
import type { SessionLedger } from '../../model/facts.ts';
import type { FoundSession, RebuildFacts } from '../../model/rebuild.ts';
import type { PullRecord } from '../../model/session.ts';
import { firstVersion } from './first-version.ts';

/** What happened on GitHub since the card was written is for the next look to see, as after any time away. */
export function fromState({ subject }: FoundSession, state: CardState, facts: RebuildFacts): SessionLedger {
  const here = { repo: facts.repo.name, number: subject.number };
  const { id: subjectId, onPull, title, url } = subject;
  return {
    session: { ...here, ...state.session, subjectId, onPull, title, url, version: firstVersion(facts.now) },
    pulls: state.pulls.map((pull) => recordOf(pull, here.number, facts)),
    transitions: state.moves.map((move) => ({ ...here, ...move })),
    worklog: state.log.map((entry) => ({ ...here, ...entry })),
    artefacts: {},
  };
}

function recordOf(pull: KeptPull, session: number, { repo, pulls }: RebuildFacts): PullRecord {
  const now = pulls.get(pull.number);
  const url = now?.url ?? `${repo.url}/pull/${pull.number}`;
  return { repo: repo.name, ...pull, title: now?.title ?? '', url, session };
}

/** What a card remembers: all of a session that no other page of GitHub shows, so that an emptied ledger can be made again. */
import type { PullRecord, Session, Transition, WorklogEntry } from './session.ts';

/** What the card's place and a look at the issue tell anew. `version` is the ledger's own and never on the card. */
type ReadAnew =
  | 'repo'
  | 'number'
  | 'subjectId'
  | 'onPull'
  | 'title'
  | 'url'
  | 'category'
  | 'fastLane'
  | 'blocked'
  | 'criteria'
  | 'scope'
  | 'version';

export type KeptSession = Omit<Session, ReadAnew>;
export type KeptPull = Pick<PullRecord, 'number' | 'id' | 'state' | 'draft' | 'headSha' | 'headRef' | 'verdict' | 'open'>;
export type KeptMove = Omit<Transition, 'repo' | 'number'>;
export type KeptEntry = Omit<WorklogEntry, 'repo' | 'number'>;

export interface CardState {
  v: 1;
  session: KeptSession;
  /** By number. */
  pulls: KeptPull[];
  /** Oldest first. */
  moves: KeptMove[];
  /** The newest 20, newest last. */
  log: KeptEntry[];
}

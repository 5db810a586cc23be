/** What a card remembers: all of a session that no other page of GitHub shows, so that an emptied ledger can be made again. */
import type { PullRecord, Session, Transition, WorklogEntry } from './session.ts';

/** Where the card stands tells the rest; `version` is the ledger's own and never on the card. */
export type KeptSession = Omit<Session, 'repo' | 'number' | 'subjectId' | 'onPull' | 'title' | 'url' | 'version'>;
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

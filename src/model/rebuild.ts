/** The words for making an emptied ledger again: what was found on GitHub, and what goes into the ledger. */

import type { Cycle } from './board-facts.ts';
import type { CardState } from './card-state.ts';
import type { Actor, CommentFact, LinkedPull, RepoFacts, SessionLedger, SubjectFacts } from './facts.ts';
import type { LaneFacts } from './lane-facts.ts';
import type { RepoName } from './repo.ts';

export interface FoundComment extends CommentFact {
  author: Actor;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** A reaction of ours says that its commands were done. */
  done: boolean;
  /** A reaction of ours says that a command in it was not. */
  refused: boolean;
}

/** An issue or pull request that carries a session, by its card or its labels. */
export interface FoundSession {
  subject: SubjectFacts;
  /** ISO 8601, UTC; of the issue. */
  createdAt: string;
  closedAt: string | null;
  /** Oldest first; of long threads perhaps not all. */
  comments: FoundComment[];
  card: FoundComment | null;
  /** What the card remembers; null when it is not to be read. */
  state: CardState | null;
}

/** Facts for the rebuild of one repository. */
export interface RebuildFacts {
  /** ISO 8601, UTC. */
  now: string;
  repo: RepoFacts;
  installationId: number;
  sessions: FoundSession[];
  /** Pull requests that cards remember, by number, as they are now. */
  pulls: Map<number, LinkedPull>;
  /** `comments` are the newest. */
  tracker: { id: string; comments: FoundComment[] } | null;
  /** Session branches, whole names; read only when a card is unreadable. */
  branches: string[];
  /** By login in lower case: what those may do who commanded where the card is unreadable. */
  permissions: Map<string, NonNullable<LaneFacts['permission']>>;
  /** What was left out, in words, because a limit was reached. */
  cut: string[];
}

/** What one rebuild puts into the ledger, in one transaction. */
export interface Restoration {
  repo: RepoName;
  installationId: number;
  /** Configuration files in force, by path; null: as the ledger has them. */
  files: Record<string, string> | null;
  /** Versions are the least that a restored session may take. */
  sessions: SessionLedger[];
  /** Ids of the repository's own artefacts by role: tracker, today's sweep comment. */
  artefacts: Record<string, string>;
  cycles: Cycle[];
  /** Commands that need not be done again. */
  done: { commentId: string; line: string }[];
  /** Numbers of sessions whose card must be written again. */
  look: number[];
}

export interface Restored {
  /** Numbers of the sessions that were written. */
  written: number[];
  /** Numbers of those that the ledger knows as well or better: they stay as they are. */
  kept: number[];
}

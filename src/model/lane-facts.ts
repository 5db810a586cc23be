/** Facts for the lane of an issue or pull request, and all facts that decisions are made of. */
import type { BoardFacts, Cycle } from './board-facts.ts';
import type { CommentFact, IdeaCounts, RepoFacts, SessionLedger, SlotFacts, SubjectFacts } from './facts.ts';
import type { PullFacts } from './pull-facts.ts';
import type { RepoName } from './repo.ts';
import type { PullRecord, Session, WorklogEntry } from './session.ts';

/** Another planned or active session of the repository, from the ledger (L3). */
export interface OpenSession {
  number: number;
  id: string;
  title: string;
  state: 'planned' | 'active';
  plannedAt: string;
  /** Sessions that it waits for because they are similar. */
  heldBy: number[];
}

/** How far a pull request of Playcaller's own has come. */
export interface Proposed {
  /** Its branch as it stands, with the first line of its newest commit. */
  branch: { sha: string; headline: string } | null;
  /** Node id of the pull request, open or not. */
  pull: string | null;
}

/** What a completed session still has to propose; a part is absent when it is done, or not wanted. */
export interface Proposals {
  /** The archive (L12). */
  archive?: Proposed & {
    /** The merged change as a patch; null when there is none, or GitHub did not give it. */
    patch: string | null;
    /** The patch was longer than is archived. */
    cut: boolean;
    /** All of it, oldest first. */
    worklog: WorklogEntry[];
  };
  /** The registry's text with the session's module present (P5). */
  modules?: Proposed & { module: string; text: string };
}

/** Facts for the lane of an issue or pull request. `gone`: deleted, transferred, or out of our reach. */
export interface LaneFacts {
  kind: 'subject';
  now: string;
  repo: RepoFacts;
  subject: SubjectFacts;
  /** Set when the subject is a pull request. */
  pull: PullFacts | null;
  /** The session that the subject itself carries. */
  own: SessionLedger | null;
  /** The session that this pull request serves, when that is another subject's. */
  served: SessionLedger | null;
  /** That session's card, where it could be read along. */
  servedCard: CommentFact | null;
  /** The patches were read just now: the scan is not in the ledger yet. */
  scanIsNew: boolean;
  /** What someone who commands may do here; null when nobody asked. */
  permission: 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin' | null;
  /** Lines of the commanding comment that were done before. */
  doneLines: string[];
  /** The repository's other open sessions; absent: none. */
  others?: OpenSession[];
  /** The last two sweeps, newest first; absent: none yet (L14). */
  cycles?: Cycle[];
  /** Sessions that ids or branches must not collide with, `id` only. */
  takenIds: string[];
  slots: SlotFacts;
  /** Read for a completed session only. */
  proposals?: Proposals;
  /** What the ledger knew of this pull request before. */
  record: PullRecord | null;
  /** Ideas of sessions planned before this one; absent when it has none itself. */
  ideasBefore?: IdeaCounts;
  /** Read along with the whole board: of the session's comments only card and playbook were asked for. */
  glance?: true;
}

export type Facts =
  | LaneFacts
  | BoardFacts
  | { kind: 'gone'; now: string; own: Session | null; record: PullRecord | null }
  /** The repository has another name now, and no event has told it yet. */
  | { kind: 'moved'; to: RepoName }
  | { kind: 'irrelevant' };

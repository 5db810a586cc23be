/** Facts for the lane of an issue or pull request, and all facts that decisions are made of. */
import type { BoardFacts, Cycle } from './board-facts.ts';
import type { Config, ConfigSource, Fault } from './config.ts';
import type { CommentFact, IdeaCounts, RepoFacts, SessionLedger, SlotFacts, SubjectFacts } from './facts.ts';
import type { MovedGround } from './ground.ts';
import type { PastSession } from './history.ts';
import type { Playbook } from './playbook.ts';
import type { CommitState, OwnCheck, PullFacts } from './pull-facts.ts';
import type { RepoName } from './repo.ts';
import type { LeftCommit, MergeGroup, PullRecord, Session, WorklogEntry } from './session.ts';
import type { PlanFacts } from './sub-plan.ts';
import type { PullDetail, PullVerdict } from './verdict.ts';

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

/** Another open pull request with the same head commit. */
export interface Sibling extends PullVerdict {
  /** The ledger has it that its lane knows of this one: it will wake us when it moves on. */
  knows: boolean;
}

/** An open pull request as of its last verdict, to be judged anew. */
export interface Judged {
  pull: PullFacts;
  session: SessionLedger | null;
}

/** The configuration that a pull request proposes, and what it would be applied to (G4). */
export interface Preview {
  config: Config;
  /** Where it would come from. */
  source: ConfigSource;
  playbooks: Playbook[];
  /** Of the files that the pull request's head holds. */
  faults: Fault[];
  /** Others that are open, newest first; of the newest 100. None while there are faults. */
  pulls: Judged[];
  /** All that the ledger knows as open. */
  total: number;
  ownCheck: OwnCheck | null;
}

/** A merge queue's trial of a pull request as GitHub shows it now (G5). */
export interface GroupFacts extends MergeGroup {
  at: string;
  /** Null: GitHub does not show it (yet). */
  commit: CommitState | null;
  /** The trial is over, whatever came of it. */
  ended: boolean;
}

/** The plan that a failed session stands in, with all its sessions (B6). */
export interface RecoveryAround {
  /** The parent; null: the session stands alone. */
  parent: number | null;
  plan: PlanFacts | null;
  /** Of the plan's sub-issues. */
  sessions: SessionLedger[];
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
  /** Sessions that have ended, newest first; read where one may start or a prompt is asked for; absent: none (B5). */
  past?: PastSession[];
  /** The last two sweeps, newest first; absent: none yet (L14). */
  cycles?: Cycle[];
  /** Sessions that ids or branches must not collide with, `id` only. */
  takenIds: string[];
  slots: SlotFacts;
  /** Read for a completed session only. */
  proposals?: Proposals;
  /** What the ledger knew of this pull request before. */
  record: PullRecord | null;
  /** Its verdict before, and what it was made of. */
  detail?: PullDetail | null;
  /** Other open pull requests with the same head commit, by number (G5). */
  siblings?: Sibling[];
  /** The merge group that tries it out now, or has just ended to; with the checks of the group's commit. */
  group?: GroupFacts;
  /** A commit that our check run may still be running on. */
  left?: LeftCommit & { ownCheck: OwnCheck | null };
  /** What its verdict and those of others stand on, where that is not as it was; absent: all as it was. */
  moved?: MovedGround[];
  /** For a pull request that changes the configuration (G4). */
  preview?: Preview;
  /** Ideas of sessions planned before this one; absent when it has none itself. */
  ideasBefore?: IdeaCounts;
  /** For the plan of its sub-issues; absent: there is none, and nobody asked for one. */
  plan?: PlanFacts;
  /** For `/session recover`. */
  recovery?: RecoveryAround;
  /** Read along with the whole board: of the session's comments only card and playbook were asked for. */
  glance?: true;
}

export type Facts =
  | LaneFacts
  | BoardFacts
  /** `siblings` shared its head commit, `serving` served its session: numbers of open pull requests. */
  | { kind: 'gone'; now: string; own: Session | null; record: PullRecord | null; siblings: number[]; serving: number[] }
  /** The repository has another name now, and no event has told it yet. */
  | { kind: 'moved'; to: RepoName }
  | { kind: 'irrelevant' };

/** Facts: the truth as read from GitHub and the ledger, plain data that decisions are made of. */
import type { Config, ConfigSource, Fault } from './config.ts';
import type { Registry } from './module.ts';
import type { Persona } from './persona.ts';
import type { Playbook } from './playbook.ts';
import type { RepoName } from './repo.ts';
import type { Children, PullRecord, Session, Transition, WorklogEntry } from './session.ts';

export interface Actor {
  login: string;
  bot: boolean;
}

/** A label that exists in the repository. */
export interface LabelFact {
  id: string;
  name: string;
}

export interface RepoFacts {
  name: RepoName;
  id: string;
  url: string;
  defaultBranch: { name: string; sha: string } | null;
  hasIssues: boolean;
  /** How a squash merge makes its title; null when squash is not allowed. */
  squashTitle: 'PR_TITLE' | 'COMMIT_OR_PR_TITLE' | null;
  /** All labels of the repository that Playcaller cares for and that exist. */
  labels: LabelFact[];
  config: Config;
  configSource: ConfigSource;
  /** What is wrong in the configuration and playbook files on the default branch. */
  faults: Fault[];
  playbooks: Playbook[];
  /** Review lenses, by name; absent: none (L11). */
  personas?: Persona[];
  /** The module registry in force (P5); null or absent where the repository keeps none. */
  registry?: Registry | null;
  /** Files in force, by path, when they differ from what the ledger holds as last good; else null. */
  filesToKeep: Record<string, string> | null;
}

export interface CommentFact {
  id: string;
  body: string;
  /** Written by this app. */
  ours: boolean;
  /** The last to edit it was this app (or nobody did). */
  lastWriteOurs: boolean;
}

export interface LinkedPull {
  id: string;
  number: number;
  title: string;
  body: string;
  url: string;
  state: 'open' | 'merged' | 'closed';
  draft: boolean;
  headRef: string;
  headSha: string;
  headRepo: RepoName | null;
  baseRef: string;
  baseSha: string;
  mergeSha: string | null;
  mergedBy: string | null;
}

/** An issue that we made for a session: of an idea, of a gap. */
export interface MadeIssue {
  id: string;
  number: number;
  body: string;
}

/** Ideas of the repository's other sessions by where they stand (P6). */
export interface IdeaCounts {
  total: number;
  backlog: number;
  incubator: number;
}

/** The issue (or pull request) that carries, or may start, a session. */
export interface SubjectFacts {
  id: string;
  number: number;
  onPull: boolean;
  title: string;
  body: string;
  url: string;
  author: Actor;
  state: 'open' | 'closed';
  closeReason: 'completed' | 'not-planned' | 'duplicate' | null;
  locked: boolean;
  labels: string[];
  /** The bot's comments that the ledger remembers or a marker shows, and the newest of the thread. */
  comments: CommentFact[];
  /** Pull requests that serve it: by closing words, by branch, by a `Session:` line. */
  pulls: LinkedPull[];
  /** The session branch as it stands on GitHub; null when there is none. */
  branch: { id: string; sha: string } | null;
  /** Its sub-issues; absent on pull requests and where they were not asked for. */
  children?: Children;
  /** The issue of this repository that it is a sub-issue of, when that one carries a session. */
  parent?: number | null;
  /** Keys of the commands whose sub-issue stands already; read for commands only. */
  madeByCommand?: string[];
  /** Issues made for it that its records do not know yet; absent when none is awaited. */
  made?: MadeIssue[];
}

export interface FileFact {
  path: string;
  previousPath: string | null;
  change: 'added' | 'modified' | 'removed' | 'renamed' | 'copied' | 'changed';
  additions: number;
  deletions: number;
}

export interface CheckFact {
  /** `check` for check runs, `status` for commit statuses. */
  kind: 'check' | 'status';
  name: string;
  app: string | null;
  state: 'waiting' | 'success' | 'failure' | 'neutral' | 'skipped' | 'cancelled' | 'timed-out' | 'action-required';
  url: string | null;
  required: boolean;
  /** ISO 8601, UTC; of several with the same name, app and workflow the latest counts. */
  startedAt?: string | null;
  /** Name of the workflow that it is a job of, where there is one: two workflows may each have a job `build`. */
  workflow?: string | null;
}

/** Our check run as it stands on the head commit. */
export interface OwnCheck {
  id: string;
  status: 'queued' | 'in-progress' | 'completed';
  conclusion: 'success' | 'failure' | 'neutral' | null;
  /** What we wrote into it last: pull request number and digest of the verdict. */
  externalId: string;
}

export interface SecretFinding {
  path: string;
  line: number;
  /** Name of the secret's kind, never the secret. */
  kind: string;
}

/** What the patches of a pull request show; read once per head SHA and kept in the ledger. */
export interface PatchScan {
  headSha: string;
  baseRef: string;
  /** All changed files that were listed; GitHub lists 3,000 at most. */
  files: FileFact[];
  secrets: SecretFinding[];
  conflictMarkers: { path: string; line: number }[];
  binaries: string[];
  /** Files whose patch GitHub did not give (too large) and that were therefore not read. */
  unread: string[];
}

export interface PullFacts extends LinkedPull {
  author: Actor;
  /** Made by this app. */
  ours?: boolean;
  labels: string[];
  locked: boolean;
  /** Merging commits of the branch, newest last; at most 100. */
  commits: { total: number; firstMessage: string | null };
  files: FileFact[];
  /** All changed files, even those not listed in `files`. */
  filesTotal: number;
  checks: CheckFact[];
  /** GitHub had more checks than were read. */
  checksCut: boolean;
  ownCheck: OwnCheck | null;
  /** Issues of this repository that it closes. */
  closes: number[];
  scan: PatchScan;
}

/** What the ledger holds of one session, beside the session itself. */
export interface SessionLedger {
  session: Session;
  pulls: PullRecord[];
  transitions: Transition[];
  /** Newest last; at most 20. */
  worklog: WorklogEntry[];
  /** Node ids of what we made for it: `card`, `playbook`, … */
  artefacts: Record<string, string>;
}

/** The repository's slots and queue, from the ledger. */
export interface SlotFacts {
  active: number;
  /** Active sessions that are in the fast lane. */
  activeFastLane: number;
  /** Planned session numbers, first in line first, blocked ones left out. */
  queue: number[];
}

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

/** One sweep per day and repository. `day` is a date in the configured time zone. */
export interface Cycle {
  repo: RepoName;
  day: string;
  /** Counts from 1. */
  number: number;
  startedAt: string;
}

export interface BoardSession {
  ledger: SessionLedger;
  /** Null when GitHub no longer shows it. */
  subject: SubjectFacts | null;
  /** What really happened since the last cycle began. */
  since: WorklogEntry[];
}

/** Facts for the lane of the repository. */
export interface BoardFacts {
  kind: 'board';
  now: string;
  repo: RepoFacts;
  /** Today's cycle: its number is known even before it is recorded. */
  cycle: Cycle;
  previous: Cycle | null;
  tracker: {
    id: string;
    number: number;
    title: string;
    body: string;
    state: 'open' | 'closed';
    locked: boolean;
    labels: string[];
    comment: CommentFact | null;
  } | null;
  sessions: BoardSession[];
  /** Issues that carry a session label and that the ledger does not know. */
  unknown: number[];
  /** Open pull requests; `judged` when the ledger has a verdict for that head. */
  openPulls: { number: number; judged: boolean; waiting: boolean }[];
  slots: SlotFacts;
}

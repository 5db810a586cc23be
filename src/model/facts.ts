/** Facts: the truth as read from GitHub and the ledger, plain data that decisions are made of. */
import type { Commitlint } from './commitlint.ts';
import type { Config, ConfigSource, Fault } from './config.ts';
import type { Registry } from './module.ts';
import type { Pattern } from './pattern.ts';
import type { Persona } from './persona.ts';
import type { Playbook } from './playbook.ts';
import type { RepoName } from './repo.ts';
import type { Children, PullRecord, Session, Transition, WorklogEntry } from './session.ts';
import type { InPlan } from './sub-plan.ts';

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
  /** commitlint's configuration on the default branch; absent: none. */
  commitlint?: Commitlint;
  /** Lockfiles at the root of the default branch; absent: not read. */
  lockfiles?: string[];
  playbooks: Playbook[];
  /** Review lenses, by name; absent: none (L11). */
  personas?: Persona[];
  /** Prompt patterns, by name; absent: none (B4). */
  patterns?: Pattern[];
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
  /** Login of whoever edited it last; absent while only its author wrote it. */
  editedBy?: string;
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
  /** The issue of this repository that it is a sub-issue of, when that one carries a session or a plan. */
  parent?: number | null;
  /** Its place in the parent's plan; null: it has none; absent: not read. */
  plan?: InPlan | null;
  /** Keys of the commands whose sub-issue stands already; read for commands only. */
  madeByCommand?: string[];
  /** Issues made for it that its records do not know yet; absent when none is awaited. */
  made?: MadeIssue[];
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
  /** Slots that are taken. A blocked session has handed its own on (W8); what was unblocked goes on, so it may be one too many. */
  active: number;
  /** Those that the fast lane takes. */
  activeFastLane: number;
  /** Planned session numbers, first in line first, blocked ones left out. */
  queue: number[];
}

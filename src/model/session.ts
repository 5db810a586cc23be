/** The session: one piece of work by an agent or a person, on one issue or pull request. */
import type { Records } from './records.ts';
import type { RepoName } from './repo.ts';
import type { InPlan } from './sub-plan.ts';

export const SESSION_STATES = ['planned', 'active', 'completed', 'abandoned'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** One line of the task list under `## Acceptance criteria`. */
export interface Criterion {
  text: string;
  met: boolean;
  /** Of one that was accepted by command: it is ticked in the playbook comment. */
  id?: string;
}

/** Why a planned session does not start though a slot may be free: it stands in no queue meanwhile. */
export type Hold =
  /** Sessions and open pull requests that seem to do the same work; `/session start --anyway` confirms (L3). */
  | { kind: 'similar'; sessions: number[]; pulls: number[] }
  /** `plan.approval` is on and nobody approved yet (L9). */
  | { kind: 'approval' }
  /** Sub-issues that come first in the parent's plan are not completed; `/session start --anyway` overrides (B3). */
  | { kind: 'depends' };

/** What is to be known before work begins (P4); null where the description does not say. */
export interface Scope {
  problem: string | null;
  user: string | null;
  smallest: string | null;
}

/** Why a session could complete (L12): a merged pull request, or a word that it makes no code. */
export type Evidence =
  | { kind: 'merged'; pull: number; headSha: string; baseSha: string; mergeSha: string }
  | { kind: 'no-code'; why: string; by: string };

/** A sub-session: a GitHub sub-issue of the session's issue, as of the last look (L10). */
export interface Child {
  number: number;
  /** Null: in the same repository. */
  repo: RepoName | null;
  /** Empty for those of another repository. */
  title: string;
  url: string;
  /** Of the session that it carries, `failed` while an active one has; of the issue itself where it carries none. */
  state: SessionState | 'failed' | 'open' | 'closed';
}

export interface Children {
  /** The first 50, in GitHub's order. */
  list: Child[];
  /** All of them. */
  total: number;
  /** Open issues among those that are not in `list`. */
  openBeyond: number;
}

/** How much of a session a restore could not bring back, because its card had no room for it. */
export interface Forgotten {
  /** Lines of the worklog. */
  log: number;
  /** Entries of the notebook. */
  records: number;
  /** Moves of the state machine. */
  moves: number;
  /** Texts that were shortened. */
  texts: number;
}

export interface Session {
  repo: RepoName;
  /** The issue or pull request that carries it; one session each. */
  number: number;
  /** `YYYY-MM-DD-<slug>`; unique in the repository. */
  id: string;
  subjectId: string;
  onPull: boolean;
  /** Name of its playbook. */
  type: string;
  state: SessionState;
  category: string | null;
  title: string;
  url: string;
  branch: string;
  fastLane: boolean;
  blocked: boolean;
  /** ISO 8601, UTC. `plannedAt` orders the queue. */
  plannedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** How it was abandoned: closing and unlabelling can be taken back by reopening and labelling. */
  endedBy: 'closed' | 'unlabelled' | 'asked' | 'gone' | null;
  /** Stable ids of the playbook's steps and criteria that are ticked. */
  ticks: string[];
  criteria: Criterion[];
  evidence: Evidence | null;
  /** Absent while it never had any. */
  children?: Children;
  /** Absent when nothing holds it. */
  holds?: Hold[];
  /** Absent when its description has no word of it. */
  scope?: Scope;
  /** Where it stands in its parent's plan; absent where there is none (B3). */
  plan?: InPlan;
  records: Records;
  /** What the card had no room for when a restore read it; absent where nothing is missing. */
  forgotten?: Forgotten;
  /** Grows by one with every write: the fence against two writers. */
  version: number;
}

/** One move of the state machine, kept for good (L2). `from` is null for the birth. */
export interface Transition {
  repo: RepoName;
  number: number;
  from: SessionState | null;
  to: SessionState;
  who: string;
  why: string;
  at: string;
}

/** What happened in a session, seen by the bot or said by someone (L9). `key` makes a repeat harmless. */
export interface WorklogEntry {
  repo: RepoName;
  number: number;
  key: string;
  who: string;
  text: string;
  at: string;
}

/** What the ledger knows of a pull request between two looks at GitHub. */
export interface PullRecord {
  repo: RepoName;
  number: number;
  /** Node id. */
  id: string;
  title: string;
  url: string;
  state: 'open' | 'merged' | 'closed';
  draft: boolean;
  headSha: string;
  headRef: string;
  /** Branch that it is to be merged into; absent until it was looked at since this is kept. */
  baseRef?: string;
  /** Number of the session that it serves. */
  session: number | null;
  verdict: VerdictState | null;
  /** Item ids that fail or wait. */
  open: string[];
  /** As it was at the last look; absent until it was looked at since this is kept. */
  pulse?: string;
  /** When this head was first seen, ISO 8601, UTC. */
  headAt?: string;
  /** The merge group that tries it out; absent while it is in no queue. */
  group?: MergeGroup;
  /** While our check run there was not seen to be completed. */
  left?: LeftCommit;
}

/** A commit that nobody waits for any more: of a merge queue's trial, or a head that a push replaced. */
export interface LeftCommit {
  headSha: string;
  what: 'trial' | 'head';
}

/** A merge queue's trial of a pull request on top of its base (GitHub docs, "Managing a merge queue"). */
export interface MergeGroup {
  headSha: string;
  /** `refs/heads/gh-readonly-queue/<base>/pr-<number>-<sha>` */
  headRef: string;
  /** When we heard of it first, ISO 8601, UTC; absent until then. */
  at?: string;
}

export type VerdictState = 'pass' | 'fail' | 'waiting' | 'neutral';

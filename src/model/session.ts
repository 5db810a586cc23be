/** The session: one piece of work by an agent or a person, on one issue or pull request. */
import type { Records } from './records.ts';
import type { RepoName } from './repo.ts';

export const SESSION_STATES = ['planned', 'active', 'completed', 'abandoned'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** One line of the task list under `## Acceptance criteria`. */
export interface Criterion {
  text: string;
  met: boolean;
}

/** Why a session could complete (L12): a merged pull request, or a word that it makes no code. */
export type Evidence =
  | { kind: 'merged'; pull: number; headSha: string; baseSha: string; mergeSha: string }
  | { kind: 'no-code'; why: string; by: string };

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
  records: Records;
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
  /** Number of the session that it serves. */
  session: number | null;
  verdict: VerdictState | null;
  /** Item ids that fail or wait. */
  open: string[];
}

export type VerdictState = 'pass' | 'fail' | 'waiting' | 'neutral';

/** The readiness gate's result, as data (G1). */
import type { Fault } from './config.ts';
import type { StoredPull } from './pull-facts.ts';
import type { RepoName } from './repo.ts';
import type { VerdictState } from './session.ts';

export type ItemStatus = 'pass' | 'fail' | 'waiting' | 'waived' | 'not-applicable';
export type ItemLevel = 'off' | 'advisory' | 'required';

/** One line of a file that needs a person's eye. Lines are 1-based. */
export interface Annotation {
  path: string;
  line: number;
  level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
}

export interface ItemResult {
  status: ItemStatus;
  /** What was seen, in Markdown that is safe to show. */
  evidence: string;
  /** How to put it right; null where nothing is to do. */
  mend: string | null;
  annotations: Annotation[];
  /** A few words for a headline, e.g. what it waits for: `2 checks`. Plain text. */
  brief?: string;
  /** The check run's button that mends it, or a part of it (G6). */
  button?: 'sections';
  /** Of one that waits: it ends by itself then, ISO 8601, UTC. */
  until?: string;
}

export interface VerdictItem extends ItemResult {
  id: string;
  title: string;
  level: ItemLevel;
}

export interface Verdict {
  state: VerdictState;
  headSha: string;
  /** The pull request is a draft: whatever the items say, the verdict waits. */
  draft?: boolean;
  /** Of a merge group's commit. */
  inQueue?: boolean;
  items: VerdictItem[];
  /** What is wrong in the configuration that the verdict was made under. */
  faults?: Fault[];
}

/** A pull request's part in the check run of its head; `verdict` is null until its lane has looked at that commit. */
export interface PullVerdict {
  number: number;
  title: string;
  verdict: Verdict | null;
}

/** The newest verdict of a pull request and what it was made of: shown as JSON (G8), tried under another configuration (G4). */
export interface PullDetail {
  repo: RepoName;
  number: number;
  headSha: string;
  /** When the verdict last changed; ISO 8601, UTC. */
  at: string;
  pull: StoredPull;
  /** Null when it is closed or merged. */
  verdict: Verdict | null;
}

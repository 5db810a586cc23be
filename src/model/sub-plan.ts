/** The plan of a parent issue's sub-issues: what is read of them, and what the ledger keeps of it (B1, B3). */
import type { LinkKind } from './batches.ts';
import type { RepoName } from './repo.ts';
import type { SessionState } from './session.ts';

/** A link as it stands on GitHub (blocked by) or as a line of a description. */
export interface SubLink {
  link: LinkKind;
  from: 'github' | 'line';
  /** Null: this repository. */
  repo: RepoName | null;
  number: number;
}

/** A sub-issue in the parent's own repository. */
export interface SubIssue {
  /** Node id. */
  id: string;
  number: number;
  title: string;
  /** Absent where nobody needs it. */
  body?: string;
  state: 'open' | 'closed';
  closeReason: 'completed' | 'not-planned' | 'duplicate' | null;
  labels: string[];
  /** Hours, from a line `Estimate: 3h`. */
  estimate: number | null;
  links: SubLink[];
  /** A line says that it waits for nothing. */
  saysNone: boolean;
  /** Files that it is about: named in the description, or changed by its open pull requests. */
  files: string[];
  /** Of the session that it carries. */
  session: { state: SessionState | 'failed'; type: string } | null;
}

/** What a link leads to when it is no sub-issue of this parent. */
export interface Outsider {
  number: number;
  what: 'pull' | 'open' | 'closed' | 'gone';
}

/** Where a sub-issue stands in its parent's plan, as of the parent's last look. */
export interface InPlan {
  parent: number;
  /** From 1; null: in a cycle or behind one, or not planned yet. */
  batch: number | null;
  /** Batches in all. */
  of: number;
  /** Hard dependencies that are not completed. */
  waits: number[];
  /** Those of `waits` that were given up: nobody will complete them. */
  abandoned: number[];
  /** Soft ones that have not started. Absent when there are none: the queue looks for it. */
  after?: number[];
  /** It came after the plan was made. */
  unseen?: true;
}

/** What GitHub said of a sub-issue's blocked-by links. `seen` changes when it may say something else. */
export interface KnownLinks {
  seen: string;
  to: { repo: RepoName | null; number: number }[];
}

/** Kept in the ledger: the lanes of the sub-issues go by it. */
export interface PlanRecord {
  repo: RepoName;
  /** The parent. */
  number: number;
  /** Who let the plan run by itself, and when (ISO 8601, UTC). */
  run: { by: string; at: string } | null;
  /** By number of the sub-issue. */
  places: Record<string, InPlan>;
  links: Record<string, KnownLinks>;
  /** Nothing is left to be done: sweeps leave it alone. */
  ended: boolean;
}

/** Facts for the plan of a parent issue. */
export interface PlanFacts {
  /** In GitHub's order. */
  subs: SubIssue[];
  /** Sub-issues in other repositories, which take no part: `owner/name#12`. */
  foreign: string[];
  /** Sub-issues beyond those that were read. */
  beyond: number;
  /** Numbers in the parent's task list, in its order: a hint, no link. */
  order: number[];
  outsiders: Outsider[];
  /** Sub-issues whose blocked-by links could not be read. */
  unread: number[];
  links: PlanRecord['links'];
  record: PlanRecord | null;
  /** Node id of the plan comment, as far as it is remembered. */
  commentId: string | null;
}

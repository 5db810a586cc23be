/** Facts of a pull request: what it changes, what was found in its patches, its checks. */
import type { Actor, LinkedPull } from './facts.ts';

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

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
  /** Null where GitHub does not say: statuses are set by anyone who may write. */
  appId?: number | null;
  /** `stale`: GitHub gave it up after 14 days. `startup-failure`: its workflow could not begin. */
  state:
    | 'waiting'
    | 'success'
    | 'failure'
    | 'neutral'
    | 'skipped'
    | 'cancelled'
    | 'timed-out'
    | 'action-required'
    | 'stale'
    | 'startup-failure';
  url: string | null;
  required: boolean;
  /** ISO 8601, UTC; of several with the same name, app and workflow the latest counts. */
  startedAt?: string | null;
  completedAt?: string | null;
  /** The workflow that it is a job of and what set it off, as `CI (push)`: two workflows may each have a job `build`. */
  workflow?: string | null;
  /** What it says of itself in a line: a check run's title, a status's description. */
  title?: string | null;
  /** The beginning of a check run's summary; at most 4,000 characters. */
  summary?: string | null;
}

/** The newest opinion of one reviewer; comments without an opinion are left out. */
export interface ReviewFact {
  author: Actor;
  state: 'approved' | 'changes-requested' | 'dismissed';
  /** Head commit that it was given for. */
  commitSha: string | null;
  /** ISO 8601, UTC. */
  at: string | null;
  /** The reviewer may push to the repository. */
  mayWrite: boolean;
  /** Teams that it was given for, as `org/slug` in lower case. */
  teams: string[];
}

/** A check that the rules of the base branch require. `appId`: only this app's counts. */
export interface RequiredCheck {
  name: string;
  appId: number | null;
}

/** An earlier commit of the pull request and the names of the checks that failed on it. */
export interface CommitChecks {
  sha: string;
  headline: string;
  failed: string[];
}

/** The checks of one commit: of the head, or of a merge group. */
export interface CommitState {
  sha: string;
  checks: CheckFact[];
  /** GitHub had more checks than were read. */
  checksCut: boolean;
  ownCheck: OwnCheck | null;
}

/** A text file of the repository. */
export interface TextFile {
  path: string;
  text: string;
  /** GitHub gave its beginning only, or it is no text at all. */
  cut?: true;
}

/** Our check run as it stands on the head commit. */
export interface OwnCheck {
  id: string;
  status: 'queued' | 'in-progress' | 'completed';
  conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | null;
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
  /** Sizes in bytes of added binaries, where they were asked for. */
  sizes?: { path: string; bytes: number }[];
  /** Manifests whose patch changes what they depend on. */
  dependencyEdits?: string[];
  /** The configuration as the head holds it, by path; absent where the pull request does not touch it (G4). */
  configuration?: Record<string, string>;
}

export interface PullFacts extends LinkedPull {
  /** Changes with whatever happens to it or to its checks: what GitHub shows with another one has not been looked at. */
  pulse?: string;
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
  /** Newest opinion of each reviewer. */
  reviews?: ReviewFact[];
  /** There are more reviewers than were read. */
  reviewsCut?: true;
  /** What the rules of the base branch ask for; null where they cannot be read. */
  requiredChecks?: RequiredCheck[] | null;
  /** CODEOWNERS of the base branch; null where there is none. */
  codeowners?: TextFile | null;
  /** Read for sessions whose playbook asks for it; oldest first, the head left out. */
  history?: CommitChecks[];
  /** Numbers of other open pull requests with the same head commit. */
  siblings?: number[];
  /** When this head was first seen, ISO 8601, UTC; absent until then. */
  headAt?: string;
  scan: PatchScan;
}

/** A pull request as a stored verdict was made of it; its files and scan are kept apart. */
export type StoredPull = Omit<PullFacts, 'scan' | 'files'>;

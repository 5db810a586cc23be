/** The sandbox's state: what GitHub would keep, in memory, as plain data. Ids are GitHub's numeric database ids. */

export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export interface Account {
  id: number;
  login: string;
  type: 'User' | 'Organization' | 'Bot';
  name: string | null;
}

export interface App {
  id: number;
  slug: string;
  name: string;
  ownerLogin: string;
  /** PEM; JWTs are checked with it. Null for apps that have only a sandbox token. */
  publicKey: string | null;
  permissions: Record<string, 'read' | 'write'>;
  events: string[];
  /** Login of its bot account: `<slug>[bot]`. */
  botLogin: string;
  /** Where its webhooks go; null for none. */
  webhook: Webhook | null;
}

export interface Webhook {
  url: string;
  /** Empty: none is set, and nothing is signed. */
  secret: string;
  /** `json` by default. */
  contentType?: 'json' | 'form';
  /** `1`: certificates are not looked at; `0` by default. */
  insecureSsl?: '0' | '1';
}

export interface Installation {
  id: number;
  appId: number;
  accountLogin: string;
  createdAt: string;
  suspendedAt: string | null;
  /** What its owner has accepted; the app may ask for more since. */
  permissions: Record<string, 'read' | 'write'>;
  events: string[];
}

/** Who makes a request. */
export type Actor =
  | { kind: 'user'; login: string }
  | { kind: 'installation'; login: string; appId: number; installationId: number; permissions: Record<string, 'read' | 'write'> }
  | { kind: 'app'; appId: number };

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Milestone {
  id: number;
  number: number;
  title: string;
  description: string | null;
  state: 'open' | 'closed';
  creator: string;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  dueOn: string | null;
}

export interface Reaction {
  id: number;
  user: string;
  content: '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';
  createdAt: string;
}

export interface Comment {
  id: number;
  issueNumber: number;
  user: string;
  /** App that wrote it through its installation. */
  appId: number | null;
  body: string;
  createdAt: string;
  updatedAt: string;
  lastEditor: string | null;
  lastEditedAt: string | null;
  minimizedReason: string | null;
  reactions: Reaction[];
}

/** Labeled, closed, … as GitHub's timeline shows them. */
export interface TimelineEvent {
  id: number;
  event: string;
  actor: string;
  createdAt: string;
  label: string | null;
  /** Login of the assignee, reviewer … where there is one. */
  subject: string | null;
  /** Titles, branch names … before and after. */
  from: string | null;
  to: string | null;
  commitSha: string | null;
}

/** Issues and pull requests share numbers; `pull` is set for the latter. */
export interface Issue {
  id: number;
  number: number;
  title: string;
  body: string | null;
  user: string;
  appId: number | null;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  locked: boolean;
  lockReason: 'off-topic' | 'too heated' | 'resolved' | 'spam' | null;
  pinned: boolean;
  /** Label ids. */
  labels: number[];
  assignees: string[];
  milestone: number | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: string | null;
  lastEditor: string | null;
  lastEditedAt: string | null;
  reactions: Reaction[];
  timeline: TimelineEvent[];
  /** Ids of sub-issues (issues' database ids), in order; may live in other repositories. */
  subIssues: number[];
  parent: number | null;
  /** Ids of issues that block it. */
  blockedBy: number[];
  pull: Pull | null;
}

export interface Pull {
  id: number;
  draft: boolean;
  headRepoId: number | null;
  /** Login; still told when the repository is gone. */
  headOwner: string;
  headRef: string;
  headSha: string;
  baseRef: string;
  /** Base branch's commit when opened or retargeted. */
  baseSha: string;
  merged: boolean;
  mergedAt: string | null;
  mergedBy: string | null;
  mergeCommitSha: string | null;
  requestedReviewers: string[];
  /** Ids of teams. */
  requestedTeams: number[];
  /** Who pushed the head; its approval does not count where another one's is wanted. */
  lastPusher: string;
  maintainerCanModify: boolean;
}

export interface Review {
  id: number;
  pullNumber: number;
  user: string;
  state: 'PENDING' | 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  body: string;
  commitSha: string;
  submittedAt: string;
  /** Ids of the requested teams for which it was given. */
  onBehalfOf: number[];
}

export interface CheckAnnotation {
  path: string;
  startLine: number;
  endLine: number;
  level: 'notice' | 'warning' | 'failure';
  title: string | null;
  message: string;
  rawDetails: string | null;
}

export interface CheckRun {
  id: number;
  suiteId: number;
  name: string;
  headSha: string;
  appId: number;
  status: 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
  conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' | 'timed_out' | 'action_required' | 'stale' | null;
  externalId: string;
  detailsUrl: string | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: CheckAnnotation[];
  actions: { label: string; description: string; identifier: string }[];
}

/** One per app and head SHA. */
export interface CheckSuite {
  id: number;
  appId: number;
  headSha: string;
  headBranch: string | null;
  createdAt: string;
  updatedAt: string;
}

/** A merge queue's try: the branch `gh-readonly-queue/…` with the pull request merged. */
export interface MergeGroup {
  id: number;
  pullNumber: number;
  /** `refs/heads/gh-readonly-queue/main/pr-7-<sha>` */
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
}

/** A team of an organisation. */
export interface Team {
  id: number;
  orgLogin: string;
  name: string;
  slug: string;
  description: string | null;
  privacy: 'secret' | 'closed';
  createdAt: string;
  members: Map<string, 'member' | 'maintainer'>;
}

/** A rule with the parameters that GitHub documents for its type; null for types without. */
export interface Rule {
  id: number;
  type: string;
  parameters: Record<string, unknown> | null;
}

/** Rules for branches, by the names of these. */
export interface Ruleset {
  id: number;
  name: string;
  enforcement: 'active' | 'disabled' | 'evaluate';
  /** `refs/heads/…` with `*`, `~DEFAULT_BRANCH` or `~ALL`. */
  include: string[];
  exclude: string[];
  rules: Rule[];
  createdAt: string;
  updatedAt: string;
}

export interface Status {
  id: number;
  sha: string;
  context: string;
  state: 'error' | 'failure' | 'pending' | 'success';
  description: string | null;
  targetUrl: string | null;
  creator: string;
  createdAt: string;
}

export type GitObject =
  | { type: 'blob'; sha: string; content: Buffer }
  | { type: 'tree'; sha: string; entries: TreeEntry[] }
  | { type: 'commit'; sha: string; tree: string; parents: string[]; message: string; author: Signature; committer: Signature };

export interface TreeEntry {
  path: string;
  mode: '100644' | '100755' | '040000' | '120000' | '160000';
  type: 'blob' | 'tree' | 'commit';
  sha: string;
}

export interface Signature {
  name: string;
  email: string;
  date: string;
  login: string | null;
}

export interface Repository {
  id: number;
  ownerLogin: string;
  name: string;
  /** Names it had: requests by them are redirected. */
  formerNames: string[];
  description: string | null;
  private: boolean;
  hasIssues: boolean;
  archived: boolean;
  defaultBranch: string;
  forkOf: number | null;
  allowSquashMerge: boolean;
  allowMergeCommit: boolean;
  allowRebaseMerge: boolean;
  squashMergeCommitTitle: 'PR_TITLE' | 'COMMIT_OR_PR_TITLE';
  squashMergeCommitMessage: 'PR_BODY' | 'COMMIT_MESSAGES' | 'BLANK';
  deleteBranchOnMerge: boolean;
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
  /** By login; the organisation's members have what this says. */
  collaborators: Map<string, Permission>;
  /** By team id. */
  teams: Map<number, { team: Team; permission: Permission }>;
  /** Next issue or pull request number. */
  nextNumber: number;
  labels: Map<number, Label>;
  milestones: Map<number, Milestone>;
  issues: Map<number, Issue>;
  comments: Map<number, Comment>;
  reviews: Map<number, Review>;
  checkRuns: Map<number, CheckRun>;
  checkSuites: Map<number, CheckSuite>;
  statuses: Status[];
  mergeGroups: Map<number, MergeGroup>;
  rulesets: Map<number, Ruleset>;
  /** Numbers of deleted issues: they answer 410. */
  deletedNumbers: Set<number>;
  /** `refs/heads/main` → SHA. */
  refs: Map<string, string>;
  /** Objects by SHA; a fork shares its parent's. */
  objects: Map<string, GitObject>;
}

/** One attempt to hand over a webhook. A redelivery has the same GUID and a new id. */
export interface Delivery {
  id: number;
  appId: number;
  /** Where it went. */
  url: string;
  guid: string;
  event: string;
  action: string | null;
  repositoryId: number | null;
  installationId: number | null;
  deliveredAt: string;
  redelivery: boolean;
  durationSeconds: number;
  status: string;
  /** 0 when nobody answered. */
  statusCode: number;
  requestHeaders: Record<string, string>;
  requestBody: string;
  responseHeaders: Record<string, string>;
  responseBody: string;
}

export interface World {
  /** The sandbox's own address, e.g. `http://127.0.0.1:4000`, used in links. */
  url: string;
  accounts: Map<string, Account>;
  /** Logins of an organisation's members. */
  members: Map<string, Set<string>>;
  /** What an owner's people may do in each new repository of theirs, as an organisation's teams would say. */
  roles: Map<string, Map<string, Permission>>;
  teams: Map<number, Team>;
  apps: Map<number, App>;
  installations: Map<number, Installation>;
  /** By database id. */
  repositories: Map<number, Repository>;
  deliveries: Delivery[];
  /** Next database id, shared by all kinds. */
  nextId: number;
}

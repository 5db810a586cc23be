/** What resolvers hand to one another: a piece of the state together with the repository it lies in. */
import type {
  Account,
  App,
  CheckAnnotation,
  CheckRun,
  CheckSuite,
  Comment,
  Issue,
  Label,
  Milestone,
  Pull,
  Reaction,
  Repository,
  Review,
  Status,
  TimelineEvent,
  TreeEntry,
} from '../state/types.ts';

export interface RepoNode {
  __typename: 'Repository';
  repo: Repository;
}
export interface IssueNode {
  __typename: 'Issue';
  repo: Repository;
  issue: Issue;
}
export interface PullNode {
  __typename: 'PullRequest';
  repo: Repository;
  issue: Issue;
  pull: Pull;
}
/** An issue or a pull request. */
export type ThreadNode = IssueNode | PullNode;

export interface CommentNode {
  __typename: 'IssueComment';
  repo: Repository;
  comment: Comment;
}
export interface ReviewNode {
  __typename: 'PullRequestReview';
  repo: Repository;
  review: Review;
}
export interface LabelNode {
  __typename: 'Label';
  repo: Repository;
  label: Label;
}
export interface MilestoneNode {
  __typename: 'Milestone';
  repo: Repository;
  milestone: Milestone;
}
export interface CheckRunNode {
  __typename: 'CheckRun';
  repo: Repository;
  run: CheckRun;
}
export interface CheckSuiteNode {
  __typename: 'CheckSuite';
  repo: Repository;
  suite: CheckSuite;
}
export interface AnnotationNode {
  __typename: 'CheckAnnotation';
  repo: Repository;
  run: CheckRun;
  annotation: CheckAnnotation;
}
export interface StatusContextNode {
  __typename: 'StatusContext';
  repo: Repository;
  status: Status;
}
/** All statuses, or all checks and statuses, of one commit. */
export interface ShaNode<T extends 'Status' | 'StatusCheckRollup'> {
  __typename: T;
  repo: Repository;
  sha: string;
}
export interface RefNode {
  __typename: 'Ref';
  repo: Repository;
  /** `refs/heads/main` */
  ref: string;
}
export interface GitNode {
  __typename: 'Commit' | 'Tree' | 'Blob';
  repo: Repository;
  sha: string;
}
export interface TreeEntryNode {
  __typename: 'TreeEntry';
  repo: Repository;
  entry: TreeEntry;
  /** From the root of the tree that was asked for. */
  path: string;
}
export interface EventNode {
  __typename: 'LabeledEvent' | 'UnlabeledEvent' | 'ClosedEvent' | 'ReopenedEvent';
  repo: Repository;
  issue: Issue;
  event: TimelineEvent;
}
export interface AccountNode {
  __typename: 'User' | 'Bot' | 'Organization';
  account: Account;
  /** The viewer of an installation is a `User` whose login keeps its `[bot]`. */
  asViewer?: boolean;
}
export interface AppNode {
  __typename: 'App';
  app: App;
}
export type ReactionSubject = ThreadNode | CommentNode;
export interface ReactionNode {
  __typename: 'Reaction';
  repo: Repository;
  reaction: Reaction;
  subject: ReactionSubject;
}

/** Whatever `node(id:)` can bring. */
export type AnyNode =
  | RepoNode
  | ThreadNode
  | CommentNode
  | ReviewNode
  | LabelNode
  | MilestoneNode
  | CheckRunNode
  | CheckSuiteNode
  | StatusContextNode
  | ShaNode<'Status'>
  | ShaNode<'StatusCheckRollup'>
  | RefNode
  | GitNode
  | EventNode
  | AccountNode
  | AppNode
  | ReactionNode;

export function repoNode(repo: Repository): RepoNode {
  return { __typename: 'Repository', repo };
}

export function threadNode(repo: Repository, issue: Issue): ThreadNode {
  if (issue.pull) return { __typename: 'PullRequest', repo, issue, pull: issue.pull };
  return { __typename: 'Issue', repo, issue };
}

export function issueNode(repo: Repository, issue: Issue): IssueNode {
  return { __typename: 'Issue', repo, issue };
}

/** @throws {Error} for an issue: the caller has asked before. */
export function pullNode(repo: Repository, issue: Issue): PullNode {
  if (!issue.pull) throw new Error(`#${issue.number} is no pull request`);
  return { __typename: 'PullRequest', repo, issue, pull: issue.pull };
}

export function labelNode(repo: Repository, label: Label): LabelNode {
  return { __typename: 'Label', repo, label };
}

export function commentNode(repo: Repository, comment: Comment): CommentNode {
  return { __typename: 'IssueComment', repo, comment };
}

export function checkRunNode(repo: Repository, run: CheckRun): CheckRunNode {
  return { __typename: 'CheckRun', repo, run };
}

export function refNode(repo: Repository, ref: string): RefNode {
  return { __typename: 'Ref', repo, ref };
}

export function commitNode(repo: Repository, sha: string): GitNode {
  return { __typename: 'Commit', repo, sha };
}

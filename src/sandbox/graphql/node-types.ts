/** The shapes that resolvers hand to one another: a piece of the state together with the repository it lies in. */
import type { PullIssue } from '../read.ts';
import type { Account, App, Team } from '../state/accounts.ts';
import type { CheckAnnotation, CheckRun, CheckSuite, Status } from '../state/checks.ts';
import type { TreeEntry } from '../state/git.ts';
import type { Comment, Issue, Label, Milestone, Reaction, TimelineEvent } from '../state/issues.ts';
import type { Pull, Review } from '../state/pulls.ts';
import type { Repository } from '../state/repository.ts';

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
  issue: PullIssue;
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
export interface TeamNode {
  __typename: 'Team';
  team: Team;
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
  | TeamNode
  | ReactionNode;

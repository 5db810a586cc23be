/** Making nodes: what resolvers hand to one another. */
import { isPull } from '../read.ts';
import type { CheckRun } from '../state/checks.ts';
import type { Comment, Issue, Label } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import type {
  CheckRunNode,
  CommentNode,
  GitNode,
  IssueNode,
  LabelNode,
  PullNode,
  RefNode,
  RepoNode,
  ThreadNode,
} from './node-types.ts';

export type * from './node-types.ts';

export function repoNode(repo: Repository): RepoNode {
  return { __typename: 'Repository', repo };
}

export function threadNode(repo: Repository, issue: Issue): ThreadNode {
  if (isPull(issue)) return { __typename: 'PullRequest', repo, issue, pull: issue.pull };
  return { __typename: 'Issue', repo, issue };
}

export function issueNode(repo: Repository, issue: Issue): IssueNode {
  return { __typename: 'Issue', repo, issue };
}

/** @throws {Error} for an issue: the caller has asked before. */
export function pullNode(repo: Repository, issue: Issue): PullNode {
  if (!isPull(issue)) throw new Error(`#${issue.number} is no pull request`);
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

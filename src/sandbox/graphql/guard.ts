/** What may be read: an installation needs a permission for each kind of thing, a person the repository. */
import { covers, mustRead } from '../access.ts';
import { SandboxError } from '../error.ts';
import type { Repository } from '../state/repository.ts';
import type { Context } from './context.ts';
import { forbidden } from './errors.ts';

/** By type: app permissions of which one opens it. Types that are not named need only `metadata`. */
const scopes: Record<string, string[]> = {
  Issue: ['issues'],
  PullRequest: ['pull_requests'],
  IssueComment: ['issues', 'pull_requests'],
  Label: ['issues', 'pull_requests'],
  Milestone: ['issues', 'pull_requests'],
  PinnedIssue: ['issues'],
  PullRequestReview: ['pull_requests'],
  PullRequestCommit: ['pull_requests'],
  PullRequestChangedFile: ['pull_requests'],
  ReviewRequest: ['pull_requests'],
  CheckRun: ['checks'],
  CheckSuite: ['checks'],
  CheckAnnotation: ['checks'],
  StatusCheckRollup: ['checks', 'statuses'],
  StatusContext: ['statuses'],
  Status: ['statuses'],
  Ref: ['contents'],
  Commit: ['contents'],
  Tree: ['contents'],
  Blob: ['contents'],
  TreeEntry: ['contents'],
  Comparison: ['contents'],
};

/** Fields that lead to such a thing without asking for its own permission: what a pull request shows is part of it. */
const open = new Set(['PullRequestCommit.commit', 'PullRequest.mergeCommit', 'PullRequestReview.commit', 'CheckSuite.commit']);

function mayRead(context: Context, repo: Repository, scope: string[] | undefined): boolean {
  try {
    mustRead(context.world, context.actor, repo, scope);
    return true;
  } catch (error) {
    if (error instanceof SandboxError) return false;
    throw error;
  }
}

/** Whether the actor may read things of this type in this repository. */
export function canRead(context: Context, repo: Repository, typeName: string): boolean {
  return context.allowed(`${typeName} ${repo.id}`, () => mayRead(context, repo, scopes[typeName]));
}

function isNode(value: unknown): value is { __typename: string; repo: Repository } {
  return typeof value === 'object' && value !== null && '__typename' in value && 'repo' in value;
}

/** A node that may be shown, or the error that takes its place. `field` is `Type.field`. */
export function guardNode(context: Context, value: unknown, field: string): unknown {
  if (!isNode(value) || open.has(field) || canRead(context, value.repo, value.__typename)) return value;
  return forbidden();
}

/** Before a connection is made: its nodes' type must be readable. @throws {GraphQLError} FORBIDDEN */
export function guardConnection(context: Context, repo: Repository, nodeType: string): void {
  if (!canRead(context, repo, nodeType)) throw forbidden();
}

/** Whether the actor is an installation on this repository: then its permissions decide, not those of a person. */
export function actsAsInstallation(context: Context, repo: Repository): boolean {
  return covers(context.world, context.actor, repo);
}

/** From a node id to the thing it names, as far as the actor may see it. */
import { canSee } from '../access.ts';
import { commitOf } from '../git/objects.ts';
import { type NodeRef, readNodeId } from '../ids.ts';
import type { Repository } from '../state/repository.ts';
import type { Context } from './context.ts';
import { unknownId } from './errors.ts';
import {
  type AccountNode,
  type AnyNode,
  checkRunNode,
  commentNode,
  type EventNode,
  issueNode,
  labelNode,
  pullNode,
  refNode,
  repoNode,
  type ThreadNode,
} from './nodes.ts';
import { accountNode } from './resolvers/account.ts';
import { eventKinds } from './resolvers/event.ts';
import { findReaction } from './resolvers/reaction.ts';

function findGlobal(context: Context, ref: NodeRef): AnyNode | null {
  if (ref.kind === 'App') {
    const app = context.world.apps.get(Number(ref.key));
    return app ? { __typename: 'App', app } : null;
  }
  if (ref.kind === 'Team') {
    const team = context.world.teams.get(Number(ref.key));
    return team ? { __typename: 'Team', team } : null;
  }
  for (const account of context.world.accounts.values()) {
    if (account.id === ref.key) return accountNode(account);
  }
  return null;
}

function findThread(context: Context, repo: Repository, ref: NodeRef): ThreadNode | null {
  const placed = ref.kind === 'Issue' ? context.index.issue(Number(ref.key)) : context.index.pull(Number(ref.key));
  if (!placed || placed.repo.id !== repo.id || (placed.issue.pull !== null) !== (ref.kind === 'PullRequest')) return null;
  return placed.issue.pull ? pullNode(repo, placed.issue) : issueNode(repo, placed.issue);
}

function findEvent(repo: Repository, id: number): EventNode | null {
  for (const issue of repo.issues.values()) {
    for (const event of issue.timeline) {
      const kind = eventKinds[event.event];
      if (event.id === id && kind) return { __typename: kind, repo, issue, event };
    }
  }
  return null;
}

function findGit(repo: Repository, ref: NodeRef, type: 'commit' | 'tree' | 'blob'): AnyNode | null {
  const object = repo.objects.get(String(ref.key));
  if (object?.type !== type) return null;
  return { __typename: type === 'commit' ? 'Commit' : type === 'tree' ? 'Tree' : 'Blob', repo, sha: object.sha };
}

function wrapFound<T>(found: T | undefined, node: (found: T) => AnyNode): AnyNode | null {
  return found === undefined ? null : node(found);
}

function findInRepo(context: Context, repo: Repository, ref: NodeRef): AnyNode | null {
  const id = Number(ref.key);
  const key = String(ref.key);
  switch (ref.kind) {
    case 'Issue':
    case 'PullRequest':
      return findThread(context, repo, ref);
    case 'IssueComment':
      return wrapFound(repo.comments.get(id), (comment) => commentNode(repo, comment));
    case 'PullRequestReview':
      return wrapFound(repo.reviews.get(id), (review) => ({ __typename: 'PullRequestReview', repo, review }));
    case 'Label':
      return wrapFound(repo.labels.get(id), (label) => labelNode(repo, label));
    case 'Milestone':
      return wrapFound(
        [...repo.milestones.values()].find((one) => one.id === id),
        (milestone) => ({ __typename: 'Milestone', repo, milestone }),
      );
    case 'CheckRun':
      return wrapFound(repo.checkRuns.get(id), (run) => checkRunNode(repo, run));
    case 'CheckSuite':
      return wrapFound(repo.checkSuites.get(id), (suite) => ({ __typename: 'CheckSuite', repo, suite }));
    case 'StatusContext':
      return wrapFound(
        repo.statuses.find((one) => one.id === id),
        (status) => ({ __typename: 'StatusContext', repo, status }),
      );
    case 'Status':
    case 'StatusCheckRollup':
      return commitOf(repo, key) ? { __typename: ref.kind, repo, sha: key } : null;
    case 'Ref':
      return repo.refs.has(key) ? refNode(repo, key) : null;
    case 'Commit':
      return findGit(repo, ref, 'commit');
    case 'Tree':
      return findGit(repo, ref, 'tree');
    case 'Blob':
      return findGit(repo, ref, 'blob');
    case 'Event':
      return findEvent(repo, id);
    case 'Reaction':
      return findReaction(repo, id);
    default:
      return null;
  }
}

/** Null for an id that is none, names nothing, or lies in a repository out of sight. Permissions are asked elsewhere. */
export function findNode(context: Context, id: string): AnyNode | null {
  const ref = readNodeId(id);
  if (!ref) return null;
  if (ref.kind === 'Repository') {
    const repo = context.world.repositories.get(Number(ref.key));
    return repo && canSee(context.world, context.actor, repo) ? repoNode(repo) : null;
  }
  if (ref.repositoryId === null) return findGlobal(context, ref);
  const repo = context.world.repositories.get(ref.repositoryId);
  if (!repo || !canSee(context.world, context.actor, repo)) return null;
  return findInRepo(context, repo, ref);
}

type NodeOf<T extends AnyNode['__typename']> = Extract<AnyNode, { __typename: T }>;

/** The node that a mutation's argument names. @throws {GraphQLError} NOT_FOUND when it is none of these types. */
export function needNode<T extends AnyNode['__typename']>(context: Context, id: string, ...types: T[]): NodeOf<T> {
  const node = findNode(context, id);
  const wanted: readonly string[] = types;
  if (!node || !wanted.includes(node.__typename)) throw unknownId(id);
  return node as NodeOf<T>;
}

/** Accounts by id, for assignees and reviewers. */
export function needAccounts(context: Context, ids: readonly string[]): AccountNode[] {
  return ids.map((id) => needNode(context, id, 'User', 'Bot', 'Organization'));
}

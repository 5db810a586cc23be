/** Commit statuses, and the rollup of statuses and check runs. */
import type { CheckRunIsRequiredArgs } from '@octokit/graphql-schema';
import { nodeId } from '../../ids.ts';
import { appOfBot, isPull, type PullIssue } from '../../read.ts';
import { requiredChecks } from '../../rules.ts';
import type { CheckRun, Status } from '../../state/checks.ts';
import type { Repository } from '../../state/repository.ts';
import { type Page, type PageArgs, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { notFound, unprocessable } from '../errors.ts';
import { findNode } from '../lookup.ts';
import { type CheckRunNode, checkRunNode, commitNode, type ShaNode, type StatusContextNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { actorNode } from './account.ts';
import { combinedStatus, rollupState, runsOf, statusesOf, statusState } from './rollup.ts';

/** Null when nothing was reported on the commit. */
export function rollupNode(context: Context, repo: Repository, sha: string): ShaNode<'StatusCheckRollup'> | null {
  return rollupState(context, repo, sha) === null ? null : { __typename: 'StatusCheckRollup', repo, sha };
}

export function statusNode(context: Context, repo: Repository, sha: string): ShaNode<'Status'> | null {
  return combinedStatus(context, repo, sha) === null ? null : { __typename: 'Status', repo, sha };
}

/** Whether a rule of the base branch names it, and its app where the rule pins one. */
function isNamed(node: CheckRunNode | StatusContextNode, issue: PullIssue, context: Context): boolean {
  const isRun = node.__typename === 'CheckRun';
  const name = isRun ? node.run.name : node.status.context;
  const app = isRun ? node.run.appId : (appOfBot(context.world, node.status.creator)?.id ?? null);
  const { checks } = requiredChecks(node.repo, issue.pull.baseRef);
  return checks.some((check) => check.context === name && (check.appId === null || check.appId === app));
}

/** @throws {GraphQLError} when the pull request is not named or does not exist. */
export function isRequired(node: CheckRunNode | StatusContextNode, args: CheckRunIsRequiredArgs, context: Context): boolean {
  const { pullRequestId, pullRequestNumber } = args;
  if (pullRequestId) {
    const found = findNode(context, pullRequestId);
    if (found?.__typename === 'PullRequest') return isNamed(node, found.issue, context);
    throw notFound(`Could not resolve to PullRequest node with the global id of '${pullRequestId}'.`);
  }
  if (typeof pullRequestNumber !== 'number') throw unprocessable('Either pullRequestId or pullRequestNumber must be given.');
  const issue = node.repo.issues.get(pullRequestNumber);
  if (!issue || !isPull(issue)) throw notFound(`Could not resolve to a PullRequest with the number of ${pullRequestNumber}.`);
  return isNamed(node, issue, context);
}

function contextNode(repo: Repository, status: Status): StatusContextNode {
  return { __typename: 'StatusContext', repo, status };
}

function tally(states: string[]): { state: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => ({ state, count }));
}

type Entry = { run: CheckRun } | { status: Status };

/** Check runs first, then statuses. */
function pageOfContexts(repo: Repository, runs: CheckRun[], statuses: Status[], args: PageArgs): Page<unknown> {
  const entries: Entry[] = [...runs.map((run) => ({ run })), ...statuses.map((status) => ({ status }))];
  const shown = paginate(
    entries,
    args,
    (entry) => ('run' in entry ? entry.run.id : entry.status.id),
    (entry) => ('run' in entry ? checkRunNode(repo, entry.run) : contextNode(repo, entry.status)),
  );
  const counts = {
    checkRunCount: runs.length,
    checkRunCountsByState: tally(runs.map((run) => (run.conclusion ?? run.status).toUpperCase())),
    statusContextCount: statuses.length,
    statusContextCountsByState: tally(statuses.map((status) => status.state.toUpperCase())),
  };
  return Object.assign(shown, counts);
}

type RollupNode = ShaNode<'StatusCheckRollup'>;
type CombinedNode = ShaNode<'Status'>;

export const statusCheckRollupFields: Fields<RollupNode> = {
  id: ({ repo, sha }) => nodeId('StatusCheckRollup', repo.id, sha),
  commit: ({ repo, sha }) => commitNode(repo, sha),
  state: ({ repo, sha }, _args, context) => rollupState(context, repo, sha),
  contexts: ({ repo, sha }, args: PageArgs, context) =>
    pageOfContexts(repo, runsOf(context, repo, sha), statusesOf(context, repo, sha), args),
};

export const statusFields: Fields<CombinedNode> = {
  id: ({ repo, sha }) => nodeId('Status', repo.id, sha),
  commit: ({ repo, sha }) => commitNode(repo, sha),
  state: ({ repo, sha }, _args, context) => combinedStatus(context, repo, sha),
  contexts: ({ repo, sha }, _args, context) => statusesOf(context, repo, sha).map((status) => contextNode(repo, status)),
  context: ({ repo, sha }, args: { name: string }, context) => {
    const status = statusesOf(context, repo, sha).find((one) => one.context === args.name);
    return status ? contextNode(repo, status) : null;
  },
  combinedContexts: ({ repo, sha }, args: PageArgs, context) =>
    pageOfContexts(repo, runsOf(context, repo, sha), statusesOf(context, repo, sha), args),
};

export const statusContextFields: Fields<StatusContextNode> = {
  id: ({ repo, status }) => nodeId('StatusContext', repo.id, status.id),
  context: ({ status }) => status.context,
  state: ({ status }) => statusState(status),
  description: ({ status }) => status.description,
  targetUrl: ({ status }) => status.targetUrl,
  createdAt: ({ status }) => status.createdAt,
  creator: ({ status }, _args, context) => actorNode(context, status.creator),
  commit: ({ repo, status }) => commitNode(repo, status.sha),
  avatarUrl: (_node, _args, context) => `${context.world.url}/avatars/0`,
  isRequired,
};

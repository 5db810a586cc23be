/** What issues and pull requests have in common. */
import type { IssueCommentsArgs, IssueLabelsArgs } from '@octokit/graphql-schema';
import { atLeast } from '../../access.ts';
import { issueNodeId } from '../../payload/issue.ts';
import { labelsOf } from '../../read.ts';
import { type PageArgs, page, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { actsAsInstallation } from '../guard.ts';
import { linked, threadPath } from '../links.ts';
import { commentNode, type ThreadNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { userNode } from './account.ts';
import { pageOfLabels } from './label.ts';
import { reactable } from './reaction.ts';
import { timelineItems } from './timeline.ts';
import { written } from './written.ts';

/** People need triage, installations write access to the right kind. */
function mayTriage(node: ThreadNode, context: Context): boolean {
  if (context.actor.kind === 'user') return atLeast(context.permission(node.repo), 'triage');
  const scope = node.__typename === 'Issue' ? 'issues' : 'pull_requests';
  return (
    context.actor.kind === 'installation' &&
    actsAsInstallation(context, node.repo) &&
    context.actor.permissions[scope] === 'write'
  );
}

function mayClose(node: ThreadNode, context: Context): boolean {
  return context.isAuthor(node.issue.user) || mayTriage(node, context);
}

/** Everyone who wrote in it, the author first. */
function participants(node: ThreadNode, context: Context): string[] {
  const logins = [
    node.issue.user,
    ...context.index.comments(node.repo, node.issue.number).map((one) => one.user),
    ...node.issue.assignees,
  ];
  return [...new Set(logins)].filter((login) => userNode(context, login));
}

function pageOfUsers(logins: string[], args: PageArgs, context: Context): unknown {
  return paginate(logins, args, String, (login) => userNode(context, login));
}

function pageOfComments(node: ThreadNode, args: IssueCommentsArgs, context: Context): unknown {
  const comments = context.index.comments(node.repo, node.issue.number);
  const order = args.orderBy;
  const sorted = order
    ? comments.toSorted((a, b) => (a.updatedAt === b.updatedAt ? a.id - b.id : a.updatedAt < b.updatedAt ? -1 : 1))
    : comments;
  return page(order?.direction === 'DESC' ? sorted.toReversed() : sorted, args, (comment) => commentNode(node.repo, comment));
}

function milestoneOf({ repo, issue }: ThreadNode): unknown {
  const milestone = issue.milestone === null ? undefined : repo.milestones.get(issue.milestone);
  return milestone ? { __typename: 'Milestone', repo, milestone } : null;
}

/** Fields that read the same on both. */
export function threadFields<S extends ThreadNode>(): Fields<S> {
  return {
    ...written(({ repo, issue }: ThreadNode) => ({ repo, ...issue, body: issue.body ?? '' })),
    ...reactable<ThreadNode>(),
    ...linked(({ repo, issue }: ThreadNode) => threadPath(repo, issue)),
    id: ({ repo, issue }) => issueNodeId(repo, issue),
    number: ({ issue }) => issue.number,
    title: ({ issue }) => issue.title,
    titleHTML: ({ issue }) => issue.title.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    repository: ({ repo }) => ({ __typename: 'Repository', repo }),
    closed: ({ issue }) => issue.state === 'closed',
    closedAt: ({ issue }) => issue.closedAt,
    locked: ({ issue }) => issue.locked,
    activeLockReason: ({ issue }) => issue.lockReason?.toUpperCase().replaceAll(/[ -]/g, '_') ?? null,
    labels: ({ repo, issue }, args: IssueLabelsArgs) => pageOfLabels(repo, labelsOf(repo, issue), args),
    comments: pageOfComments,
    assignees: ({ issue }, args: PageArgs, context) => pageOfUsers(issue.assignees, args, context),
    participants: (node, args: PageArgs, context) => pageOfUsers(participants(node, context), args, context),
    milestone: milestoneOf,
    timelineItems,
    isReadByViewer: () => true,
    viewerCanClose: (node, _args, context) => mayClose(node, context),
    viewerCanReopen: (node, _args, context) => mayClose(node, context),
    viewerCanLabel: (node, _args, context) => mayTriage(node, context),
    viewerCanSubscribe: (_node, _args, context) => context.actor.kind === 'user',
    viewerSubscription: () => 'UNSUBSCRIBED',
  };
}

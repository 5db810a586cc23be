/** Issues. */
import type { IssueClosedByPullRequestsReferencesArgs } from '@octokit/graphql-schema';
import { type PageArgs, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { canRead } from '../guard.ts';
import { link, repoPath, threadPath } from '../links.ts';
import { type IssueNode, issueNode, pullNode } from '../nodes.ts';
import type { Placed } from '../read-index.ts';
import type { Fields } from '../types.ts';
import { threadFields } from './thread.ts';

function placedPage(found: Placed[], args: PageArgs): unknown {
  return paginate(
    found,
    args,
    ({ issue }) => issue.id,
    ({ repo, issue }) => issueNode(repo, issue),
  );
}

function childrenOf({ issue }: IssueNode, context: Context): Placed[] {
  return issue.subIssues.flatMap((id) => context.index.issue(id) ?? []);
}

function visible(ids: readonly number[], args: PageArgs, context: Context): unknown {
  const found = ids.flatMap((id) => context.index.issue(id) ?? []);
  return placedPage(
    found.filter(({ repo }) => canRead(context, repo, 'Issue')),
    args,
  );
}

function subIssuesSummary(node: IssueNode, context: Context): Record<string, number> {
  const children = childrenOf(node, context);
  const completed = children.filter((child) => child.issue.state === 'closed').length;
  const percentCompleted = children.length === 0 ? 0 : Math.floor((completed * 100) / children.length);
  return { total: children.length, completed, percentCompleted };
}

/** Without `includeClosedPrs` only open ones count. */
function closers(node: IssueNode, args: IssueClosedByPullRequestsReferencesArgs, context: Context): unknown {
  const found = context
    .closers(node.issue)
    .filter(({ repo, issue }) => (args.includeClosedPrs || issue.state === 'open') && canRead(context, repo, 'PullRequest'));
  if (args.orderByState) found.sort((a, b) => Number(a.issue.state === 'closed') - Number(b.issue.state === 'closed'));
  return paginate(
    args.userLinkedOnly ? [] : found,
    args,
    ({ issue }) => issue.id,
    ({ repo, issue }) => pullNode(repo, issue),
  );
}

function parentOf({ issue }: IssueNode, context: Context): IssueNode | null {
  const parent = issue.parent === null ? null : context.index.issue(issue.parent);
  return parent && canRead(context, parent.repo, 'Issue') ? issueNode(parent.repo, parent.issue) : null;
}

function stateReason({ issue }: IssueNode, args: { enableDuplicate?: boolean | null }): string | null {
  if (issue.stateReason === null) return null;
  return issue.stateReason === 'duplicate' && !args.enableDuplicate ? 'NOT_PLANNED' : issue.stateReason.toUpperCase();
}

export const issueFields: Fields<IssueNode> = {
  ...threadFields<IssueNode>(),
  databaseId: ({ issue }) => issue.id,
  fullDatabaseId: ({ issue }) => issue.id,
  state: ({ issue }) => issue.state.toUpperCase(),
  stateReason,
  isPinned: ({ issue }) => issue.pinned,
  parent: (node, _args, context) => parentOf(node, context),
  subIssues: (node, args: PageArgs, context) =>
    placedPage(
      childrenOf(node, context).filter(({ repo }) => canRead(context, repo, 'Issue')),
      args,
    ),
  blockedBy: ({ issue }, args: PageArgs, context) => visible(issue.blockedBy, args, context),
  blocking: ({ issue }, args: PageArgs, context) => {
    const all = [...context.world.repositories.values()].flatMap((repo) => [...repo.issues.values()]);
    const blocked = all.filter((other) => other.blockedBy.includes(issue.id));
    return visible(
      blocked.map(({ id }) => id),
      args,
      context,
    );
  },
  subIssuesSummary: (node, _args, context) => subIssuesSummary(node, context),
  closedByPullRequestsReferences: closers,
  trackedIssues: (_node, args: PageArgs) => placedPage([], args),
  trackedInIssues: (_node, args: PageArgs) => placedPage([], args),
  trackedIssuesCount: () => 0,
  bodyUrl: ({ repo, issue }, _args, context) => link(context, `${threadPath(repo, issue)}#issue-${issue.id}`),
  bodyResourcePath: ({ repo, issue }) => `${repoPath(repo)}/issues/${issue.number}#issue-${issue.id}`,
  viewerCanDelete: ({ repo }, _args, context) => context.permission(repo) === 'admin',
};

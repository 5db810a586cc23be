/** Issues, pull requests, labels and milestones of a repository. */
import type {
  RepositoryAssignableUsersArgs,
  RepositoryIssueArgs,
  RepositoryLabelArgs,
  RepositoryLabelsArgs,
  RepositoryMilestoneArgs,
  RepositoryMilestonesArgs,
} from '@octokit/graphql-schema';
import { atLeast } from '../../access.ts';
import { isPull, labelByName } from '../../read.ts';
import { type PageArgs, page, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { type IssueNode, issueNode, labelNode, type PullNode, pullNode, type RepoNode, threadNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { actorNode, userNode } from './account.ts';
import { pageOfLabels } from './label.ts';
import { pageOfIssues, pageOfPulls } from './thread-list.ts';

function issueNumbered({ repo }: RepoNode, number: number): IssueNode {
  const issue = repo.issues.get(number);
  if (!issue || isPull(issue)) throw notFound(`Could not resolve to an Issue with the number of ${number}.`);
  return issueNode(repo, issue);
}

function pullNumbered({ repo }: RepoNode, number: number): PullNode {
  const issue = repo.issues.get(number);
  if (!issue || !isPull(issue)) throw notFound(`Could not resolve to a PullRequest with the number of ${number}.`);
  return pullNode(repo, issue);
}

function anyNumbered({ repo }: RepoNode, number: number): unknown {
  const issue = repo.issues.get(number);
  if (!issue) throw notFound(`Could not resolve to an issue or pull request with the number of ${number}.`);
  return threadNode(repo, issue);
}

function milestones({ repo }: RepoNode, args: RepositoryMilestonesArgs): unknown {
  const states: readonly string[] = args.states ?? [];
  const found = [...repo.milestones.values()].filter(
    (one) =>
      (states.length === 0 || states.includes(one.state.toUpperCase())) &&
      (!args.query || one.title.toLowerCase().includes(args.query.toLowerCase())),
  );
  if (args.orderBy?.direction === 'DESC') found.reverse();
  return page(found, args, (milestone) => ({ __typename: 'Milestone', repo, milestone }));
}

function pinned({ repo }: RepoNode, args: PageArgs, context: Context): unknown {
  const found = [...repo.issues.values()].filter((issue) => issue.pinned);
  return page(found, args, (issue) => ({
    repo,
    id: `PI_${Buffer.from(String(issue.id)).toString('base64url')}`,
    databaseId: issue.id,
    fullDatabaseId: String(issue.id),
    issue: issueNode(repo, issue),
    pinnedBy: actorNode(context, issue.user),
    repository: { __typename: 'Repository', repo },
  }));
}

/** Whoever could be assigned: people with triage or more. */
function assignable({ repo }: RepoNode, args: RepositoryAssignableUsersArgs, context: Context): unknown {
  const logins = [...repo.collaborators].filter(([, permission]) => atLeast(permission, 'triage')).map(([login]) => login);
  const wanted = logins.filter((login) => login.toLowerCase().includes(args.query?.toLowerCase() ?? ''));
  return paginate(wanted, args, String, (login) => userNode(context, login));
}

export const repositoryThreads: Fields<RepoNode> = {
  issue: (node, args: RepositoryIssueArgs) => issueNumbered(node, args.number),
  pullRequest: (node, args: RepositoryIssueArgs) => pullNumbered(node, args.number),
  issueOrPullRequest: (node, args: RepositoryIssueArgs) => anyNumbered(node, args.number),
  issues: ({ repo }, args: Parameters<typeof pageOfIssues>[2], context) => pageOfIssues(context, repo, args),
  pullRequests: ({ repo }, args: Parameters<typeof pageOfPulls>[2], context) => pageOfPulls(context, repo, args),
  label: ({ repo }, args: RepositoryLabelArgs) => {
    const label = labelByName(repo, args.name);
    return label ? labelNode(repo, label) : null;
  },
  labels: ({ repo }, args: RepositoryLabelsArgs) => pageOfLabels(repo, [...repo.labels.values()], args),
  milestone: ({ repo }, args: RepositoryMilestoneArgs) => {
    const milestone = repo.milestones.get(args.number);
    return milestone ? { __typename: 'Milestone', repo, milestone } : null;
  },
  milestones,
  pinnedIssues: pinned,
  assignableUsers: assignable,
};

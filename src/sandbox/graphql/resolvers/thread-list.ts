/** Lists of issues and of pull requests: filters, order, page. */
import type { IssueFilters, IssueOrder, RepositoryIssuesArgs, RepositoryPullRequestsArgs } from '@octokit/graphql-schema';
import { isPull, labelByName, type PullIssue } from '../../read.ts';
import type { Issue } from '../../state/issues.ts';
import type { Repository } from '../../state/repository.ts';
import { type Page, page } from '../connection.ts';
import type { Context } from '../context.ts';
import { type IssueNode, issueNode, type PullNode, pullNode } from '../nodes.ts';
import { pullState } from './pull-state.ts';

type Test = (issue: Issue) => boolean;

/** Issues that have any of these labels. */
function hasAnyLabel(repo: Repository, names: readonly string[] | null | undefined): Test {
  if (!names || names.length === 0) return () => true;
  const ids = new Set(names.flatMap((name) => labelByName(repo, name)?.id ?? []));
  return (issue) => issue.labels.some((id) => ids.has(id));
}

function hasAssignee(wanted: string | null | undefined): Test {
  if (!wanted) return () => true;
  if (wanted === '*') return (issue) => issue.assignees.length > 0;
  return (issue) => issue.assignees.some((login) => login.toLowerCase() === wanted.toLowerCase());
}

function hasMilestone(repo: Repository, filters: IssueFilters): Test {
  const wanted = filters.milestoneNumber ?? filters.milestone;
  if (!wanted) return () => true;
  if (wanted === '*') return (issue) => issue.milestone !== null;
  return (issue) =>
    issue.milestone !== null && (String(issue.milestone) === wanted || repo.milestones.get(issue.milestone)?.title === wanted);
}

function passesFilters(repo: Repository, filters: IssueFilters | null | undefined): Test {
  if (!filters) return () => true;
  const tests: Test[] = [
    hasAnyLabel(repo, filters.labels),
    hasAssignee(filters.assignee),
    hasMilestone(repo, filters),
    (issue) => !filters.createdBy || issue.user.toLowerCase() === filters.createdBy.toLowerCase(),
    (issue) => !filters.since || Date.parse(issue.updatedAt) >= Date.parse(String(filters.since)),
    (issue) => !filters.mentioned || (issue.body ?? '').toLowerCase().includes(`@${filters.mentioned.toLowerCase()}`),
    (issue) =>
      !filters.states || filters.states.length === 0 || filters.states.includes(issue.state === 'open' ? 'OPEN' : 'CLOSED'),
  ];
  return (issue) => tests.every((test) => test(issue));
}

/** Numbers rise with time, so they stand for `CREATED_AT`; equal times fall back to them. */
function sortThreads(context: Context, repo: Repository, issues: Issue[], order: IssueOrder | null | undefined): void {
  if (order?.field === 'UPDATED_AT') {
    issues.sort((a, b) => (a.updatedAt === b.updatedAt ? a.number - b.number : a.updatedAt < b.updatedAt ? -1 : 1));
  } else if (order?.field === 'COMMENTS') {
    const count = (issue: Issue): number => context.index.comments(repo, issue.number).length;
    issues.sort((a, b) => count(a) - count(b) || a.number - b.number);
  } else issues.sort((a, b) => a.number - b.number);
  if (order?.direction === 'DESC') issues.reverse();
}

/** One page of the repository's issues, oldest first unless said otherwise. */
export function pageOfIssues(
  context: Context,
  repo: Repository,
  args: RepositoryIssuesArgs,
  also: Test = () => true,
): Page<IssueNode> {
  const labelled = hasAnyLabel(repo, args.labels);
  const passes = passesFilters(repo, args.filterBy);
  const states: readonly string[] = args.states ?? [];
  const found = [...repo.issues.values()].filter(
    (issue) =>
      issue.pull === null &&
      (states.length === 0 || states.includes(issue.state === 'open' ? 'OPEN' : 'CLOSED')) &&
      labelled(issue) &&
      passes(issue) &&
      also(issue),
  );
  sortThreads(context, repo, found, args.orderBy);
  return page(found, args, (issue) => issueNode(repo, issue));
}

/** One page of the repository's pull requests. */
export function pageOfPulls(
  context: Context,
  repo: Repository,
  args: RepositoryPullRequestsArgs,
  also: (issue: PullIssue) => boolean = () => true,
): Page<PullNode> {
  const labelled = hasAnyLabel(repo, args.labels);
  const states: readonly string[] = args.states ?? [];
  const found = [...repo.issues.values()]
    .filter(isPull)
    .filter(
      (issue) =>
        (states.length === 0 || states.includes(pullState(issue))) &&
        (!args.headRefName || issue.pull.headRef === args.headRefName) &&
        (!args.baseRefName || issue.pull.baseRef === args.baseRefName) &&
        labelled(issue) &&
        also(issue),
    );
  sortThreads(context, repo, found, args.orderBy);
  return page(found, args, (issue) => pullNode(repo, issue));
}

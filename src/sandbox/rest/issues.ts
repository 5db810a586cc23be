/** REST: issues, their labels, assignees, locks, events and timeline. */

import { createIssue, type IssueChange, lock, unlock, updateIssue } from '../actions/index.ts';
import { SandboxError } from '../error.ts';
import { fullIssueJson, issueJson } from '../payload/issue.ts';
import { commentsOf, labelsOf } from '../read.ts';
import type { Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, choice, created, issueOf, list, noContent, ok, repoOf, route } from './call.ts';
import { assigneeLogin, labelNames } from './issue-parts.ts';

function wholeNumber(value: string | number | null | undefined): number | null | undefined {
  return typeof value === 'string' ? Number(value) : value;
}

function create(call: Call): Answer {
  const repo = repoOf(call);
  const body = bodyOf(call, 'issues/create');
  const issue = createIssue(call.sandbox, call.actor, repo, {
    title: String(body.title),
    body: body.body,
    labels: labelNames(body.labels),
    assignees: body.assignees ?? (body.assignee ? [body.assignee] : []),
    milestone: wholeNumber(body.milestone),
  });
  return created(fullIssueJson(call.world, repo, issue));
}

function update(call: Call): Answer {
  const { repo, issue } = issueOf(call);
  const body = bodyOf(call, 'issues/update');
  const change: IssueChange = {
    title: body.title === undefined || body.title === null ? undefined : String(body.title),
    body: body.body,
    state: body.state,
    stateReason: body.state_reason,
    labels: body.labels === undefined ? undefined : labelNames(body.labels),
    assignees: body.assignees?.map(assigneeLogin),
    milestone: wholeNumber(body.milestone),
  };
  updateIssue(call.sandbox, call.actor, repo, issue, change);
  return ok(fullIssueJson(call.world, repo, issue));
}

type Filter = (issue: Issue) => boolean;

function filters(call: Call, repo: Repository): Filter[] {
  const state = choice(call, 'state', ['open', 'closed', 'all'], 'open', 'Issue');
  const wanted = (name: string): string | null => call.query.get(name);
  const [creator, assignee, milestone, since] = ['creator', 'assignee', 'milestone', 'since'].map(wanted);
  const labels = (wanted('labels') ?? '').split(',').filter(Boolean);
  const found: Filter[] = [];
  if (state !== 'all') found.push((issue) => issue.state === state);
  for (const name of labels) {
    found.push((issue) => labelsOf(repo, issue).some((label) => label.name.toLowerCase() === name.trim().toLowerCase()));
  }
  if (creator) found.push((issue) => issue.user === creator);
  if (assignee === 'none') found.push((issue) => issue.assignees.length === 0);
  else if (assignee === '*') found.push((issue) => issue.assignees.length > 0);
  else if (assignee) found.push((issue) => issue.assignees.includes(assignee));
  if (milestone === 'none') found.push((issue) => issue.milestone === null);
  else if (milestone === '*') found.push((issue) => issue.milestone !== null);
  else if (milestone) found.push((issue) => issue.milestone === Number(milestone));
  if (since) found.push((issue) => Date.parse(issue.updatedAt) >= Date.parse(since));
  return found;
}

function sortKey(repo: Repository, issue: Issue, sort: 'created' | 'updated' | 'comments'): number {
  if (sort === 'comments') return commentsOf(repo, issue).length;
  return Date.parse(sort === 'created' ? issue.createdAt : issue.updatedAt);
}

function listIssues(call: Call): Answer {
  const repo = repoOf(call, 'issues');
  if (!repo.hasIssues) throw new SandboxError(410, 'Issues has been disabled in this repository.');
  const sort = choice(call, 'sort', ['created', 'updated', 'comments'], 'created', 'Issue');
  const sign = choice(call, 'direction', ['asc', 'desc'], 'desc', 'Issue') === 'asc' ? 1 : -1;
  const tests = filters(call, repo);
  const found = [...repo.issues.values()]
    .filter((issue) => tests.every((test) => test(issue)))
    .sort((a, b) => sign * (sortKey(repo, a, sort) - sortKey(repo, b, sort) || a.number - b.number));
  return list(call, found, (issue) => issueJson(call.world, repo, issue));
}

const issue = '/repos/{owner}/{repo}/issues/{issue_number}' as const;

export const issueRoutes = [
  route('GET /repos/{owner}/{repo}/issues', listIssues),
  route('POST /repos/{owner}/{repo}/issues', create),
  route(`GET ${issue}`, (call) => {
    const found = issueOf(call);
    return ok(fullIssueJson(call.world, found.repo, found.issue));
  }),
  route(`PATCH ${issue}`, update),
  route(`PUT ${issue}/lock`, (call) => {
    const found = issueOf(call);
    const reason = bodyOf(call, 'issues/lock')?.lock_reason ?? null;
    lock(call.sandbox, call.actor, found.repo, found.issue, reason);
    return noContent;
  }),
  route(`DELETE ${issue}/lock`, (call) => {
    const found = issueOf(call);
    unlock(call.sandbox, call.actor, found.repo, found.issue);
    return noContent;
  }),
];

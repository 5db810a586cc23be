/** REST: issues, their labels, assignees, locks, events and timeline. */

import { mustRead } from '../access.ts';
import {
  addAssignees,
  addLabels,
  canBeAssigned,
  createIssue,
  type IssueChange,
  lock,
  removeAssignees,
  removeLabel,
  setLabels,
  unlock,
  updateIssue,
} from '../actions/index.ts';
import { invalid, notFound, SandboxError } from '../error.ts';
import { userJson } from '../payload/account.ts';
import { commentJson, eventJson, fullIssueJson, issueJson, labelJson } from '../payload/issue.ts';
import type { Json } from '../payload/json.ts';
import { commentsOf, labelsOf } from '../read.ts';
import type { Issue, Repository } from '../state/types.ts';
import { type Answer, bodyOf, type Call, choice, created, issueOf, list, noContent, ok, param, repoOf, route } from './call.ts';

/** Labels come as names or as objects. */
export function labelNames(labels: unknown): string[] {
  if (!Array.isArray(labels)) return typeof labels === 'string' ? [labels] : [];
  return labels.flatMap((label: unknown) => {
    if (typeof label === 'string') return label;
    const name = typeof label === 'object' && label !== null && 'name' in label ? label.name : undefined;
    if (typeof name !== 'string') throw invalid('Label', 'name', 'missing_field');
    return name;
  });
}

/** Assignees come as logins or as objects. */
function assigneeLogin(assignee: string | { login?: string }): string {
  return typeof assignee === 'string' ? assignee : (assignee.login ?? '');
}

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

function labelsAnswer(call: Call, repo: Repository, issue: Issue): Answer {
  return ok(labelsOf(repo, issue).map((label) => labelJson(call.world, repo, label)));
}

/** Bodies of the label routes: `{labels: [...]}`, or the array itself. */
function givenLabels(call: Call): string[] {
  const { body } = call;
  const inner = typeof body === 'object' && body !== null && 'labels' in body ? body.labels : body;
  return labelNames(Array.isArray(inner) || typeof inner === 'string' ? inner : []);
}

function assign(call: Call, change: typeof addAssignees): Answer {
  const { repo, issue } = issueOf(call);
  const body = bodyOf(call, 'issues/add-assignees');
  change(call.sandbox, call.actor, repo, issue, (body.assignees ?? []).map(assigneeLogin));
  const json = fullIssueJson(call.world, repo, issue);
  return change === addAssignees ? created(json) : ok(json);
}

function timeline(call: Call): Answer {
  const { repo, issue } = issueOf(call);
  const comments = commentsOf(repo, issue).map((comment): Json => {
    const user = userJson(call.world, comment.user);
    return { event: 'commented', actor: user, ...commentJson(call.world, repo, issue, comment) };
  });
  const all = [...issue.timeline.map((event) => eventJson(call.world, repo, issue, event)), ...comments];
  const at = (entry: Json): string => String(entry.created_at);
  return list(
    call,
    all.sort((a, b) => at(a).localeCompare(at(b)) || Number(a.id) - Number(b.id)),
    (entry) => entry,
  );
}

function assignees(repo: Repository): string[] {
  return [...repo.collaborators.keys()].filter((name) => canBeAssigned(repo, name));
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
  route(`GET ${issue}/labels`, (call) => {
    const { repo, issue } = issueOf(call);
    return list(call, labelsOf(repo, issue), (label) => labelJson(call.world, repo, label));
  }),
  route(`POST ${issue}/labels`, (call) => {
    const { repo, issue } = issueOf(call);
    addLabels(call.sandbox, call.actor, repo, issue, givenLabels(call));
    return labelsAnswer(call, repo, issue);
  }),
  route(`PUT ${issue}/labels`, (call) => {
    const { repo, issue } = issueOf(call);
    setLabels(call.sandbox, call.actor, repo, issue, givenLabels(call));
    return labelsAnswer(call, repo, issue);
  }),
  route(`DELETE ${issue}/labels`, (call) => {
    const { repo, issue } = issueOf(call);
    setLabels(call.sandbox, call.actor, repo, issue, []);
    return noContent;
  }),
  route(`DELETE ${issue}/labels/{name}`, (call) => {
    const { repo, issue } = issueOf(call);
    removeLabel(call.sandbox, call.actor, repo, issue, param(call, 'name'));
    return labelsAnswer(call, repo, issue);
  }),
  route(`POST ${issue}/assignees`, (call) => assign(call, addAssignees)),
  route(`DELETE ${issue}/assignees`, (call) => assign(call, removeAssignees)),
  route(`GET ${issue}/events`, (call) => {
    const { repo, issue } = issueOf(call);
    return list(call, issue.timeline, (event) => eventJson(call.world, repo, issue, event));
  }),
  route(`GET ${issue}/timeline`, timeline),
  route('GET /repos/{owner}/{repo}/assignees', (call) => {
    const repo = repoOf(call, ['issues', 'pull_requests']);
    return list(call, assignees(repo), (name) => userJson(call.world, name));
  }),
  route('GET /repos/{owner}/{repo}/assignees/{assignee}', (call) => {
    const repo = repoOf(call);
    mustRead(call.world, call.actor, repo, ['issues', 'pull_requests']);
    if (!assignees(repo).includes(param(call, 'assignee'))) throw notFound();
    return noContent;
  }),
];

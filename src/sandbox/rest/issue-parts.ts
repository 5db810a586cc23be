/** REST: labels, assignees, events and timeline of one issue. */

import { mustRead } from '../access.ts';
import { addAssignees, addLabels, canBeAssigned, removeAssignees, removeLabel, setLabels } from '../actions/index.ts';
import { invalid, notFound } from '../error.ts';
import { userJson } from '../payload/account.ts';
import { commentJson, eventJson, fullIssueJson } from '../payload/issue.ts';
import type { Json } from '../payload/json.ts';
import { labelJson } from '../payload/label.ts';
import { commentsOf, labelsOf } from '../read.ts';
import type { Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, created, issueOf, list, noContent, ok, param, repoOf, route } from './call.ts';

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
export function assigneeLogin(assignee: string | { login?: string }): string {
  return typeof assignee === 'string' ? assignee : (assignee.login ?? '');
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

export const issuePartRoutes = [
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

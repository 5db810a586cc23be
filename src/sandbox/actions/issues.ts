/** Issues: opening, editing, closing. What holds for pull requests too is shared. */
import { appIdOf, loginOf, mayWrite, mustRead, mustWrite } from '../access.ts';
import { checkLength, invalid, SandboxError } from '../error.ts';
import type { Json } from '../payload/json.ts';
import { labelJson } from '../payload/label.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Issue } from '../state/issues.ts';
import type { Pull } from '../state/pulls.ts';
import type { Repository } from '../state/repository.ts';
import { assignable, checkMilestone, emitAssigned, emitMilestoned, setAssignees, setMilestone } from './assignment.ts';
import { emitIssue, note, scopeOf } from './common.ts';
import { findOrCreateLabels, setLabels } from './labels.ts';

/** GitHub's limit for bodies of issues, pull requests and comments, in characters. */
export const bodyLimit = 65_536;

export interface IssueInput {
  title: string;
  body?: string | null;
  labels?: string[];
  assignees?: string[];
  milestone?: number | null;
}

export function checkText(resource: string, title: string | undefined, body: string | null | undefined): void {
  if (title !== undefined && title.trim() === '') throw invalid(resource, 'title', 'missing_field');
  checkLength(resource, 'title', title, 256);
  checkLength(resource, 'body', body, bodyLimit);
}

/** A new entry among the issues, not told to anybody yet. */
export function newIssue(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  title: string,
  body: string | null,
  pull: Pull | null,
): Issue {
  const now = sandbox.now();
  const issue: Issue = {
    id: sandbox.nextId(),
    number: repo.nextNumber++,
    title,
    body,
    user: loginOf(sandbox.world, actor),
    appId: appIdOf(actor),
    state: 'open',
    stateReason: null,
    locked: false,
    lockReason: null,
    pinned: false,
    labels: [],
    assignees: [],
    milestone: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    lastEditor: null,
    lastEditedAt: null,
    reactions: [],
    timeline: [],
    subIssues: [],
    parent: null,
    blockedBy: [],
    pull,
  };
  repo.issues.set(issue.number, issue);
  return issue;
}

/**
 * Anyone who reads may open one; labels, assignees and milestone of those without triage are dropped in silence, as on GitHub.
 * @throws 410 when the repository has no issues.
 */
export function createIssue(sandbox: Sandbox, actor: Actor, repo: Repository, input: IssueInput): Issue {
  const { world } = sandbox;
  mustRead(world, actor, repo);
  if (!repo.hasIssues) throw new SandboxError(410, 'Issues has been disabled in this repository.');
  mustWrite(world, actor, repo, 'read', 'issues');
  checkText('Issue', input.title, input.body);
  const trusted = mayWrite(world, actor, repo, 'triage', 'issues');
  const labels = trusted ? [...new Set(findOrCreateLabels(sandbox, actor, repo, input.labels ?? []))] : [];
  if (trusted) checkMilestone(repo, input.milestone);
  const issue = newIssue(sandbox, actor, repo, input.title, input.body ?? null, null);
  issue.labels = labels.map((label) => label.id);
  issue.milestone = trusted ? (input.milestone ?? null) : null;
  issue.assignees = trusted ? assignable(sandbox, repo, input.assignees ?? []) : [];
  for (const label of labels) note(sandbox, actor, issue, 'labeled', { label: label.name });
  emitIssue(sandbox, actor, repo, issue, 'opened');
  for (const label of labels) emitIssue(sandbox, actor, repo, issue, 'labeled', { label: labelJson(world, repo, label) });
  for (const login of issue.assignees) emitAssigned(sandbox, actor, repo, issue, login, 'assigned');
  if (issue.milestone !== null) emitMilestoned(sandbox, actor, repo, issue, issue.milestone, 'milestoned');
  return issue;
}

export interface IssueChange {
  title?: string;
  body?: string | null;
  state?: 'open' | 'closed';
  stateReason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  labels?: string[];
  assignees?: string[];
  milestone?: number | null;
}

/** The author may edit, close and reopen; triage may close, label and assign; write may edit. */
export function updateIssue(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, change: IssueChange): Issue {
  const { world } = sandbox;
  const own = issue.user === loginOf(world, actor);
  const edits = change.title !== undefined || change.body !== undefined;
  mustWrite(world, actor, repo, own ? 'read' : edits ? 'write' : 'triage', scopeOf(issue));
  checkText('Issue', change.title, change.body);
  const trusted = mayWrite(world, actor, repo, 'triage', scopeOf(issue));
  if (trusted) checkMilestone(repo, change.milestone);
  editText(sandbox, actor, repo, issue, change);
  if (trusted && change.labels) setLabels(sandbox, actor, repo, issue, change.labels);
  if (trusted && change.assignees) setAssignees(sandbox, actor, repo, issue, change.assignees);
  if (trusted && change.milestone !== undefined) setMilestone(sandbox, actor, repo, issue, change.milestone);
  if (change.state === 'closed' && issue.state === 'open') closeIssue(sandbox, actor, repo, issue, change.stateReason ?? null);
  else if (change.state === 'closed' && change.stateReason && !issue.pull) issue.stateReason = change.stateReason;
  if (change.state === 'open' && issue.state === 'closed') reopenIssue(sandbox, actor, repo, issue);
  return issue;
}

/** Title and body; says `edited` with what they were. Nothing is told when nothing changes. */
function editText(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, change: IssueChange): void {
  const changes: Json = {};
  if (change.title !== undefined && change.title !== issue.title) {
    changes.title = { from: issue.title };
    note(sandbox, actor, issue, 'renamed', { from: issue.title, to: change.title });
    issue.title = change.title;
  }
  if (change.body !== undefined && change.body !== issue.body) {
    changes.body = { from: issue.body ?? '' };
    issue.body = change.body;
    issue.lastEditor = loginOf(sandbox.world, actor);
    issue.lastEditedAt = sandbox.now();
  }
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = sandbox.now();
  emitIssue(sandbox, actor, repo, issue, 'edited', { changes });
}

/** Closes without looking at rights. */
export function closeIssue(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  reason: Issue['stateReason'],
  commitSha: string | null = null,
): void {
  issue.state = 'closed';
  issue.stateReason = issue.pull ? null : (reason ?? 'completed');
  issue.closedAt = sandbox.now();
  issue.closedBy = loginOf(sandbox.world, actor);
  note(sandbox, actor, issue, 'closed', { commitSha });
  emitIssue(sandbox, actor, repo, issue, 'closed');
}

function reopenIssue(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue): void {
  issue.state = 'open';
  issue.stateReason = issue.pull ? null : 'reopened';
  issue.closedAt = null;
  issue.closedBy = null;
  note(sandbox, actor, issue, 'reopened');
  emitIssue(sandbox, actor, repo, issue, 'reopened');
}

/** Issues: opening, editing, closing, deleting, locking, pinning, assigning. What holds for pull requests too is shared. */
import { appIdOf, loginOf, mayWrite, mustRead, mustWrite, permissionOf } from '../access.ts';
import { checkLength, invalid, SandboxError } from '../error.ts';
import { userJson } from '../payload/account.ts';
import { labelJson, milestoneJson } from '../payload/issue.ts';
import type { Json } from '../payload/json.ts';
import { accountByLogin } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor, Issue, Pull, Repository } from '../state/types.ts';
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
export function editText(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, change: IssueChange): void {
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

/** Deleting is for admins (GitHub docs); the number answers 410 from then on. */
export function deleteIssue(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue): void {
  mustWrite(sandbox.world, actor, repo, 'admin', 'administration');
  if (issue.pull) throw new SandboxError(422, 'Pull requests cannot be deleted.');
  emitIssue(sandbox, actor, repo, issue, 'deleted');
  repo.issues.delete(issue.number);
  repo.deletedNumbers.add(issue.number);
  for (const comment of [...repo.comments.values()]) if (comment.issueNumber === issue.number) repo.comments.delete(comment.id);
}

export function lock(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, reason: Issue['lockReason']): void {
  mustWrite(sandbox.world, actor, repo, 'triage', scopeOf(issue));
  if (issue.locked) return;
  issue.locked = true;
  issue.lockReason = reason;
  note(sandbox, actor, issue, 'locked');
  emitIssue(sandbox, actor, repo, issue, 'locked');
}

export function unlock(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue): void {
  mustWrite(sandbox.world, actor, repo, 'triage', scopeOf(issue));
  if (!issue.locked) return;
  issue.locked = false;
  issue.lockReason = null;
  note(sandbox, actor, issue, 'unlocked');
  emitIssue(sandbox, actor, repo, issue, 'unlocked');
}

/** @throws 422 when three are pinned already. */
export function pinIssue(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue): void {
  mustWrite(sandbox.world, actor, repo, 'write', 'issues');
  if (issue.pinned) return;
  const pinned = [...repo.issues.values()].filter((one) => one.pinned).length;
  if (pinned >= 3) throw new SandboxError(422, 'Maximum 3 pinned issues per repository');
  issue.pinned = true;
  note(sandbox, actor, issue, 'pinned');
  emitIssue(sandbox, actor, repo, issue, 'pinned');
}

export function unpinIssue(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue): void {
  mustWrite(sandbox.world, actor, repo, 'write', 'issues');
  if (!issue.pinned) return;
  issue.pinned = false;
  note(sandbox, actor, issue, 'unpinned');
  emitIssue(sandbox, actor, repo, issue, 'unpinned');
}

/** Those whom the repository lets be assigned: its people. Others are passed over in silence. At most 10. */
function assignable(sandbox: Sandbox, repo: Repository, logins: string[]): string[] {
  const known = logins.flatMap((login) => accountByLogin(sandbox.world, login)?.login ?? []);
  return [...new Set(known)].filter((login) => canBeAssigned(repo, login)).slice(0, 10);
}

export function canBeAssigned(repo: Repository, login: string): boolean {
  const isTheirs = repo.ownerLogin === login || repo.collaborators.has(login);
  return isTheirs && permissionOf(repo, login) !== 'none';
}

function emitAssigned(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, login: string, action: string): void {
  note(sandbox, actor, issue, action, { subject: login });
  emitIssue(sandbox, actor, repo, issue, action, { assignee: userJson(sandbox.world, login) });
}

export function addAssignees(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, logins: string[]): void {
  mustWrite(sandbox.world, actor, repo, 'triage', scopeOf(issue));
  for (const login of assignable(sandbox, repo, logins)) {
    if (issue.assignees.includes(login) || issue.assignees.length >= 10) continue;
    issue.assignees.push(login);
    emitAssigned(sandbox, actor, repo, issue, login, 'assigned');
  }
}

export function removeAssignees(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, logins: string[]): void {
  mustWrite(sandbox.world, actor, repo, 'triage', scopeOf(issue));
  for (const login of logins) {
    if (!issue.assignees.includes(login)) continue;
    issue.assignees = issue.assignees.filter((one) => one !== login);
    emitAssigned(sandbox, actor, repo, issue, login, 'unassigned');
  }
}

function setAssignees(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, logins: string[]): void {
  removeAssignees(
    sandbox,
    actor,
    repo,
    issue,
    issue.assignees.filter((login) => !logins.includes(login)),
  );
  addAssignees(sandbox, actor, repo, issue, logins);
}

function checkMilestone(repo: Repository, number: number | null | undefined): void {
  if (typeof number === 'number' && !repo.milestones.has(number)) throw invalid('Issue', 'milestone', 'invalid');
}

function emitMilestoned(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, number: number, action: string): void {
  const milestone = repo.milestones.get(number);
  if (!milestone) return;
  note(sandbox, actor, issue, action, { subject: milestone.title });
  emitIssue(sandbox, actor, repo, issue, action, { milestone: milestoneJson(sandbox.world, repo, milestone) });
}

function setMilestone(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, number: number | null): void {
  const before = issue.milestone;
  if (before === number) return;
  issue.milestone = number;
  if (before !== null) emitMilestoned(sandbox, actor, repo, issue, before, 'demilestoned');
  if (number !== null) emitMilestoned(sandbox, actor, repo, issue, number, 'milestoned');
}

/** Who an issue is assigned to and which milestone it belongs to. */
import { mustWrite, permissionOf } from '../access.ts';
import { invalid } from '../error.ts';
import { userJson } from '../payload/account.ts';
import { milestoneJson } from '../payload/label.ts';
import { accountByLogin } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import { emitIssue, note, scopeOf } from './common.ts';

/** Those whom the repository lets be assigned: its people. Others are passed over in silence. At most 10. */
export function assignable(sandbox: Sandbox, repo: Repository, logins: string[]): string[] {
  const known = logins.flatMap((login) => accountByLogin(sandbox.world, login)?.login ?? []);
  return [...new Set(known)].filter((login) => canBeAssigned(repo, login)).slice(0, 10);
}

export function canBeAssigned(repo: Repository, login: string): boolean {
  const isTheirs = repo.ownerLogin === login || repo.collaborators.has(login);
  return isTheirs && permissionOf(repo, login) !== 'none';
}

export function emitAssigned(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  login: string,
  action: string,
): void {
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

export function setAssignees(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, logins: string[]): void {
  removeAssignees(
    sandbox,
    actor,
    repo,
    issue,
    issue.assignees.filter((login) => !logins.includes(login)),
  );
  addAssignees(sandbox, actor, repo, issue, logins);
}

export function checkMilestone(repo: Repository, number: number | null | undefined): void {
  if (typeof number === 'number' && !repo.milestones.has(number)) throw invalid('Issue', 'milestone', 'invalid');
}

export function emitMilestoned(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  number: number,
  action: string,
): void {
  const milestone = repo.milestones.get(number);
  if (!milestone) return;
  note(sandbox, actor, issue, action, { subject: milestone.title });
  emitIssue(sandbox, actor, repo, issue, action, { milestone: milestoneJson(sandbox.world, repo, milestone) });
}

export function setMilestone(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, number: number | null): void {
  const before = issue.milestone;
  if (before === number) return;
  issue.milestone = number;
  if (before !== null) emitMilestoned(sandbox, actor, repo, issue, before, 'demilestoned');
  if (number !== null) emitMilestoned(sandbox, actor, repo, issue, number, 'milestoned');
}

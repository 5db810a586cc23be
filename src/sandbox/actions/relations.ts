/** Sub-issues and blocked-by links between issues. */
import { mustWrite } from '../access.ts';
import { notFound, SandboxError } from '../error.ts';
import { issueJson } from '../payload/issue.ts';
import { repositoryJson } from '../payload/repository.ts';
import { issueById } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';

/** An issue and where it lives. */
interface Place {
  repo: Repository;
  issue: Issue;
}

function find(sandbox: Sandbox, id: number): Place {
  const found = issueById(sandbox.world, id);
  if (!found || found.issue.pull) throw notFound('The provided sub-issue does not exist');
  return found;
}

function emitSub(sandbox: Sandbox, actor: Actor, parent: Place, child: Place, change: 'added' | 'removed'): void {
  const { world } = sandbox;
  const sides = {
    parent_issue_id: parent.issue.id,
    parent_issue: issueJson(world, parent.repo, parent.issue),
    sub_issue_id: child.issue.id,
    sub_issue: issueJson(world, child.repo, child.issue),
  };
  sandbox.emit({
    event: 'sub_issues',
    action: `sub_issue_${change}`,
    repo: parent.repo,
    actor,
    payload: { ...sides, sub_issue_repo: repositoryJson(world, child.repo) },
  });
  sandbox.emit({
    event: 'sub_issues',
    action: `parent_issue_${change}`,
    repo: child.repo,
    actor,
    payload: { ...sides, parent_issue_repo: repositoryJson(world, parent.repo) },
  });
}

function depthAbove(sandbox: Sandbox, issue: Issue): number {
  const parent = issue.parent === null ? null : issueById(sandbox.world, issue.parent);
  return parent ? 1 + depthAbove(sandbox, parent.issue) : 1;
}

function depthBelow(sandbox: Sandbox, issue: Issue): number {
  const depths = issue.subIssues
    .map((id) => issueById(sandbox.world, id))
    .map((one) => (one ? depthBelow(sandbox, one.issue) : 0));
  return 1 + Math.max(0, ...depths);
}

function isAbove(sandbox: Sandbox, issue: Issue, below: Issue): boolean {
  if (issue === below) return true;
  const parent = below.parent === null ? null : issueById(sandbox.world, below.parent);
  return parent ? isAbove(sandbox, issue, parent.issue) : false;
}

/** @throws 422 when it has a parent already (unless replaced), would make a ring, or exceeds 100 a parent or 8 levels. */
export function addSubIssue(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  parent: Issue,
  childId: number,
  replaceParent = false,
): Issue {
  mustWrite(sandbox.world, actor, repo, 'triage', 'issues');
  const child = find(sandbox, childId);
  if (isAbove(sandbox, child.issue, parent)) throw new SandboxError(422, 'Sub-issues may not contain their own parents.');
  if (child.issue.parent === parent.id) throw new SandboxError(422, 'Issue may not contain duplicate sub-issues');
  if (child.issue.parent !== null && !replaceParent) throw new SandboxError(422, 'Sub issue may only have one parent');
  if (parent.subIssues.length >= 100) throw new SandboxError(422, 'Parent cannot have more than 100 sub-issues');
  if (depthAbove(sandbox, parent) + depthBelow(sandbox, child.issue) > 8) {
    throw new SandboxError(422, 'Sub-issues may not be nested more than 8 levels deep');
  }
  const before = child.issue.parent === null ? null : issueById(sandbox.world, child.issue.parent);
  if (before) removeSubIssue(sandbox, actor, before.repo, before.issue, childId);
  parent.subIssues.push(child.issue.id);
  child.issue.parent = parent.id;
  emitSub(sandbox, actor, { repo, issue: parent }, child, 'added');
  return parent;
}

export function removeSubIssue(sandbox: Sandbox, actor: Actor, repo: Repository, parent: Issue, childId: number): Issue {
  mustWrite(sandbox.world, actor, repo, 'triage', 'issues');
  const child = find(sandbox, childId);
  if (child.issue.parent !== parent.id) throw notFound();
  parent.subIssues = parent.subIssues.filter((id) => id !== childId);
  child.issue.parent = null;
  emitSub(sandbox, actor, { repo, issue: parent }, child, 'removed');
  return parent;
}

/** Puts a sub-issue after or before another one. */
export function moveSubIssue(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  parent: Issue,
  childId: number,
  next: { afterId?: number; beforeId?: number },
): Issue {
  mustWrite(sandbox.world, actor, repo, 'triage', 'issues');
  const anchor = next.afterId ?? next.beforeId;
  const others = parent.subIssues.filter((id) => id !== childId);
  if (others.length === parent.subIssues.length || anchor === undefined || !others.includes(anchor)) throw notFound();
  others.splice(others.indexOf(anchor) + (next.afterId === undefined ? 0 : 1), 0, childId);
  parent.subIssues = others;
  return parent;
}

function emitBlocked(sandbox: Sandbox, actor: Actor, blocked: Place, blocker: Place, change: 'added' | 'removed'): void {
  const { world } = sandbox;
  const sides = {
    blocked_issue_id: blocked.issue.id,
    blocked_issue: issueJson(world, blocked.repo, blocked.issue),
    blocking_issue_id: blocker.issue.id,
    blocking_issue: issueJson(world, blocker.repo, blocker.issue),
    blocking_issue_repo: repositoryJson(world, blocker.repo),
  };
  sandbox.emit({ event: 'issue_dependencies', action: `blocked_by_${change}`, repo: blocked.repo, actor, payload: sides });
}

/** @throws 422 when the link is there or would make a ring, 404 for an unknown issue. */
export function addBlockedBy(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, blockerId: number): Issue {
  mustWrite(sandbox.world, actor, repo, 'triage', 'issues');
  const blocker = issueById(sandbox.world, blockerId);
  if (!blocker) throw notFound();
  if (issue.blockedBy.includes(blockerId)) throw unlinkable('Target issue has already been taken');
  if (blockerId === issue.id || blocker.issue.blockedBy.includes(issue.id)) throw unlinkable('Issues cannot block each other');
  if (issue.blockedBy.length >= 50) throw unlinkable('An issue can have 50 dependencies at most');
  issue.blockedBy.push(blockerId);
  emitBlocked(sandbox, actor, { repo, issue }, blocker, 'added');
  return blocker.issue;
}

function unlinkable(message: string): SandboxError {
  return new SandboxError(422, 'Validation Failed', [
    { resource: 'IssueDependency', code: 'custom', field: 'issue_id', message },
  ]);
}

export function removeBlockedBy(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, blockerId: number): Issue {
  mustWrite(sandbox.world, actor, repo, 'triage', 'issues');
  const blocker = issueById(sandbox.world, blockerId);
  if (!blocker || !issue.blockedBy.includes(blockerId)) throw notFound();
  issue.blockedBy = issue.blockedBy.filter((id) => id !== blockerId);
  emitBlocked(sandbox, actor, { repo, issue }, blocker, 'removed');
  return blocker.issue;
}

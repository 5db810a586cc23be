/** Deleting, locking and pinning issues. */
import { mustWrite } from '../access.ts';
import { SandboxError } from '../error.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import { emitIssue, note, scopeOf } from './common.ts';

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

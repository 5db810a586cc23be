/** Issues that move to another repository of the same owner. */
import { mustWrite } from '../access.ts';
import { SandboxError } from '../error.ts';
import { issueJson } from '../payload/issue.ts';
import { repositoryJson } from '../payload/repository.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import { emitIssue } from './common.ts';
import { newIssue } from './issues.ts';

/**
 * The issue gets a new number and id there, keeps title, body, author and comments, and those labels that the other
 * repository has under the same name (GitHub docs, "Transferring an issue to another repository").
 * @throws 422 for pull requests and another owner's repositories
 */
export function transferIssue(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, target: Repository): Issue {
  const { world } = sandbox;
  for (const side of [repo, target]) mustWrite(world, actor, side, 'write', 'issues');
  if (issue.pull) throw new SandboxError(422, 'Pull requests cannot be transferred.');
  if (target === repo || target.ownerLogin !== repo.ownerLogin) {
    throw new SandboxError(422, 'Issues can only be transferred to another repository of the same owner.');
  }
  const moved = newIssue(sandbox, actor, target, issue.title, issue.body, null);
  const names = issue.labels.flatMap((id) => repo.labels.get(id)?.name ?? []);
  const labels = [...target.labels.values()].filter((label) => names.includes(label.name)).map((label) => label.id);
  const { user, appId, state, stateReason, createdAt, closedAt } = issue;
  Object.assign(moved, { user, appId, state, stateReason, createdAt, closedAt, labels });
  for (const comment of [...repo.comments.values()].filter((one) => one.issueNumber === issue.number)) {
    repo.comments.delete(comment.id);
    const id = sandbox.nextId();
    target.comments.set(id, { ...comment, id, issueNumber: moved.number });
  }
  const there = { new_issue: issueJson(world, target, moved), new_repository: repositoryJson(world, target) };
  emitIssue(sandbox, actor, repo, issue, 'transferred', { changes: there });
  const here = { old_issue: issueJson(world, repo, issue), old_repository: repositoryJson(world, repo) };
  repo.issues.delete(issue.number);
  repo.deletedNumbers.add(issue.number);
  emitIssue(sandbox, actor, target, moved, 'opened', { changes: here });
  return moved;
}

/** Pull requests: draft and ready, bringing the branch up to date. */
import { loginOf, mustWrite } from '../access.ts';
import { SandboxError } from '../error.ts';
import { commitsBetween, mergeBase } from '../git/history.ts';
import { mergeTrees } from '../git/merge.ts';
import { writeCommit } from '../git/objects.ts';
import { branchSha, headRepoOf, type PullIssue } from '../read.ts';
import { mustAllowPush } from '../required.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import { emitIssue, note } from './common.ts';
import { signatureOf, webFlow } from './contents.ts';
import { moveRef } from './refs.ts';
import { requestCodeOwners } from './review-requests.ts';

function setDraft(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, draft: boolean): void {
  const own = issue.user === loginOf(sandbox.world, actor);
  mustWrite(sandbox.world, actor, repo, own ? 'read' : 'write', 'pull_requests');
  if (issue.state !== 'open') throw new SandboxError(422, `Pull request #${issue.number} is closed.`);
  if (issue.pull.draft === draft) {
    throw new SandboxError(422, `Pull request is ${draft ? 'already a draft' : 'not in draft state'}.`);
  }
  issue.pull.draft = draft;
  const event = draft ? 'converted_to_draft' : 'ready_for_review';
  note(sandbox, actor, issue, draft ? 'convert_to_draft' : event);
  emitIssue(sandbox, actor, repo, issue, event);
  if (!draft) requestCodeOwners(sandbox, actor, repo, issue);
}

export function markReady(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue): void {
  setDraft(sandbox, actor, repo, issue, false);
}

export function convertToDraft(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue): void {
  setDraft(sandbox, actor, repo, issue, true);
}

/** Merges the base into the head branch. @throws 422 when the head moved, nothing is to merge, or it conflicts. */
export function updateBranch(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, expectedHead?: string): string {
  const headRepo = headRepoOf(sandbox.world, issue.pull);
  const base = branchSha(repo, issue.pull.baseRef);
  if (!headRepo || !base || issue.state !== 'open') throw new SandboxError(422, 'The pull request cannot be updated.');
  mustWrite(sandbox.world, actor, headRepo, 'write', 'contents');
  const head = issue.pull.headSha;
  if (expectedHead !== undefined && expectedHead !== head) {
    throw new SandboxError(422, `expected head sha didn’t match current head ref.`);
  }
  if (commitsBetween(repo, head, base).length === 0) {
    throw new SandboxError(422, 'There are no new commits on the base branch.');
  }
  const merged = mergeTrees(repo, mergeBase(repo, base, head), head, base);
  if (!merged.clean) throw new SandboxError(422, 'merge conflict between base and head');
  const message = `Merge branch '${issue.pull.baseRef}' into ${issue.pull.headRef}`;
  const author = signatureOf(sandbox, actor);
  const sha = writeCommit(repo, { tree: merged.tree, parents: [head, base], message, author, committer: webFlow(sandbox) });
  mustAllowPush(sandbox.world, headRepo, issue.pull.headRef, sha, 422);
  moveRef(sandbox, actor, headRepo, `refs/heads/${issue.pull.headRef}`, sha);
  return sha;
}

/** Pull requests: opening, editing, draft and ready, asking for reviews, bringing the branch up to date. */
import { atLeast, loginOf, mustRead, mustWrite, permissionOf } from '../access.ts';
import { invalid, SandboxError } from '../error.ts';
import { commitsBetween, mergeBase } from '../git/history.ts';
import { mergeTrees } from '../git/merge.ts';
import { writeCommit } from '../git/objects.ts';
import { userJson } from '../payload/account.ts';
import { branchSha, fullName, headRepoOf, isPull, type PullIssue } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor, Pull, Repository } from '../state/types.ts';
import { requestSuites } from './check-suites.ts';
import { emitIssue, note } from './common.ts';
import { signatureOf, webFlow } from './contents.ts';
import { checkText, type IssueChange, newIssue, updateIssue } from './issues.ts';
import { moveRef } from './refs.ts';

export interface PullInput {
  title: string;
  /** A branch, or `owner:branch` of a fork. */
  head: string;
  base: string;
  body?: string | null;
  draft?: boolean;
  maintainerCanModify?: boolean;
}

/** Repository and branch that `head` names: this one, or the owner's repository of the same family of forks. */
function findHead(sandbox: Sandbox, repo: Repository, head: string): { headRepo: Repository; branch: string } {
  const [, owner, branch] = /^(?:([^:]+):)?(.+)$/s.exec(head) ?? [];
  const family = repo.forkOf ?? repo.id;
  const headRepo = [...sandbox.world.repositories.values()].find(
    (one) =>
      one.ownerLogin.toLowerCase() === (owner ?? repo.ownerLogin).toLowerCase() && (one.id === family || one.forkOf === family),
  );
  if (!headRepo || !branch || !branchSha(headRepo, branch)) throw invalid('PullRequest', 'head', 'invalid');
  return { headRepo, branch };
}

function unprocessable(message: string): SandboxError {
  return new SandboxError(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }]);
}

/** Needs read here and write in the head's repository. @throws 422 for unknown branches, no commits, or a second one alike. */
export function createPull(sandbox: Sandbox, actor: Actor, repo: Repository, input: PullInput): PullIssue {
  const { world } = sandbox;
  mustRead(world, actor, repo);
  mustWrite(world, actor, repo, 'read', 'pull_requests');
  checkText('PullRequest', input.title, input.body);
  const { headRepo, branch } = findHead(sandbox, repo, input.head);
  const baseSha = branchSha(repo, input.base);
  if (!baseSha) throw invalid('PullRequest', 'base', 'invalid');
  if (actor.kind === 'user' && !atLeast(permissionOf(headRepo, actor.login), 'write')) {
    throw new SandboxError(403, 'You must have write access to the head branch to open a pull request from it.');
  }
  const headSha = branchSha(headRepo, branch) ?? '';
  checkNew(repo, headRepo, branch, headSha, input.base, baseSha);
  const pull: Pull = {
    id: sandbox.nextId(),
    draft: input.draft ?? false,
    headRepoId: headRepo.id,
    headRef: branch,
    headSha,
    baseRef: input.base,
    baseSha,
    merged: false,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    requestedReviewers: [],
    maintainerCanModify: headRepo.id !== repo.id && (input.maintainerCanModify ?? true),
  };
  const issue = newIssue(sandbox, actor, repo, input.title, input.body ?? null, pull) as PullIssue;
  repo.refs.set(`refs/pull/${issue.number}/head`, headSha);
  emitIssue(sandbox, actor, repo, issue, 'opened');
  if (headRepo !== repo) requestSuites(sandbox, actor, repo, headSha, null);
  for (const listener of sandbox.onPull) listener({ repo, issue });
  return issue;
}

function checkNew(repo: Repository, headRepo: Repository, branch: string, headSha: string, base: string, baseSha: string): void {
  if (headRepo === repo && branch === base) throw unprocessable(`No commits between ${base} and ${branch}`);
  if (commitsBetween(repo, baseSha, headSha).length === 0) throw unprocessable(`No commits between ${base} and ${branch}`);
  const twin = [...repo.issues.values()]
    .filter(isPull)
    .find(
      (one) =>
        one.state === 'open' && one.pull.headRepoId === headRepo.id && one.pull.headRef === branch && one.pull.baseRef === base,
    );
  if (twin) throw unprocessable(`A pull request already exists for ${headRepo.ownerLogin}:${branch}.`);
}

export interface PullChange extends Pick<IssueChange, 'title' | 'body' | 'state'> {
  base?: string;
  maintainerCanModify?: boolean;
}

/** @throws 422 when it is reopened after merging or without its branch, or the base is unknown. */
export function updatePull(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, change: PullChange): PullIssue {
  const { pull } = issue;
  if (change.state === 'open' && issue.state === 'closed') checkReopen(sandbox, repo, issue);
  if (change.base !== undefined && change.base !== pull.baseRef) retarget(sandbox, actor, repo, issue, change.base);
  updateIssue(sandbox, actor, repo, issue, { title: change.title, body: change.body, state: change.state });
  if (change.maintainerCanModify !== undefined) pull.maintainerCanModify = change.maintainerCanModify;
  return issue;
}

function checkReopen(sandbox: Sandbox, repo: Repository, issue: PullIssue): void {
  const { pull } = issue;
  const headRepo = headRepoOf(sandbox.world, pull);
  if (pull.merged) throw unprocessable('state cannot be changed. The pull request cannot be reopened.');
  const sha = headRepo ? branchSha(headRepo, pull.headRef) : null;
  if (!sha) throw unprocessable(`state cannot be changed. The ${pull.headRef} branch has been deleted.`);
  if (!branchSha(repo, pull.baseRef))
    throw unprocessable(`state cannot be changed. The ${pull.baseRef} branch has been deleted.`);
  pull.headSha = sha;
}

function retarget(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, base: string): void {
  const own = issue.user === loginOf(sandbox.world, actor);
  mustWrite(sandbox.world, actor, repo, own ? 'read' : 'write', 'pull_requests');
  if (issue.state !== 'open') throw unprocessable('Cannot change the base branch of a closed pull request.');
  const sha = branchSha(repo, base);
  if (!sha) throw invalid('PullRequest', 'base', 'invalid');
  const from = { ref: { from: issue.pull.baseRef }, sha: { from: issue.pull.baseSha } };
  note(sandbox, actor, issue, 'base_ref_changed', { from: issue.pull.baseRef, to: base });
  issue.pull.baseRef = base;
  issue.pull.baseSha = sha;
  emitIssue(sandbox, actor, repo, issue, 'edited', { changes: { base: from } });
}

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
}

export function markReady(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue): void {
  setDraft(sandbox, actor, repo, issue, false);
}

export function convertToDraft(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue): void {
  setDraft(sandbox, actor, repo, issue, true);
}

/** @throws 422 for the author, or people who cannot see the repository as its own. */
export function requestReviewers(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, logins: string[]): void {
  const own = issue.user === loginOf(sandbox.world, actor);
  mustWrite(sandbox.world, actor, repo, own ? 'read' : 'triage', 'pull_requests');
  if (logins.includes(issue.user)) throw new SandboxError(422, 'Review cannot be requested from pull request author.');
  const stranger = logins.find((login) => !repo.collaborators.has(login) && repo.ownerLogin !== login);
  if (stranger) {
    const text = `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName(repo)} repository.`;
    throw new SandboxError(422, text);
  }
  for (const login of logins) {
    if (issue.pull.requestedReviewers.includes(login)) continue;
    issue.pull.requestedReviewers.push(login);
    note(sandbox, actor, issue, 'review_requested', { subject: login });
    emitIssue(sandbox, actor, repo, issue, 'review_requested', { requested_reviewer: userJson(sandbox.world, login) });
  }
}

export function removeReviewers(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, logins: string[]): void {
  const own = issue.user === loginOf(sandbox.world, actor);
  mustWrite(sandbox.world, actor, repo, own ? 'read' : 'triage', 'pull_requests');
  for (const login of logins.filter((one) => issue.pull.requestedReviewers.includes(one))) {
    issue.pull.requestedReviewers = issue.pull.requestedReviewers.filter((one) => one !== login);
    note(sandbox, actor, issue, 'review_request_removed', { subject: login });
    const requested_reviewer = userJson(sandbox.world, login);
    emitIssue(sandbox, actor, repo, issue, 'review_request_removed', { requested_reviewer });
  }
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
  moveRef(sandbox, actor, headRepo, `refs/heads/${issue.pull.headRef}`, sha);
  return sha;
}

/** Pull requests: opening and editing. */
import { atLeast, loginOf, mustRead, mustWrite, permissionOf } from '../access.ts';
import { invalid, SandboxError } from '../error.ts';
import { commitsBetween } from '../git/history.ts';
import { branchSha, headRepoOf, isPull, type PullIssue } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Pull } from '../state/pulls.ts';
import type { Repository } from '../state/repository.ts';
import { requestSuites } from './check-suites.ts';
import { emitIssue, note } from './common.ts';
import { checkText, type IssueChange, newIssue, updateIssue } from './issues.ts';
import { requestCodeOwners } from './review-requests.ts';

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
    headOwner: headRepo.ownerLogin,
    headRef: branch,
    headSha,
    baseRef: input.base,
    baseSha,
    merged: false,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    requestedReviewers: [],
    requestedTeams: [],
    lastPusher: loginOf(world, actor),
    maintainerCanModify: headRepo.id !== repo.id && (input.maintainerCanModify ?? true),
  };
  const issue = newIssue(sandbox, actor, repo, input.title, input.body ?? null, pull) as PullIssue;
  repo.refs.set(`refs/pull/${issue.number}/head`, headSha);
  emitIssue(sandbox, actor, repo, issue, 'opened');
  requestCodeOwners(sandbox, actor, repo, issue);
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
  // An app that may only write issues changes no pull request here.
  mustWrite(sandbox.world, actor, repo, 'read', 'pull_requests');
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

/** Another base branch. @throws 422 for a closed one, an unknown branch, or where a twin is. */
export function retarget(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, base: string): void {
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

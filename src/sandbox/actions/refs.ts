/** Branches and tags: every move of a ref goes through here, with all that follows from it on GitHub. */
import { loginOf, mustWrite } from '../access.ts';
import { issuesClosedBy } from '../closing.ts';
import { SandboxError } from '../error.ts';
import { commitsBetween, isAncestor } from '../git/history.ts';
import { commitOf } from '../git/objects.ts';
import { pushCommitJson } from '../payload/commit.ts';
import { repoPage } from '../payload/repository.ts';
import { isPull, pullsWithHead } from '../read.ts';
import { checkViolation, mustAllowPush, ruleViolation } from '../required.ts';
import { checksOnCreate } from '../rules.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import { requestSuites } from './check-suites.ts';
import { emitIssue, note } from './common.ts';
import { closeIssue } from './issues.ts';
import { requestCodeOwners } from './review-requests.ts';
import { dismissStale } from './reviews.ts';

export const zeroSha = '0'.repeat(40);

/** Null for tags and all else. */
function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}

function emitPush(sandbox: Sandbox, actor: Actor, repo: Repository, ref: string, before: string, after: string): void {
  const { world } = sandbox;
  const [created, deleted] = [before === zeroSha, after === zeroSha];
  const others = created ? [...repo.refs].filter(([name]) => name !== ref).map(([, sha]) => sha) : [before];
  const known = new Set(others.filter((sha) => sha !== zeroSha));
  const fresh = deleted ? [] : commitsBetween(repo, created ? null : before, after);
  const commits = created ? fresh.filter((commit) => ![...known].some((sha) => isAncestor(repo, commit.sha, sha))) : fresh;
  const login = loginOf(world, actor);
  sandbox.emit({
    event: 'push',
    action: null,
    repo,
    actor,
    payload: {
      ref,
      before,
      after,
      created,
      deleted,
      forced: !created && !deleted && !isAncestor(repo, before, after),
      base_ref: null,
      compare: `${repoPage(world, repo)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
      commits: commits.slice(-2048).map((commit) => pushCommitJson(world, repo, commit.sha)),
      head_commit: deleted ? null : pushCommitJson(world, repo, after),
      pusher: { name: login, email: `${login}@users.noreply.github.com` },
    },
  });
}

function emitRefLife(sandbox: Sandbox, actor: Actor, repo: Repository, ref: string, event: 'create' | 'delete'): void {
  const [, kind, ...rest] = ref.split('/');
  if (kind !== 'heads' && kind !== 'tags') return;
  const common = { ref: rest.join('/'), ref_type: kind === 'heads' ? 'branch' : 'tag', pusher_type: 'user' };
  const extra = event === 'create' ? { master_branch: repo.defaultBranch, description: repo.description } : {};
  sandbox.emit({ event, action: null, repo, actor, payload: { ...common, ...extra } });
}

/** A head moved: its open pull requests have new commits. */
function synchronize(sandbox: Sandbox, actor: Actor, headRepo: Repository, branch: string, before: string, after: string): void {
  for (const { repo, issue } of pullsWithHead(sandbox.world, headRepo, branch)) {
    if (issue.state !== 'open') continue;
    issue.pull.headSha = after;
    issue.pull.lastPusher = loginOf(sandbox.world, actor);
    issue.updatedAt = sandbox.now();
    repo.refs.set(`refs/pull/${issue.number}/head`, after);
    emitIssue(sandbox, actor, repo, issue, 'synchronize', { before, after });
    dismissStale(sandbox, actor, repo, issue, before);
    requestCodeOwners(sandbox, actor, repo, issue);
    if (repo !== headRepo) requestSuites(sandbox, actor, repo, after, null);
  }
}

/** A head was deleted, or a base was: GitHub closes the open pull requests. */
function closeOrphans(sandbox: Sandbox, actor: Actor, repo: Repository, branch: string): void {
  const ofHead = pullsWithHead(sandbox.world, repo, branch);
  const ofBase = [...repo.issues.values()].filter(isPull).filter((issue) => issue.pull.baseRef === branch);
  for (const one of [...ofHead, ...ofBase.map((issue) => ({ repo, issue }))]) {
    if (one.issue.state === 'open') closeIssue(sandbox, actor, one.repo, one.issue, null);
  }
  for (const one of ofHead) note(sandbox, actor, one.issue, 'head_ref_deleted', { from: branch });
}

/** Commits that land on a base branch: their pull requests count as merged, and closing words in messages close issues. */
function afterLanding(sandbox: Sandbox, actor: Actor, repo: Repository, branch: string, before: string, after: string): void {
  const landed = commitsBetween(repo, before === zeroSha ? null : before, after);
  const shas = new Set(landed.map((commit) => commit.sha));
  for (const issue of [...repo.issues.values()].filter(isPull)) {
    if (issue.state !== 'open' || issue.pull.baseRef !== branch || !shas.has(issue.pull.headSha)) continue;
    const login = loginOf(sandbox.world, actor);
    Object.assign(issue.pull, { merged: true, mergedAt: sandbox.now(), mergedBy: login, mergeCommitSha: after, baseSha: before });
    closeIssue(sandbox, actor, repo, issue, null);
  }
  if (branch !== repo.defaultBranch) return;
  for (const commit of landed) {
    for (const ref of issuesClosedBy(sandbox.world, repo, commit.message)) {
      if (ref.issue.state === 'open') closeIssue(sandbox, actor, ref.repo, ref.issue, 'completed', commit.sha);
    }
  }
}

/**
 * Moves, makes (`before` = zeros) or deletes (`after` = zeros) a ref without looking at rights, and tells everyone:
 * push, create or delete, check suites, synchronize, and what closes by it.
 */
export function moveRef(sandbox: Sandbox, actor: Actor, repo: Repository, ref: string, after: string): void {
  const before = repo.refs.get(ref) ?? zeroSha;
  if (before === after) return;
  const branch = branchOf(ref);
  if (after === zeroSha) repo.refs.delete(ref);
  else repo.refs.set(ref, after);
  repo.pushedAt = sandbox.now();
  repo.updatedAt = repo.pushedAt;
  if (before === zeroSha) emitRefLife(sandbox, actor, repo, ref, 'create');
  emitPush(sandbox, actor, repo, ref, before, after);
  if (after === zeroSha) emitRefLife(sandbox, actor, repo, ref, 'delete');
  if (branch === null) return;
  if (after === zeroSha) closeOrphans(sandbox, actor, repo, branch);
  else {
    if (before !== zeroSha) synchronize(sandbox, actor, repo, branch, before, after);
    requestSuites(sandbox, actor, repo, after, branch);
    if (before !== zeroSha) afterLanding(sandbox, actor, repo, branch, before, after);
  }
  for (const listener of sandbox.onPush) listener({ repo, ref, before, after });
}

/** Git's rules for names, those that people run into. */
function checkRefName(ref: string): void {
  const bad = /[\0-\x20~^:?*[\\\x7f]|\.\.|@\{|\/\/|\.lock(\/|$)|(^|\/)\.|\.$|\/$/;
  if (!/^refs\/[^/]+\/.+/.test(ref) || bad.test(ref) || ref.length > 255) {
    throw new SandboxError(422, 'Reference name is not valid');
  }
}

function mustBeCommit(repo: Repository, sha: string): void {
  if (repo.objects.size === 0 || repo.refs.size === 0) throw new SandboxError(409, 'Git Repository is empty.');
  if (!commitOf(repo, sha))
    throw new SandboxError(422, repo.objects.has(sha) ? 'Reference update failed' : 'Object does not exist');
}

/** @param ref full name, `refs/heads/…`. @throws 422 when it exists, is no good name, or the commit is unknown. */
export function createRef(sandbox: Sandbox, actor: Actor, repo: Repository, ref: string, sha: string): void {
  mustWrite(sandbox.world, actor, repo, 'write', 'contents');
  checkRefName(ref);
  mustBeCommit(repo, sha);
  if (repo.refs.has(ref)) throw new SandboxError(422, 'Reference already exists');
  const clash = [...repo.refs.keys()].some((name) => name.startsWith(`${ref}/`) || ref.startsWith(`${name}/`));
  if (clash) throw new SandboxError(422, 'Reference update failed');
  if (ref.startsWith('refs/pull/')) throw new SandboxError(422, 'Reference cannot be created');
  const branch = branchOf(ref);
  const open = branch !== null && checksOnCreate(repo, branch) ? checkViolation(sandbox.world, repo, branch, sha) : null;
  if (open) throw ruleViolation(422, [open]);
  moveRef(sandbox, actor, repo, ref, sha);
}

/** @throws 422 when it does not exist, or the move is no fast-forward and not forced. */
export function updateRef(sandbox: Sandbox, actor: Actor, repo: Repository, ref: string, sha: string, force: boolean): void {
  mustWrite(sandbox.world, actor, repo, 'write', 'contents');
  const before = repo.refs.get(ref);
  if (!before) throw new SandboxError(422, 'Reference does not exist');
  mustBeCommit(repo, sha);
  if (!force && !isAncestor(repo, before, sha)) throw new SandboxError(422, 'Update is not a fast forward');
  const branch = branchOf(ref);
  if (branch !== null && sha !== before) mustAllowPush(sandbox.world, repo, branch, sha, 422);
  moveRef(sandbox, actor, repo, ref, sha);
}

/** @throws 422 when it does not exist or is the default branch. */
export function deleteRef(sandbox: Sandbox, actor: Actor, repo: Repository, ref: string): void {
  mustWrite(sandbox.world, actor, repo, 'write', 'contents');
  if (!repo.refs.has(ref)) throw new SandboxError(422, 'Reference does not exist');
  if (ref === `refs/heads/${repo.defaultBranch}`) {
    throw new SandboxError(422, `Repository rule violations found\n\nCannot delete the default branch ${repo.defaultBranch}`);
  }
  moveRef(sandbox, actor, repo, ref, zeroSha);
}

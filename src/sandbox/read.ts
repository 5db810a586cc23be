/** Looking things up in the world; nothing here changes it or checks rights. */
import { notFound } from './error.ts';
import { type DiffFile, diffFiles } from './git/diff.ts';
import { commitsBetween, mergeBase } from './git/history.ts';
import { mergeTrees } from './git/merge.ts';
import { type Commit, commitOf } from './git/objects.ts';
import type { Account, App } from './state/accounts.ts';
import type { Comment, Issue, Label } from './state/issues.ts';
import type { Pull } from './state/pulls.ts';
import type { Repository } from './state/repository.ts';
import type { World } from './state/world.ts';

/** An issue that is a pull request. */
export type PullIssue = Issue & { pull: Pull };

/** By `owner` and `name`, any case; null when there is none. */
export function repoByName(world: World, owner: string, name: string): Repository | null {
  const wanted = `${owner}/${name}`.toLowerCase();
  for (const repo of world.repositories.values()) if (fullName(repo).toLowerCase() === wanted) return repo;
  return null;
}

export function fullName(repo: Repository): string {
  return `${repo.ownerLogin}/${repo.name}`;
}

/** By login, any case. */
export function accountByLogin(world: World, login: string): Account | null {
  const exact = world.accounts.get(login);
  if (exact) return exact;
  const wanted = login.toLowerCase();
  for (const account of world.accounts.values()) if (account.login.toLowerCase() === wanted) return account;
  return null;
}

export function appOfBot(world: World, login: string): App | null {
  for (const app of world.apps.values()) if (app.botLogin === login) return app;
  return null;
}

/** An issue or pull request by number. @throws 404, or 410 when it was deleted. */
export function issueByNumber(repo: Repository, number: number): Issue {
  const issue = repo.issues.get(number);
  if (issue) return issue;
  throw repo.deletedNumbers.has(number) ? Object.assign(notFound('This issue was deleted'), { status: 410 }) : notFound();
}

export function isPull(issue: Issue): issue is PullIssue {
  return issue.pull !== null;
}

/** @throws 404 when the number is an issue's. */
export function pullByNumber(repo: Repository, number: number): PullIssue {
  const issue = repo.issues.get(number);
  if (!issue || !isPull(issue)) throw notFound();
  return issue;
}

/** By database id, over all repositories. */
export function issueById(world: World, id: number): { repo: Repository; issue: Issue } | null {
  for (const repo of world.repositories.values()) {
    for (const issue of repo.issues.values()) if (issue.id === id) return { repo, issue };
  }
  return null;
}

/** Oldest first. */
export function commentsOf(repo: Repository, issue: Issue): Comment[] {
  return [...repo.comments.values()].filter((comment) => comment.issueNumber === issue.number);
}

/** Labels are found in any case. */
export function labelByName(repo: Repository, name: string): Label | null {
  const wanted = name.toLowerCase();
  for (const label of repo.labels.values()) if (label.name.toLowerCase() === wanted) return label;
  return null;
}

export function labelsOf(repo: Repository, issue: Issue): Label[] {
  return issue.labels.flatMap((id) => repo.labels.get(id) ?? []);
}

export function branchSha(repo: Repository, branch: string): string | null {
  return repo.refs.get(`refs/heads/${branch}`) ?? null;
}

/** A branch, tag, full ref, or (at least 7 characters of) a commit's SHA; null when it is none. */
export function resolveCommit(repo: Repository, name: string): Commit | null {
  const sha =
    repo.refs.get(`refs/heads/${name}`) ??
    repo.refs.get(`refs/tags/${name}`) ??
    repo.refs.get(name) ??
    repo.refs.get(`refs/${name}`);
  if (sha) return commitOf(repo, sha);
  const exact = commitOf(repo, name);
  if (exact || !/^[0-9a-f]{7,39}$/.test(name)) return exact;
  for (const object of repo.objects.values()) if (object.type === 'commit' && object.sha.startsWith(name)) return object;
  return null;
}

export function headRepoOf(world: World, pull: Pull): Repository | null {
  return pull.headRepoId === null ? null : (world.repositories.get(pull.headRepoId) ?? null);
}

/** `bob:branch`, as GitHub labels heads and bases. */
export function headLabel(world: World, pull: Pull): string {
  return `${headRepoOf(world, pull)?.ownerLogin ?? pull.headOwner}:${pull.headRef}`;
}

/** The base commit that a pull request is compared with: the branch now while open, else as it was when it closed. */
export function baseShaOf(repo: Repository, issue: PullIssue): string {
  return issue.state === 'open' ? (branchSha(repo, issue.pull.baseRef) ?? issue.pull.baseSha) : issue.pull.baseSha;
}

/** Commits of the pull request, oldest first. */
export function commitsOf(repo: Repository, issue: PullIssue): Commit[] {
  return commitsBetween(repo, baseShaOf(repo, issue), issue.pull.headSha);
}

/** Changed files of the pull request, from the merge base on. */
export function filesOf(repo: Repository, issue: PullIssue): DiffFile[] {
  return diffFiles(repo, mergeBase(repo, baseShaOf(repo, issue), issue.pull.headSha), issue.pull.headSha);
}

export interface Comparison {
  base: Commit;
  head: Commit;
  mergeBase: Commit | null;
  /** What the head has and the base has not, oldest first. */
  commits: Commit[];
  aheadBy: number;
  behindBy: number;
  status: 'ahead' | 'behind' | 'identical' | 'diverged';
  files: DiffFile[];
}

export function compare(repo: Repository, base: Commit, head: Commit): Comparison {
  const commits = commitsBetween(repo, base.sha, head.sha);
  const behindBy = commitsBetween(repo, head.sha, base.sha).length;
  const common = mergeBase(repo, base.sha, head.sha);
  const status = commits.length === 0 ? (behindBy === 0 ? 'identical' : 'behind') : behindBy === 0 ? 'ahead' : 'diverged';
  return {
    base,
    head,
    mergeBase: common ? commitOf(repo, common) : null,
    commits,
    aheadBy: commits.length,
    behindBy,
    status,
    files: diffFiles(repo, common, head.sha),
  };
}

/** Whether it can be merged; null for one that is closed. Conflicts are by lines. */
export function isMergeable(repo: Repository, issue: PullIssue): boolean | null {
  if (issue.state !== 'open') return null;
  const base = branchSha(repo, issue.pull.baseRef);
  if (!base) return false;
  return mergeTrees(repo, mergeBase(repo, base, issue.pull.headSha), base, issue.pull.headSha).clean;
}

/** Open and closed pull requests whose head is this branch of that repository. */
export function pullsWithHead(world: World, headRepo: Repository, branch: string): { repo: Repository; issue: PullIssue }[] {
  return [...world.repositories.values()].flatMap((repo) =>
    [...repo.issues.values()]
      .filter(isPull)
      .filter((issue) => issue.pull.headRepoId === headRepo.id && issue.pull.headRef === branch)
      .map((issue) => ({ repo, issue })),
  );
}

/** Merging pull requests: merge commit, squash, rebase; and what follows: issues closed, branch deleted. */
import { loginOf, mayWrite, mustWrite } from '../access.ts';
import { closingIssues } from '../closing.ts';
import { SandboxError } from '../error.ts';
import { commitsBetween, mergeBase } from '../git/history.ts';
import { mergeTrees } from '../git/merge.ts';
import { commitOf, writeCommit } from '../git/objects.ts';
import { branchSha, commitsOf, headLabel, headRepoOf, isMergeable, isPull, type PullIssue } from '../read.ts';
import { ruleViolation, violationsOf } from '../required.ts';
import { hasMergeQueue, reviewRule } from '../rules.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import { emitIssue, note } from './common.ts';
import { signatureOf, webFlow } from './contents.ts';
import { closeIssue } from './issues.ts';
import { retarget } from './pulls.ts';
import { moveRef, zeroSha } from './refs.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface MergeInput {
  method?: MergeMethod;
  title?: string;
  message?: string;
  /** The head must still be here; else 409. */
  sha?: string;
}

function refusal(sandbox: Sandbox, repo: Repository, issue: PullIssue, input: MergeInput): SandboxError | null {
  const method = input.method ?? 'merge';
  const methods = reviewRule(repo, issue.pull.baseRef)?.methods;
  const isAllowed = (one: MergeMethod): boolean => methods?.includes(one) ?? true;
  if (issue.state !== 'open') return new SandboxError(405, 'Pull Request is not mergeable');
  if (issue.pull.draft) return new SandboxError(405, 'Pull Request is still a draft');
  if (input.sha !== undefined && input.sha !== issue.pull.headSha) {
    return new SandboxError(409, 'Head branch was modified. Review and try the merge again.');
  }
  if (method === 'merge' && !(repo.allowMergeCommit && isAllowed(method)))
    return new SandboxError(405, 'Merge commits are not allowed on this repository.');
  if (method === 'squash' && !(repo.allowSquashMerge && isAllowed(method)))
    return new SandboxError(405, 'Squash merges are not allowed on this repository.');
  if (method === 'rebase' && !(repo.allowRebaseMerge && isAllowed(method)))
    return new SandboxError(405, 'Rebase merges are not allowed on this repository.');
  if (!isMergeable(repo, issue)) return new SandboxError(405, 'Pull Request is not mergeable');
  const queue = hasMergeQueue(repo, issue.pull.baseRef) ? ['Changes must be made through the merge queue'] : [];
  const violations = [...queue, ...violationsOf(sandbox.world, repo, issue, issue.pull.headSha)];
  return violations.length > 0 ? ruleViolation(405, violations) : null;
}

/** GitHub's own words for a squash: with one commit its message may become the title. */
function squashMessage(repo: Repository, issue: PullIssue, input: MergeInput): string {
  const commits = commitsOf(repo, issue);
  const [subject, ...rest] = (commits[0]?.message ?? '').split('\n');
  const single = repo.squashMergeCommitTitle === 'COMMIT_OR_PR_TITLE' && commits.length === 1;
  const title = input.title ?? `${single ? subject : issue.title} (#${issue.number})`;
  const all = commits.length === 1 ? rest.join('\n').trim() : commits.map((commit) => `* ${commit.message}`).join('\n\n');
  const bodies = { PR_BODY: issue.body ?? '', COMMIT_MESSAGES: all, BLANK: '' };
  const body = input.message ?? bodies[repo.squashMergeCommitMessage];
  return body === '' ? title : `${title}\n\n${body}`;
}

/** The commit that the base gets. */
function mergedSha(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, base: string, input: MergeInput): string {
  const head = issue.pull.headSha;
  const merged = mergeTrees(repo, mergeBase(repo, base, head), base, head);
  if (!merged.clean) throw new SandboxError(405, 'Pull Request is not mergeable');
  const author = signatureOf(sandbox, actor);
  const committer = webFlow(sandbox);
  if (input.method === 'squash') {
    const message = squashMessage(repo, issue, input);
    return writeCommit(repo, { tree: merged.tree, parents: [base], message, author, committer });
  }
  if (input.method === 'rebase') return rebase(sandbox, actor, repo, base, head);
  const title =
    input.title ?? `Merge pull request #${issue.number} from ${headLabel(sandbox.world, issue.pull).replace(':', '/')}`;
  const message = `${title}\n\n${input.message ?? issue.title}`;
  return writeCommit(repo, { tree: merged.tree, parents: [base, head], message, author, committer });
}

function rebase(sandbox: Sandbox, actor: Actor, repo: Repository, base: string, head: string): string {
  let onto = base;
  for (const commit of commitsBetween(repo, base, head)) {
    if (commit.parents.length > 1) continue;
    const step = mergeTrees(repo, commit.parents[0] ?? null, onto, commit.sha);
    if (!step.clean) throw new SandboxError(405, 'This branch can’t be rebased');
    const { message, author } = commit;
    onto = writeCommit(repo, { tree: step.tree, parents: [onto], message, author, committer: signatureOf(sandbox, actor) });
  }
  return onto;
}

/** @returns the merge commit's SHA. @throws 405 when it cannot be merged so or a rule forbids it, 409 when the head moved. */
export function mergePull(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, input: MergeInput): string {
  mustWrite(sandbox.world, actor, repo, 'write', 'contents');
  const no = refusal(sandbox, repo, issue, input);
  if (no) throw no;
  const base = branchSha(repo, issue.pull.baseRef) ?? zeroSha;
  const sha = mergedSha(sandbox, actor, repo, issue, base, input);
  finishMerge(sandbox, actor, repo, issue, base, sha);
  return sha;
}

/** The base has the commit: the pull request is merged, issues close, the branch goes where the repository says so. */
export function finishMerge(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, base: string, sha: string): void {
  const login = loginOf(sandbox.world, actor);
  const now = sandbox.now();
  const closes = closingIssues(sandbox.world, repo, issue);
  Object.assign(issue.pull, { merged: true, mergedAt: now, mergedBy: login, mergeCommitSha: sha, baseSha: base });
  Object.assign(issue, { state: 'closed', closedAt: now, closedBy: login });
  note(sandbox, actor, issue, 'merged', { commitSha: sha });
  note(sandbox, actor, issue, 'closed');
  moveRef(sandbox, actor, repo, `refs/heads/${issue.pull.baseRef}`, sha);
  emitIssue(sandbox, actor, repo, issue, 'closed');
  for (const ref of closes) {
    const allowed = ref.repo === repo || mayWrite(sandbox.world, actor, ref.repo, 'triage', 'issues');
    if (ref.issue.state === 'open' && allowed) closeIssue(sandbox, actor, ref.repo, ref.issue, 'completed', sha);
  }
  const headRepo = headRepoOf(sandbox.world, issue.pull);
  const ref = `refs/heads/${issue.pull.headRef}`;
  if (repo.deleteBranchOnMerge && headRepo === repo && commitOf(repo, repo.refs.get(ref) ?? '')) {
    // What is built upon it goes on to where it went (GitHub docs, "Managing branches within your repository").
    for (const other of [...repo.issues.values()].filter(isPull)) {
      if (other.state !== 'open' || other.pull.baseRef !== issue.pull.headRef) continue;
      retarget(sandbox, actor, repo, other, issue.pull.baseRef);
    }
    moveRef(sandbox, actor, repo, ref, zeroSha);
  }
}

/** What rulesets still want before a commit may land on a branch, in GitHub's words. */
import { atLeast, permissionOf } from './access.ts';
import { codeOwners, isOwner } from './code-owners.ts';
import { SandboxError } from './error.ts';
import { isAncestor } from './git/history.ts';
import { latestRuns, latestStatuses } from './payload/check.ts';
import { appOfBot, branchSha, type PullIssue } from './read.ts';
import { hasMergeQueue, type RequiredCheck, requiredChecks, reviewRule } from './rules.ts';
import type { CheckRun, Status } from './state/checks.ts';
import type { Review } from './state/pulls.ts';
import type { Repository } from './state/repository.ts';
import type { World } from './state/world.ts';

const passing = new Set(['success', 'neutral', 'skipped']);

type Missing = 'expected' | 'queued' | 'pending' | 'in progress' | 'failing' | 'foreign';

function ofRun(run: CheckRun): Missing | null {
  if (run.status === 'in_progress') return 'in progress';
  if (run.status !== 'completed') return run.status === 'queued' ? 'queued' : 'pending';
  return passing.has(run.conclusion ?? '') ? null : 'failing';
}

function ofStatus({ state }: Status): Missing | null {
  return state === 'success' ? null : state === 'pending' ? 'pending' : 'failing';
}

/** A check and a status of the same name are both required (GitHub docs, "Troubleshooting required status checks"). */
function missing(world: World, repo: Repository, sha: string, { context, appId }: RequiredCheck): Missing | null {
  const runs = latestRuns([...repo.checkRuns.values()].filter((run) => run.headSha === sha && run.name === context));
  const statuses = latestStatuses(repo, sha).filter((status) => status.context === context);
  const own = (id: number | null): boolean => appId === null || id === appId;
  const states = [
    ...runs.filter((run) => own(run.appId)).map(ofRun),
    ...statuses.filter((status) => own(appOfBot(world, status.creator)?.id ?? null)).map(ofStatus),
  ];
  if (states.length === 0) return runs.length + statuses.length > 0 ? 'foreign' : 'expected';
  const order: Missing[] = ['failing', 'pending', 'queued', 'in progress'];
  return order.find((one) => states.includes(one)) ?? null;
}

function sentence(context: string, state: Missing): string {
  const rest = state === 'foreign' ? 'was not set by the expected GitHub app.' : `is ${state}.`;
  return `Required status check "${context}" ${rest}`;
}

/** One sentence for all checks that have not passed on this commit; null when they have. */
export function checkViolation(world: World, repo: Repository, branch: string, sha: string): string | null {
  const { checks } = requiredChecks(repo, branch);
  const open = checks.flatMap((check) => {
    const state = missing(world, repo, sha, check);
    return state ? [{ context: check.context, state }] : [];
  });
  const [first, ...others] = open;
  if (!first) return null;
  if (checks.length === 1) return sentence(first.context, first.state);
  if (others.length === 0 && first.state !== 'expected') return sentence(first.context, first.state);
  const count = `${open.length} of ${checks.length} required status checks`;
  if (open.every((one) => one.state === 'in progress')) return `${count} are in progress.`;
  const kinds = ['expected', 'queued', 'pending', 'failing'].flatMap((kind) => {
    const found = open.filter(({ state }) => (state === 'foreign' ? 'expected' : state) === kind).length;
    return found > 0 ? [`${found} ${kind}`] : [];
  });
  return `${count} have not succeeded: ${kinds.join(' and ')}.`;
}

/** The newest opinion of each person, the author aside. A comment does not change an opinion. */
export function opinionsOf(repo: Repository, issue: PullIssue): Review[] {
  const newest = new Map<string, Review>();
  for (const review of repo.reviews.values()) {
    if (review.pullNumber !== issue.number || review.user === issue.user) continue;
    if (review.state !== 'COMMENTED' && review.state !== 'PENDING') newest.set(review.user, review);
  }
  return [...newest.values()];
}

/** Approvals that count: by people with write access. */
export function approvalsOf(repo: Repository, issue: PullIssue): Review[] {
  return opinionsOf(repo, issue).filter(({ state, user }) => state === 'APPROVED' && atLeast(permissionOf(repo, user), 'write'));
}

function reviewViolations(world: World, repo: Repository, issue: PullIssue): string[] {
  const rule = reviewRule(repo, issue.pull.baseRef);
  if (!rule) return [];
  const found: string[] = [];
  const approvers = approvalsOf(repo, issue).map((review) => review.user);
  const against = opinionsOf(repo, issue).filter(
    ({ state, user }) => state === 'CHANGES_REQUESTED' && atLeast(permissionOf(repo, user), 'write'),
  ).length;
  // Asked for changes blocks only where approvals are asked for (GitHub docs, "Available rules for rulesets").
  if (against > 0 && rule.approvals > 0) {
    found.push(`${against} review${against === 1 ? '' : 's'} requesting changes by reviewers with write access.`);
  }
  if (approvers.length < rule.approvals) {
    const s = rule.approvals === 1 ? ' is' : 's are';
    found.push(`At least ${rule.approvals} approving review${s} required by reviewers with write access.`);
  }
  if (rule.codeOwners) {
    const waiting = codeOwners(world, repo, issue).filter((owners) => !approvers.some((login) => isOwner(owners, login)));
    const names = new Set(waiting.map((owners) => owners.names.join(' or ')));
    if (names.size > 0) found.push(`Waiting on code owner review from ${[...names].join(', ')}.`);
  }
  if (rule.lastPush && !approvers.some((login) => login !== issue.pull.lastPusher)) {
    found.push('New changes require approval from someone other than the last pusher.');
  }
  return found;
}

/** @param sha the commit whose checks count: the head, or the merge group's. */
export function violationsOf(world: World, repo: Repository, issue: PullIssue, sha: string): string[] {
  const { baseRef, headSha } = issue.pull;
  const base = branchSha(repo, baseRef);
  const checks = checkViolation(world, repo, baseRef, sha);
  const found = [...reviewViolations(world, repo, issue), ...(checks ? [checks] : [])];
  const { isStrict } = requiredChecks(repo, baseRef);
  // A merge group holds the newest base by itself.
  if (isStrict && sha === headSha && base && !isAncestor(repo, base, headSha)) found.push('Head branch is out of date.');
  return found;
}

export function ruleViolation(status: number, violations: string[]): SandboxError {
  return new SandboxError(status, `Repository rule violations found\n\n${violations.join('\n\n')}\n\n`);
}

/**
 * A push past pull requests. Nobody bypasses: the sandbox's rulesets have no bypass list.
 * @throws 409 from the contents API, 422 from the Git database.
 */
export function mustAllowPush(world: World, repo: Repository, branch: string, sha: string, status: number): void {
  const found: string[] = [];
  if (hasMergeQueue(repo, branch)) found.push('Changes must be made through the merge queue');
  if (reviewRule(repo, branch)) found.push('Changes must be made through a pull request.');
  const checks = checkViolation(world, repo, branch, sha);
  if (checks) found.push(checks);
  if (found.length > 0) throw ruleViolation(status, found);
}

/** Reviews of pull requests. */
import { atLeast, loginOf, mustWrite, permissionOf } from '../access.ts';
import { checkLength, SandboxError } from '../error.ts';
import type { Json } from '../payload/json.ts';
import { pullJson, reviewJson } from '../payload/pull.ts';
import { filesOf, type PullIssue } from '../read.ts';
import { approvalsOf, opinionsOf } from '../required.ts';
import { reviewRule } from '../rules.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Review } from '../state/pulls.ts';
import type { Repository } from '../state/repository.ts';
import { note } from './common.ts';
import { bodyLimit } from './issues.ts';

export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

function emitReview(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: PullIssue,
  review: Review,
  action: string,
  changes?: Json,
): void {
  const { world } = sandbox;
  const payload = { review: reviewJson(world, repo, issue, review, true), pull_request: pullJson(world, repo, issue) };
  sandbox.emit({ event: 'pull_request_review', action, repo, actor, payload: { ...payload, ...(changes ? { changes } : {}) } });
}

function checkEvent(sandbox: Sandbox, actor: Actor, issue: PullIssue, event: ReviewEvent, body: string): void {
  const own = issue.user === loginOf(sandbox.world, actor);
  if (own && event === 'APPROVE') throw unprocessable('Can not approve your own pull request');
  if (own && event === 'REQUEST_CHANGES') throw unprocessable('Can not request changes on your own pull request');
  if (event !== 'APPROVE' && body.trim() === '') throw unprocessable('Body cannot be blank');
}

function unprocessable(message: string): SandboxError {
  return new SandboxError(422, 'Unprocessable Entity', [message]);
}

/** Without an event it stays pending. @throws 422 for approving one's own, or an unknown commit. */
export function createReview(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: PullIssue,
  input: { event?: ReviewEvent; body?: string; commitSha?: string },
): Review {
  mustWrite(sandbox.world, actor, repo, 'read', 'pull_requests');
  const body = input.body ?? '';
  checkLength('PullRequestReview', 'body', body, bodyLimit);
  if (input.event) checkEvent(sandbox, actor, issue, input.event, body);
  const review: Review = {
    id: sandbox.nextId(),
    pullNumber: issue.number,
    user: loginOf(sandbox.world, actor),
    state: 'PENDING',
    body,
    commitSha: input.commitSha ?? issue.pull.headSha,
    submittedAt: sandbox.now(),
    onBehalfOf: [],
  };
  repo.reviews.set(review.id, review);
  if (input.event) submit(sandbox, actor, repo, issue, review, input.event);
  return review;
}

function submit(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, review: Review, event: ReviewEvent): void {
  review.state = states[event];
  review.submittedAt = sandbox.now();
  const { pull } = issue;
  pull.requestedReviewers = pull.requestedReviewers.filter((login) => login !== review.user);
  // A member's review is what its team was asked for.
  review.onBehalfOf = pull.requestedTeams.filter((id) => sandbox.world.teams.get(id)?.members.has(review.user));
  pull.requestedTeams = pull.requestedTeams.filter((id) => !review.onBehalfOf.includes(id));
  note(sandbox, actor, issue, 'reviewed', { subject: review.user });
  emitReview(sandbox, actor, repo, issue, review, 'submitted');
}

export function submitReview(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: PullIssue,
  review: Review,
  event: ReviewEvent,
  body?: string,
): Review {
  mustWrite(sandbox.world, actor, repo, 'read', 'pull_requests');
  if (review.user !== loginOf(sandbox.world, actor)) throw new SandboxError(403, 'Only the author may submit a review.');
  if (review.state !== 'PENDING') throw unprocessable('Can not submit a review that is not pending');
  checkEvent(sandbox, actor, issue, event, body ?? review.body);
  review.body = body ?? review.body;
  submit(sandbox, actor, repo, issue, review, event);
  return review;
}

export function dismissReview(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: PullIssue,
  review: Review,
  message: string,
): Review {
  mustWrite(sandbox.world, actor, repo, 'write', 'pull_requests');
  if (message.trim() === '') throw unprocessable('message is missing');
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    throw unprocessable(`Can not dismiss a ${review.state.toLowerCase()} pull request review`);
  }
  dismiss(sandbox, actor, repo, issue, review);
  return review;
}

function dismiss(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, review: Review): void {
  review.state = 'DISMISSED';
  note(sandbox, actor, issue, 'review_dismissed', { subject: review.user });
  emitReview(sandbox, actor, repo, issue, review, 'dismissed');
}

/** What the pull request changes, to tell a push that changes it from one that only brings the base in. */
function changesAt(repo: Repository, issue: PullIssue, head: string): string {
  const files = filesOf(repo, { ...issue, pull: { ...issue.pull, headSha: head } });
  return JSON.stringify(files.map((file) => [file.status, file.filename, file.previousFilename, file.patch ?? file.sha]));
}

/** After a push: approvals go where a ruleset says so, unless what was approved is still the same (GitHub docs). */
export function dismissStale(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, before: string): void {
  if (!reviewRule(repo, issue.pull.baseRef)?.dismissStale) return;
  const approvals = [...repo.reviews.values()].filter((one) => one.pullNumber === issue.number && one.state === 'APPROVED');
  if (approvals.length === 0 || changesAt(repo, issue, before) === changesAt(repo, issue, issue.pull.headSha)) return;
  for (const review of approvals) dismiss(sandbox, actor, repo, issue, review);
}

/** Its own author may change what it says, its opinion stays. */
export function editReview(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: PullIssue,
  review: Review,
  body: string,
): Review {
  mustWrite(sandbox.world, actor, repo, 'read', 'pull_requests');
  if (review.user !== loginOf(sandbox.world, actor)) mustWrite(sandbox.world, actor, repo, 'write', 'pull_requests');
  checkLength('PullRequestReview', 'body', body, bodyLimit);
  if (body.trim() === '') throw unprocessable('Body cannot be blank');
  const from = review.body;
  review.body = body;
  if (from !== body && review.state !== 'PENDING') emitReview(sandbox, actor, repo, issue, review, 'edited', { body: { from } });
  return review;
}

/** The newest opinion of each person with write access decides. Null when nobody who counts gave one and none is wanted. */
export function reviewDecision(repo: Repository, issue: PullIssue): 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED' | null {
  const against = opinionsOf(repo, issue).filter((review) => review.state === 'CHANGES_REQUESTED');
  if (against.some((review) => atLeast(permissionOf(repo, review.user), 'write'))) return 'CHANGES_REQUESTED';
  const approvals = approvalsOf(repo, issue).length;
  if (approvals < (reviewRule(repo, issue.pull.baseRef)?.approvals ?? 0)) return 'REVIEW_REQUIRED';
  return approvals > 0 ? 'APPROVED' : null;
}

/** Reviews of pull requests. */
import { atLeast, loginOf, mustWrite, permissionOf } from '../access.ts';
import { checkLength, SandboxError } from '../error.ts';
import { pullJson, reviewJson } from '../payload/pull.ts';
import type { PullIssue } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor, Repository, Review } from '../state/types.ts';
import { note } from './common.ts';
import { bodyLimit } from './issues.ts';

export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

function emitReview(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, review: Review, action: string): void {
  const { world } = sandbox;
  const payload = { review: reviewJson(world, repo, issue, review, true), pull_request: pullJson(world, repo, issue) };
  const changes = action === 'edited' ? { changes: {} } : {};
  sandbox.emit({ event: 'pull_request_review', action, repo, actor, payload: { ...payload, ...changes } });
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
  };
  repo.reviews.set(review.id, review);
  if (input.event) submit(sandbox, actor, repo, issue, review, input.event);
  return review;
}

function submit(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, review: Review, event: ReviewEvent): void {
  review.state = states[event];
  review.submittedAt = sandbox.now();
  issue.pull.requestedReviewers = issue.pull.requestedReviewers.filter((login) => login !== review.user);
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
  review.state = 'DISMISSED';
  note(sandbox, actor, issue, 'review_dismissed', { subject: review.user });
  emitReview(sandbox, actor, repo, issue, review, 'dismissed');
  return review;
}

/** The newest opinion of each person with write access decides. Null when nobody who counts gave one. */
export function reviewDecision(repo: Repository, issue: PullIssue): 'APPROVED' | 'CHANGES_REQUESTED' | null {
  const newest = new Map<string, Review['state']>();
  for (const review of repo.reviews.values()) {
    if (review.pullNumber !== issue.number || !atLeast(permissionOf(repo, review.user), 'write')) continue;
    if (review.state !== 'COMMENTED' && review.state !== 'PENDING') newest.set(review.user, review.state);
  }
  const opinions = [...newest.values()];
  if (opinions.includes('CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  return opinions.includes('APPROVED') ? 'APPROVED' : null;
}

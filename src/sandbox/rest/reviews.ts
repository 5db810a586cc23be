/** REST: reviews of pull requests. */
import { createReview, dismissReview, editReview, submitReview } from '../actions/index.ts';
import { notFound, SandboxError } from '../error.ts';
import { reviewJson } from '../payload/pull.ts';
import type { PullIssue } from '../read.ts';
import type { Review } from '../state/pulls.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, list, login, numberParam, ok, pullOf, route } from './call.ts';

interface FoundReview {
  repo: Repository;
  issue: PullIssue;
  review: Review;
}

function reviewOf(call: Call): FoundReview {
  const { repo, issue } = pullOf(call);
  const review = repo.reviews.get(numberParam(call, 'review_id'));
  const hidden = review?.state === 'PENDING' && review.user !== login(call);
  if (!review || review.pullNumber !== issue.number || hidden) throw notFound();
  return { repo, issue, review };
}

function makeReview(call: Call): Answer {
  const { repo, issue } = pullOf(call);
  const body = bodyOf(call, 'pulls/create-review') ?? {};
  if (body.comments && body.comments.length > 0) throw new SandboxError(422, 'The sandbox has no comments on lines.');
  const input = { event: body.event, body: body.body, commitSha: body.commit_id };
  const review = createReview(call.sandbox, call.actor, repo, issue, input);
  return ok(reviewJson(call.world, repo, issue, review));
}

const pull = '/repos/{owner}/{repo}/pulls/{pull_number}' as const;

export const reviewRoutes = [
  route(`GET ${pull}/reviews`, (call) => {
    const { repo, issue } = pullOf(call);
    const found = [...repo.reviews.values()]
      .filter((review) => review.pullNumber === issue.number)
      .filter((review) => review.state !== 'PENDING' || review.user === login(call));
    return list(call, found, (review) => reviewJson(call.world, repo, issue, review));
  }),
  route(`POST ${pull}/reviews`, makeReview),
  route(`GET ${pull}/reviews/{review_id}`, (call) => {
    const { repo, issue, review } = reviewOf(call);
    return ok(reviewJson(call.world, repo, issue, review));
  }),
  route(`PUT ${pull}/reviews/{review_id}`, (call) => {
    const { repo, issue, review } = reviewOf(call);
    editReview(call.sandbox, call.actor, repo, issue, review, bodyOf(call, 'pulls/update-review').body);
    return ok(reviewJson(call.world, repo, issue, review));
  }),
  route(`POST ${pull}/reviews/{review_id}/events`, (call) => {
    const { repo, issue, review } = reviewOf(call);
    const body = bodyOf(call, 'pulls/submit-review');
    submitReview(call.sandbox, call.actor, repo, issue, review, body.event, body.body);
    return ok(reviewJson(call.world, repo, issue, review));
  }),
  route(`PUT ${pull}/reviews/{review_id}/dismissals`, (call) => {
    const { repo, issue, review } = reviewOf(call);
    dismissReview(call.sandbox, call.actor, repo, issue, review, bodyOf(call, 'pulls/dismiss-review').message);
    return ok(reviewJson(call.world, repo, issue, review));
  }),
  // Comments on lines cannot be made here, so there are none.
  route(`GET ${pull}/comments`, (call) => {
    pullOf(call);
    return ok([]);
  }),
  route(`GET ${pull}/reviews/{review_id}/comments`, (call) => {
    reviewOf(call);
    return ok([]);
  }),
];

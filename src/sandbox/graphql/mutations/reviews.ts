/** Reviews, given and asked for. */
import type { AddPullRequestReviewInput, RequestReviewsInput, SubmitPullRequestReviewInput } from '@octokit/graphql-schema';
import * as actions from '../../actions/index.ts';
import { pullByNumber } from '../../read.ts';
import type { Team } from '../../state/accounts.ts';
import type { Review } from '../../state/pulls.ts';
import type { Repository } from '../../state/repository.ts';
import type { Context } from '../context.ts';
import { unprocessable } from '../errors.ts';
import { needAccounts, needNode } from '../lookup.ts';
import { type PullNode, pullNode, type ReviewNode } from '../nodes.ts';
import { actorNode } from '../resolvers/account.ts';
import type { Fields } from '../types.ts';
import { given, mutation } from './mutation.ts';
import { needPull } from './pulls.ts';

function reviewNode(repo: Repository, review: Review): ReviewNode {
  return { __typename: 'PullRequestReview', repo, review };
}

/** Dismissing is a mutation of its own. */
function reviewEvent(event: string | null | undefined): actions.ReviewEvent | undefined {
  if (event === 'DISMISS') throw unprocessable('A review cannot be dismissed while it is given.');
  return event === 'APPROVE' || event === 'REQUEST_CHANGES' || event === 'COMMENT' ? event : undefined;
}

/** By its own id, or the viewer's pending one on a pull request. */
function pendingReview(context: Context, input: SubmitPullRequestReviewInput): ReviewNode {
  if (input.pullRequestReviewId) return needNode(context, input.pullRequestReviewId, 'PullRequestReview');
  if (!input.pullRequestId) throw unprocessable('Either pullRequestId or pullRequestReviewId must be given.');
  const node = needPull(context, input.pullRequestId);
  const reviews = context.index.reviews(node.repo, node.issue.number);
  const mine = reviews.find((review) => review.state === 'PENDING' && context.isAuthor(review.user));
  if (!mine) throw unprocessable('There is no pending review to submit.');
  return reviewNode(node.repo, mine);
}

/** Slugs of the requested teams that are not wanted any more. */
function otherTeams(context: Context, node: PullNode, wanted: Team[]): string[] {
  const asked = node.pull.requestedTeams.flatMap((id) => context.world.teams.get(id) ?? []);
  return asked.filter((team) => !wanted.includes(team)).map((team) => team.slug);
}

export const reviewMutations: Fields<unknown> = {
  addPullRequestReview: mutation<AddPullRequestReviewInput>((input, context, ...by) => {
    const node = needPull(context, input.pullRequestId);
    if (input.comments?.length || input.threads?.length) throw unprocessable('The sandbox keeps no review comments on lines.');
    const opinion = { event: reviewEvent(input.event), body: given(input.body), commitSha: given(input.commitOID) };
    const review = reviewNode(node.repo, actions.createReview(...by, node.repo, node.issue, opinion));
    return { pullRequestReview: review, reviewEdge: { cursor: String(review.review.id), node: review } };
  }),
  submitPullRequestReview: mutation<SubmitPullRequestReviewInput>((input, context, ...by) => {
    const { repo, review } = pendingReview(context, input);
    const issue = pullByNumber(repo, review.pullNumber);
    const event = reviewEvent(input.event);
    if (!event) throw unprocessable('A review is submitted with an event.');
    return { pullRequestReview: reviewNode(repo, actions.submitReview(...by, repo, issue, review, event, given(input.body))) };
  }),
  requestReviews: mutation<RequestReviewsInput>((input, context, ...by) => {
    const node = needPull(context, input.pullRequestId);
    const accounts = needAccounts(context, input.userIds ?? []);
    const wanted = accounts.map((one) => one.account.login);
    const teams = (input.teamIds ?? []).map((id) => needNode(context, id, 'Team').team);
    const others: actions.Reviewers = {
      people: input.union ? [] : node.pull.requestedReviewers.filter((login) => !wanted.includes(login)),
      teams: input.union ? [] : otherTeams(context, node, teams),
    };
    actions.requestReviewers(...by, node.repo, node.issue, { people: wanted, teams: teams.map((team) => team.slug) });
    actions.removeReviewers(...by, node.repo, node.issue, others);
    const edge = accounts[0] ? { cursor: String(accounts[0].account.id), node: accounts[0] } : null;
    return {
      pullRequest: pullNode(node.repo, node.issue),
      actor: actorNode(context, context.login),
      requestedReviewersEdge: edge,
    };
  }),
};

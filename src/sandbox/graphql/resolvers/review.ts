/** Reviews, requested and given. */
import type {
  PullRequestLatestOpinionatedReviewsArgs,
  PullRequestLatestReviewsArgs,
  PullRequestReviewsArgs,
} from '@octokit/graphql-schema';
import { atLeast, permissionOf } from '../../access.ts';
import { reviewDecision } from '../../actions/reviews.ts';
import { codeOwners } from '../../code-owners.ts';
import { nodeId } from '../../ids.ts';
import { accountByLogin } from '../../read.ts';
import type { Team } from '../../state/accounts.ts';
import type { Review } from '../../state/pulls.ts';
import { type PageArgs, page, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { linked, threadPath } from '../links.ts';
import { commitNode, type PullNode, pullNode, type ReviewNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { actorNode } from './account.ts';
import { pageOfTeams, teamNode } from './team.ts';
import { written } from './written.ts';

/** A pending review is seen only by who writes it. */
function visibleReviews({ repo, issue }: PullNode, context: Context): Review[] {
  return context.index
    .reviews(repo, issue.number)
    .filter((review) => review.state !== 'PENDING' || context.isAuthor(review.user));
}

/** The newest of each person, in the order in which they came. */
function newestOfEach(reviews: Review[]): Review[] {
  const newest = new Map<string, Review>();
  for (const review of reviews) newest.set(review.user, review);
  return [...newest.values()].sort((a, b) => a.id - b.id);
}

const opinions = new Set<Review['state']>(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

function opinionated(node: PullNode, context: Context): Review[] {
  return newestOfEach(visibleReviews(node, context).filter((review) => opinions.has(review.state)));
}

const isWriter = ({ repo }: PullNode, review: Review): boolean => atLeast(permissionOf(repo, review.user), 'write');

function toNode({ repo }: PullNode): (review: Review) => ReviewNode {
  return (review) => ({ __typename: 'PullRequestReview', repo, review });
}

function requests(node: PullNode, args: PageArgs, context: Context): unknown {
  const asked: (string | Team)[] = [
    ...node.pull.requestedReviewers,
    ...node.pull.requestedTeams.flatMap((id) => context.world.teams.get(id) ?? []),
  ];
  const owners = codeOwners(context.world, node.repo, node.issue);
  return paginate(
    asked,
    args,
    (one) => (typeof one === 'string' ? one : one.id),
    (one) => ({
      id: `RRE_${Buffer.from(`${node.pull.id}:${typeof one === 'string' ? one : one.id}`).toString('base64url')}`,
      databaseId: typeof one === 'string' ? (accountByLogin(context.world, one)?.id ?? null) : one.id,
      asCodeOwner: owners.some((owner) => (typeof one === 'string' ? owner.people.includes(one) : owner.teams.includes(one))),
      pullRequest: node,
      requestedReviewer: typeof one === 'string' ? actorNode(context, one) : teamNode(context, one),
    }),
  );
}

export const reviewsOfPull: Fields<PullNode> = {
  reviews: (node, args: PullRequestReviewsArgs, context) => {
    const states: readonly string[] = args.states ?? [];
    const found = visibleReviews(node, context).filter(
      (review) =>
        (states.length === 0 || states.includes(review.state)) &&
        (!args.author || review.user.toLowerCase() === args.author.toLowerCase()),
    );
    return page(found, args, toNode(node));
  },
  latestReviews: (node, args: PullRequestLatestReviewsArgs, context) =>
    page(newestOfEach(visibleReviews(node, context)), args, toNode(node)),
  latestOpinionatedReviews: (node, args: PullRequestLatestOpinionatedReviewsArgs, context) =>
    page(
      opinionated(node, context).filter((review) => !args.writersOnly || isWriter(node, review)),
      args,
      toNode(node),
    ),
  /** What writers said shows, required or not. */
  reviewDecision: ({ repo, issue }) => reviewDecision(repo, issue),
  reviewRequests: requests,
};

function pullOf({ repo, review }: ReviewNode): PullNode {
  const issue = repo.issues.get(review.pullNumber);
  if (!issue) throw new Error(`review ${review.id} has no pull request`);
  return pullNode(repo, issue);
}

export const reviewFields: Fields<ReviewNode> = {
  ...written(({ repo, review }: ReviewNode) => ({
    repo,
    user: review.user,
    body: review.body,
    createdAt: review.submittedAt,
    updatedAt: review.submittedAt,
    lastEditor: null,
    lastEditedAt: null,
  })),
  ...linked((node: ReviewNode) => `${threadPath(node.repo, pullOf(node).issue)}#pullrequestreview-${node.review.id}`),
  id: ({ repo, review }) => nodeId('PullRequestReview', repo.id, review.id),
  databaseId: ({ review }) => review.id,
  fullDatabaseId: ({ review }) => review.id,
  state: ({ review }) => review.state,
  submittedAt: ({ review }) => (review.state === 'PENDING' ? null : review.submittedAt),
  commit: ({ repo, review }) => (repo.objects.has(review.commitSha) ? commitNode(repo, review.commitSha) : null),
  pullRequest: pullOf,
  repository: ({ repo }) => ({ __typename: 'Repository', repo }),
  authorCanPushToRepository: ({ repo, review }) => atLeast(permissionOf(repo, review.user), 'write'),
  onBehalfOf: ({ review }, args: PageArgs, context) => pageOfTeams(context, review.onBehalfOf, args),
  comments: (_node, args: PageArgs) => paginate([], args, String, String),
  isMinimized: () => false,
  minimizedReason: () => null,
};

/** All resolvers, by type. */

import { mutationFields } from '../mutations/index.ts';
import type { Fields } from '../types.ts';
import { accountResolvers } from './account.ts';
import { appFields, checkAnnotationFields, checkRunFields, checkSuiteFields } from './check.ts';
import { commentFields } from './comment.ts';
import { commitFields } from './commit.ts';
import { gitResolvers, refFields } from './git.ts';
import { issueFields } from './issue.ts';
import { labelFields } from './label.ts';
import { milestoneFields } from './milestone.ts';
import { pullCommitFields } from './pull-changes.ts';
import { pullRequestFields } from './pull-request.ts';
import { queryFields } from './query.ts';
import { reactionFields, reactionGroupFields } from './reaction.ts';
import { repositoryFields } from './repository.ts';
import { reviewFields } from './review.ts';
import { statusCheckRollupFields, statusContextFields, statusFields } from './status.ts';
import { teamFields } from './team.ts';
import { eventResolvers } from './timeline.ts';

/** Types that are not here are plain data (pages, payloads) or not part of the sandbox. */
export const resolvers: Record<string, Fields<never>> = {
  Query: queryFields,
  Mutation: mutationFields,
  Repository: repositoryFields,
  Issue: issueFields,
  PullRequest: pullRequestFields,
  PullRequestCommit: pullCommitFields,
  PullRequestReview: reviewFields,
  IssueComment: commentFields,
  Label: labelFields,
  Milestone: milestoneFields,
  Reaction: reactionFields,
  ReactionGroup: reactionGroupFields,
  App: appFields,
  Team: teamFields,
  CheckSuite: checkSuiteFields,
  CheckRun: checkRunFields,
  CheckAnnotation: checkAnnotationFields,
  Status: statusFields,
  StatusContext: statusContextFields,
  StatusCheckRollup: statusCheckRollupFields,
  Commit: commitFields,
  Ref: refFields,
  ...gitResolvers,
  ...accountResolvers,
  ...eventResolvers,
};

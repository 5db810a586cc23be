/** Pull requests: opening, editing, draft and ready, merging. */
import type {
  ClosePullRequestInput,
  ConvertPullRequestToDraftInput,
  CreatePullRequestInput,
  MarkPullRequestReadyForReviewInput,
  MergePullRequestInput,
  ReopenPullRequestInput,
  UpdatePullRequestBranchInput,
  UpdatePullRequestInput,
} from '@octokit/graphql-schema';
import * as actions from '../../actions/index.ts';
import type { Context } from '../context.ts';
import { needNode } from '../lookup.ts';
import { type PullNode, pullNode } from '../nodes.ts';
import { actorNode } from '../resolvers/account.ts';
import type { Fields } from '../types.ts';
import { given, mutation } from './mutation.ts';
import { threadChange } from './thread-change.ts';

/** The pull request that an argument names. */
export function needPull(context: Context, id: string): PullNode {
  return needNode(context, id, 'PullRequest');
}

/** `owner:branch`, also where the head's repository is given by id. */
function headName(context: Context, input: CreatePullRequestInput): string {
  if (!input.headRepositoryId || input.headRefName.includes(':')) return input.headRefName;
  return `${needNode(context, input.headRepositoryId, 'Repository').repo.ownerLogin}:${input.headRefName}`;
}

const states: Fields<unknown> = {
  closePullRequest: mutation<ClosePullRequestInput>((input, context, ...by) => {
    const node = needPull(context, input.pullRequestId);
    actions.updatePull(...by, node.repo, node.issue, { state: 'closed' });
    return { pullRequest: node };
  }),
  reopenPullRequest: mutation<ReopenPullRequestInput>((input, context, ...by) => {
    const node = needPull(context, input.pullRequestId);
    actions.updatePull(...by, node.repo, node.issue, { state: 'open' });
    return { pullRequest: node };
  }),
  markPullRequestReadyForReview: mutation<MarkPullRequestReadyForReviewInput>((input, context, ...by) => {
    const node = needPull(context, input.pullRequestId);
    if (node.pull.draft) actions.markReady(...by, node.repo, node.issue);
    return { pullRequest: node };
  }),
  convertPullRequestToDraft: mutation<ConvertPullRequestToDraftInput>((input, context, ...by) => {
    const node = needPull(context, input.pullRequestId);
    if (!node.pull.draft) actions.convertToDraft(...by, node.repo, node.issue);
    return { pullRequest: node };
  }),
};

const methods = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' } as const;

export const pullMutations: Fields<unknown> = {
  ...states,
  createPullRequest: mutation<CreatePullRequestInput>((input, context, ...by) => {
    const { repo } = needNode(context, input.repositoryId, 'Repository');
    const issue = actions.createPull(...by, repo, {
      title: input.title,
      head: headName(context, input),
      base: input.baseRefName.replace(/^refs\/heads\//, ''),
      body: given(input.body),
      draft: given(input.draft),
      maintainerCanModify: given(input.maintainerCanModify),
    });
    return { pullRequest: pullNode(repo, issue) };
  }),
  updatePullRequest: mutation<UpdatePullRequestInput>((input, context, ...by) => {
    const node = needPull(context, input.pullRequestId);
    const rest = threadChange(context, node.repo, input);
    actions.updatePull(...by, node.repo, node.issue, {
      title: given(input.title),
      body: given(input.body),
      base: given(input.baseRefName),
      state: input.state ? (input.state === 'OPEN' ? 'open' : 'closed') : undefined,
      maintainerCanModify: given(input.maintainerCanModify),
    });
    if (Object.keys(rest).length > 0) actions.updateIssue(...by, node.repo, node.issue, rest);
    return { pullRequest: node, actor: actorNode(context, context.login) };
  }),
  mergePullRequest: mutation<MergePullRequestInput>((input, context, ...by) => {
    const node = needPull(context, input.pullRequestId);
    actions.mergePull(...by, node.repo, node.issue, {
      method: methods[input.mergeMethod ?? 'MERGE'],
      title: given(input.commitHeadline),
      message: given(input.commitBody),
      sha: given(input.expectedHeadOid),
    });
    return { pullRequest: node, actor: actorNode(context, context.login) };
  }),
  updatePullRequestBranch: mutation<UpdatePullRequestBranchInput>((input, context, ...by) => {
    const node = needPull(context, input.pullRequestId);
    actions.updateBranch(...by, node.repo, node.issue, given(input.expectedHeadOid));
    return { pullRequest: node };
  }),
};

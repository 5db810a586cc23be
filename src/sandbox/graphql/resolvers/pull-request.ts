/** Pull requests: what they share with issues, their branches, their merge. */
import { atLeast } from '../../access.ts';
import { closingIssues } from '../../closing.ts';
import { accountByLogin, baseShaOf, headRepoOf } from '../../read.ts';
import { hasMergeQueue } from '../../rules.ts';
import type { Repository } from '../../state/repository.ts';
import { type PageArgs, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { canRead } from '../guard.ts';
import { link, threadPath } from '../links.ts';
import { commitNode, issueNode, type PullNode, refNode, repoNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { accountNode, actorNode } from './account.ts';
import { pullChanges } from './pull-changes.ts';
import { mergeableState, mergeStateStatus, pullState } from './pull-state.ts';
import { reviewsOfPull } from './review.ts';
import { threadFields } from './thread.ts';

function branch(repo: Repository | null, name: string): unknown {
  return repo?.refs.has(`refs/heads/${name}`) ? refNode(repo, `refs/heads/${name}`) : null;
}

function headRepository({ pull }: PullNode, context: Context): Repository | null {
  const repo = headRepoOf(context.world, pull);
  return repo && canRead(context, repo, 'Repository') ? repo : null;
}

function headOwner(node: PullNode, context: Context): unknown {
  const repo = headRepository(node, context);
  const account = repo ? accountByLogin(context.world, repo.ownerLogin) : null;
  return account ? accountNode(account) : null;
}

function closes({ repo, issue }: PullNode, args: PageArgs & { userLinkedOnly?: boolean | null }, context: Context): unknown {
  const found = closingIssues(context.world, repo, issue).filter((ref) => canRead(context, ref.repo, 'Issue'));
  return paginate(
    args.userLinkedOnly ? [] : found,
    args,
    (ref) => ref.issue.id,
    (ref) => issueNode(ref.repo, ref.issue),
  );
}

const branches: Fields<PullNode> = {
  headRefName: ({ pull }) => pull.headRef,
  headRefOid: ({ pull }) => pull.headSha,
  headRef: ({ pull }, _args, context) => branch(headRepoOf(context.world, pull), pull.headRef),
  headRepository: (node, _args, context) => {
    const repo = headRepository(node, context);
    return repo ? repoNode(repo) : null;
  },
  headRepositoryOwner: (node, _args, context) => headOwner(node, context),
  isCrossRepository: ({ repo, pull }) => pull.headRepoId !== repo.id,
  baseRefName: ({ pull }) => pull.baseRef,
  baseRefOid: ({ repo, issue }) => baseShaOf(repo, issue),
  baseRef: ({ repo, pull }) => branch(repo, pull.baseRef),
  baseRepository: ({ repo }) => repoNode(repo),
};

const merging: Fields<PullNode> = {
  isDraft: ({ pull }) => pull.draft,
  merged: ({ pull }) => pull.merged,
  mergedAt: ({ pull }) => pull.mergedAt,
  mergedBy: ({ pull }, _args, context) => actorNode(context, pull.mergedBy),
  mergeCommit: ({ repo, pull }) => (pull.merged && pull.mergeCommitSha ? commitNode(repo, pull.mergeCommitSha) : null),
  potentialMergeCommit: () => null,
  mergeable: mergeableState,
  mergeStateStatus: (node, _args, context) => mergeStateStatus(node, context),
  canBeRebased: (node) => mergeableState(node) === 'MERGEABLE',
  autoMergeRequest: () => null,
  mergeQueueEntry: () => null,
  mergeQueue: () => null,
  isInMergeQueue: ({ repo, issue }) => [...repo.mergeGroups.values()].some((group) => group.pullNumber === issue.number),
  isMergeQueueEnabled: ({ repo, pull }) => hasMergeQueue(repo, pull.baseRef),
  maintainerCanModify: ({ pull }) => pull.maintainerCanModify,
  viewerCanUpdateBranch: ({ repo }, _args, context) => atLeast(context.permission(repo), 'write'),
};

export const pullRequestFields: Fields<PullNode> = {
  ...threadFields<PullNode>(),
  ...branches,
  ...merging,
  ...pullChanges,
  ...reviewsOfPull,
  databaseId: ({ pull }) => pull.id,
  fullDatabaseId: ({ pull }) => pull.id,
  state: ({ issue }) => pullState(issue),
  permalink: ({ repo, issue }, _args, context) => link(context, threadPath(repo, issue)),
  checksUrl: ({ repo, issue }, _args, context) => link(context, `${threadPath(repo, issue)}/checks`),
  checksResourcePath: ({ repo, issue }) => `${threadPath(repo, issue)}/checks`,
  totalCommentsCount: ({ repo, issue }, _args, context) => context.index.comments(repo, issue.number).length,
  closingIssuesReferences: closes,
};

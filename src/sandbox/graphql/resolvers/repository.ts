/** Repositories: what they are and how they merge. */
import { atLeast } from '../../access.ts';
import { nodeId } from '../../ids.ts';
import { accountByLogin, fullName } from '../../read.ts';
import type { Repository } from '../../state/repository.ts';
import type { Context } from '../context.ts';
import { canRead } from '../guard.ts';
import { link, linked, repoPath } from '../links.ts';
import { type RepoNode, repoNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { accountNode } from './account.ts';
import { repositoryContent } from './repository-content.ts';
import { repositoryThreads } from './repository-threads.ts';

function owner({ repo }: RepoNode, context: Context): unknown {
  const account = accountByLogin(context.world, repo.ownerLogin);
  if (!account) throw new Error(`${repo.ownerLogin} has no account`);
  return accountNode(account);
}

function parent({ repo }: RepoNode, context: Context): RepoNode | null {
  const from = repo.forkOf === null ? undefined : context.world.repositories.get(repo.forkOf);
  return from && canRead(context, from, 'Repository') ? repoNode(from) : null;
}

function viewerPermission({ repo }: RepoNode, context: Context): string | null {
  const permission = context.permission(repo);
  return permission === 'none' ? null : permission.toUpperCase();
}

function mergeMethod({ repo }: RepoNode): string {
  return repo.allowMergeCommit ? 'MERGE' : repo.allowSquashMerge ? 'SQUASH' : 'REBASE';
}

const forksOf = (repo: Repository, context: Context): number =>
  [...context.world.repositories.values()].filter((one) => one.forkOf === repo.id).length;

const merging: Fields<RepoNode> = {
  squashMergeAllowed: ({ repo }) => repo.allowSquashMerge,
  squashMergeCommitTitle: ({ repo }) => repo.squashMergeCommitTitle,
  squashMergeCommitMessage: ({ repo }) => repo.squashMergeCommitMessage,
  squashPrTitleUsedAsDefault: ({ repo }) => repo.squashMergeCommitTitle === 'PR_TITLE',
  mergeCommitAllowed: ({ repo }) => repo.allowMergeCommit,
  mergeCommitTitle: () => 'MERGE_MESSAGE',
  mergeCommitMessage: () => 'PR_TITLE',
  rebaseMergeAllowed: ({ repo }) => repo.allowRebaseMerge,
  deleteBranchOnMerge: ({ repo }) => repo.deleteBranchOnMerge,
  autoMergeAllowed: () => false,
  allowUpdateBranch: () => false,
  viewerDefaultMergeMethod: mergeMethod,
  mergeQueue: () => null,
};

const nature: Fields<RepoNode> = {
  isPrivate: ({ repo }) => repo.private,
  visibility: ({ repo }) => (repo.private ? 'PRIVATE' : 'PUBLIC'),
  isArchived: ({ repo }) => repo.archived,
  archivedAt: () => null,
  isFork: ({ repo }) => repo.forkOf !== null,
  isDisabled: () => false,
  isEmpty: ({ repo }) => repo.refs.size === 0,
  isInOrganization: ({ repo }, _args, context) => accountByLogin(context.world, repo.ownerLogin)?.type === 'Organization',
  isLocked: () => false,
  isMirror: () => false,
  isTemplate: () => false,
  isBlankIssuesEnabled: () => true,
  hasIssuesEnabled: ({ repo }) => repo.hasIssues,
  hasDiscussionsEnabled: () => false,
  hasProjectsEnabled: () => false,
  hasWikiEnabled: () => false,
  forkCount: ({ repo }, _args, context) => forksOf(repo, context),
  forkingAllowed: () => true,
  stargazerCount: () => 0,
};

export const repositoryFields: Fields<RepoNode> = {
  ...linked(({ repo }: RepoNode) => repoPath(repo)),
  ...merging,
  ...nature,
  ...repositoryContent,
  ...repositoryThreads,
  id: ({ repo }) => nodeId('Repository', null, repo.id),
  databaseId: ({ repo }) => repo.id,
  name: ({ repo }) => repo.name,
  nameWithOwner: ({ repo }) => fullName(repo),
  owner: (node, _args, context) => owner(node, context),
  description: ({ repo }) => repo.description,
  createdAt: ({ repo }) => repo.createdAt,
  updatedAt: ({ repo }) => repo.updatedAt,
  pushedAt: ({ repo }) => repo.pushedAt,
  homepageUrl: () => null,
  sshUrl: ({ repo }, _args, context) => `git@${new URL(context.world.url).hostname}:${fullName(repo)}.git`,
  openGraphImageUrl: ({ repo }, _args, context) => link(context, `${repoPath(repo)}/card.png`),
  parent: (node, _args, context) => parent(node, context),
  viewerPermission: (node, _args, context) => viewerPermission(node, context),
  viewerCanAdminister: ({ repo }, _args, context) => atLeast(context.permission(repo), 'admin'),
  viewerSubscription: () => 'UNSUBSCRIBED',
};

/** What an owner of repositories answers about them. */
import type { RepositoryOwnerRepositoriesArgs, RepositoryOwnerRepositoryArgs } from '@octokit/graphql-schema';
import { canSee } from '../../access.ts';
import { repoByName } from '../../read.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { type AccountNode, type RepoNode, repoNode } from '../nodes.ts';
import type { Fields } from '../types.ts';

/** @throws {GraphQLError} NOT_FOUND, the same for what is out of sight */
export function repositoryNamed(context: Context, owner: string, name: string): RepoNode {
  const repo = repoByName(context.world, owner, name);
  if (!repo || !canSee(context.world, context.actor, repo)) {
    throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  return repoNode(repo);
}

export const ownerFields: Fields<AccountNode> = {
  repository: ({ account }, args: RepositoryOwnerRepositoryArgs, context) => repositoryNamed(context, account.login, args.name),
  repositories: ({ account }, args: RepositoryOwnerRepositoriesArgs, context) => {
    const mine = [...context.world.repositories.values()].filter(
      (repo) =>
        repo.ownerLogin === account.login &&
        canSee(context.world, context.actor, repo) &&
        (!args.privacy || (args.privacy === 'PRIVATE') === repo.private) &&
        (typeof args.hasIssuesEnabled !== 'boolean' || repo.hasIssues === args.hasIssuesEnabled),
    );
    return page(mine, args, repoNode);
  },
};

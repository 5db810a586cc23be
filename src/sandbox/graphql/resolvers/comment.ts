/** Comments on issues and pull requests. */
import { nodeId } from '../../ids.ts';
import { linked, threadPath } from '../links.ts';
import { type CommentNode, type ThreadNode, threadNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { reactable } from './reaction.ts';
import { mayModerate, written } from './written.ts';

function threadOf({ repo, comment }: CommentNode): ThreadNode {
  const issue = repo.issues.get(comment.issueNumber);
  if (!issue) throw new Error(`comment ${comment.id} has no issue`);
  return threadNode(repo, issue);
}

export const commentFields: Fields<CommentNode> = {
  ...written(({ repo, comment }: CommentNode) => ({ repo, ...comment })),
  ...reactable<CommentNode>(),
  ...linked((node: CommentNode) => `${threadPath(node.repo, threadOf(node).issue)}#issuecomment-${node.comment.id}`),
  id: ({ repo, comment }) => nodeId('IssueComment', repo.id, comment.id),
  databaseId: ({ comment }) => comment.id,
  fullDatabaseId: ({ comment }) => comment.id,
  repository: ({ repo }) => ({ __typename: 'Repository', repo }),
  issue: (node) => {
    const thread = threadOf(node);
    return { __typename: 'Issue', repo: thread.repo, issue: thread.issue };
  },
  pullRequest: (node) => {
    const thread = threadOf(node);
    return thread.__typename === 'PullRequest' ? thread : null;
  },
  isMinimized: ({ comment }) => comment.minimizedReason !== null,
  minimizedReason: ({ comment }) => comment.minimizedReason,
  viewerCanDelete: ({ repo, comment }, _args, context) => context.isAuthor(comment.user) || mayModerate(context, repo, 'issues'),
  viewerCanMinimize: ({ repo, comment }, _args, context) =>
    context.isAuthor(comment.user) || mayModerate(context, repo, 'issues'),
};

/** Labels. */
import type { LabelIssuesArgs, LabelPullRequestsArgs, RepositoryLabelsArgs } from '@octokit/graphql-schema';
import { nodeId } from '../../ids.ts';
import type { Label } from '../../state/issues.ts';
import type { Repository } from '../../state/repository.ts';
import { type Page, page } from '../connection.ts';
import { linked, repoPath } from '../links.ts';
import { type LabelNode, labelNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { pageOfIssues, pageOfPulls } from './thread-list.ts';

/** A page of labels in the wanted order; by creation unless said otherwise. */
export function pageOfLabels(repo: Repository, labels: Label[], args: RepositoryLabelsArgs): Page<LabelNode> {
  const wanted = args.query?.toLowerCase();
  const found = wanted
    ? labels.filter((label) => `${label.name}\n${label.description ?? ''}`.toLowerCase().includes(wanted))
    : [...labels];
  const byName = args.orderBy?.field === 'NAME';
  found.sort((a, b) => (byName ? a.name.localeCompare(b.name) : a.id - b.id));
  if (args.orderBy?.direction === 'DESC') found.reverse();
  return page(found, args, (label) => labelNode(repo, label));
}

export const labelFields: Fields<LabelNode> = {
  id: ({ repo, label }) => nodeId('Label', repo.id, label.id),
  name: ({ label }) => label.name,
  color: ({ label }) => label.color,
  description: ({ label }) => label.description,
  isDefault: () => false,
  createdAt: ({ repo }) => repo.createdAt,
  updatedAt: ({ repo }) => repo.createdAt,
  repository: ({ repo }) => ({ __typename: 'Repository', repo }),
  issues: ({ repo, label }, args: LabelIssuesArgs, context) =>
    pageOfIssues(context, repo, args, (issue) => issue.labels.includes(label.id)),
  pullRequests: ({ repo, label }, args: LabelPullRequestsArgs, context) =>
    pageOfPulls(context, repo, args, (issue) => issue.labels.includes(label.id)),
  ...linked(({ repo, label }: LabelNode) => `${repoPath(repo)}/labels/${encodeURIComponent(label.name)}`),
};

/** Milestones. */
import type { MilestoneIssuesArgs, MilestonePullRequestsArgs } from '@octokit/graphql-schema';
import { atLeast } from '../../access.ts';
import { nodeId } from '../../ids.ts';
import { linked, repoPath } from '../links.ts';
import type { MilestoneNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { actorNode } from './account.ts';
import { pageOfIssues, pageOfPulls } from './thread-list.ts';

function progress({ repo, milestone }: MilestoneNode): number {
  const mine = [...repo.issues.values()].filter((issue) => issue.milestone === milestone.number);
  return mine.length === 0 ? 0 : (mine.filter((issue) => issue.state === 'closed').length * 100) / mine.length;
}

export const milestoneFields: Fields<MilestoneNode> = {
  ...linked(({ repo, milestone }: MilestoneNode) => `${repoPath(repo)}/milestone/${milestone.number}`),
  id: ({ repo, milestone }) => nodeId('Milestone', repo.id, milestone.id),
  number: ({ milestone }) => milestone.number,
  title: ({ milestone }) => milestone.title,
  description: ({ milestone }) => milestone.description,
  state: ({ milestone }) => milestone.state.toUpperCase(),
  closed: ({ milestone }) => milestone.state === 'closed',
  closedAt: ({ milestone }) => milestone.closedAt,
  createdAt: ({ milestone }) => milestone.createdAt,
  updatedAt: ({ milestone }) => milestone.updatedAt,
  dueOn: ({ milestone }) => milestone.dueOn,
  creator: ({ milestone }, _args, context) => actorNode(context, milestone.creator),
  repository: ({ repo }) => ({ __typename: 'Repository', repo }),
  progressPercentage: progress,
  issues: ({ repo, milestone }, args: MilestoneIssuesArgs, context) =>
    pageOfIssues(context, repo, args, (issue) => issue.milestone === milestone.number),
  pullRequests: ({ repo, milestone }, args: MilestonePullRequestsArgs, context) =>
    pageOfPulls(context, repo, args, (issue) => issue.milestone === milestone.number),
  viewerCanClose: ({ repo }, _args, context) => atLeast(context.permission(repo), 'triage'),
  viewerCanReopen: ({ repo }, _args, context) => atLeast(context.permission(repo), 'triage'),
};

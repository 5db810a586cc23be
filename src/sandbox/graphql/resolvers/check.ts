/** Check suites, their runs, and the runs' annotations. */
import type { CheckRunFilter, CheckSuiteCheckRunsArgs, CommitCheckSuitesArgs } from '@octokit/graphql-schema';
import { nodeId } from '../../ids.ts';
import { latestRuns } from '../../payload/check.ts';
import type { App } from '../../state/accounts.ts';
import type { CheckRun } from '../../state/checks.ts';
import { type PageArgs, page, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { link, linked, repoPath } from '../links.ts';
import {
  type AnnotationNode,
  type CheckRunNode,
  type CheckSuiteNode,
  checkRunNode,
  commitNode,
  type GitNode,
  refNode,
} from '../nodes.ts';
import type { Fields } from '../types.ts';
import { suiteOutcome } from './rollup.ts';
import { isRequired } from './status.ts';
import { pageOfPulls } from './thread-list.ts';

function passes(filter: CheckRunFilter | null | undefined): (run: CheckRun) => boolean {
  const upper = (value: string | null): string => (value ?? '').toUpperCase();
  const statuses: readonly string[] | null = filter?.statuses ?? (filter?.status ? [filter.status] : null);
  const conclusions: readonly string[] | null = filter?.conclusions ?? null;
  return (run) =>
    (!filter?.checkName || run.name === filter.checkName) &&
    (typeof filter?.appId !== 'number' || run.appId === filter.appId) &&
    (!statuses || statuses.includes(upper(run.status))) &&
    (!conclusions || conclusions.includes(upper(run.conclusion)));
}

function checkRuns({ repo, suite }: CheckSuiteNode, args: CheckSuiteCheckRunsArgs, context: Context): unknown {
  const all = context.index.runs(repo, suite.id);
  const considered = args.filterBy?.checkType === 'LATEST' ? latestRuns(all) : all;
  return page(considered.filter(passes(args.filterBy)), args, (run) => checkRunNode(repo, run));
}

/** `Commit.checkSuites`. */
export function checkSuites({ repo, sha }: GitNode, args: CommitCheckSuitesArgs, context: Context): unknown {
  const { appId, checkName } = args.filterBy ?? {};
  const found = context.index
    .suites(repo, sha)
    .filter(
      (suite) =>
        (typeof appId !== 'number' || suite.appId === appId) &&
        (!checkName || context.index.runs(repo, suite.id).some((run) => run.name === checkName)),
    );
  return page(found, args, (suite): CheckSuiteNode => ({ __typename: 'CheckSuite', repo, suite }));
}

export const checkSuiteFields: Fields<CheckSuiteNode> = {
  ...linked(({ repo, suite }: CheckSuiteNode) => `${repoPath(repo)}/commit/${suite.headSha}/checks?check_suite_id=${suite.id}`),
  id: ({ repo, suite }) => nodeId('CheckSuite', repo.id, suite.id),
  databaseId: ({ suite }) => suite.id,
  app: ({ suite }, _args, context) => {
    const app = context.world.apps.get(suite.appId);
    return app ? { __typename: 'App', app } : null;
  },
  branch: ({ repo, suite }) =>
    suite.headBranch && repo.refs.has(`refs/heads/${suite.headBranch}`) ? refNode(repo, `refs/heads/${suite.headBranch}`) : null,
  commit: ({ repo, suite }) => commitNode(repo, suite.headSha),
  createdAt: ({ suite }) => suite.createdAt,
  updatedAt: ({ suite }) => suite.updatedAt,
  creator: () => null,
  repository: ({ repo }) => ({ __typename: 'Repository', repo }),
  status: ({ repo, suite }, _args, context) => suiteOutcome(context, repo, suite).status,
  conclusion: ({ repo, suite }, _args, context) => suiteOutcome(context, repo, suite).conclusion,
  checkRuns,
  matchingPullRequests: ({ repo, suite }, args: PageArgs, context) =>
    pageOfPulls(context, repo, args, (issue) => issue.pull.headSha === suite.headSha && issue.pull.headRepoId === repo.id),
  push: () => null,
  workflowRun: () => null,
};

function suiteOf({ repo, run }: CheckRunNode): CheckSuiteNode {
  const suite = repo.checkSuites.get(run.suiteId);
  if (!suite) throw new Error(`check run ${run.id} has no suite`);
  return { __typename: 'CheckSuite', repo, suite };
}

function runPath({ repo, run }: CheckRunNode): string {
  return `${repoPath(repo)}/runs/${run.id}`;
}

export const checkRunFields: Fields<CheckRunNode> = {
  ...linked(runPath),
  id: ({ repo, run }) => nodeId('CheckRun', repo.id, run.id),
  databaseId: ({ run }) => run.id,
  name: ({ run }) => run.name,
  status: ({ run }) => run.status.toUpperCase(),
  conclusion: ({ run }) => run.conclusion?.toUpperCase() ?? null,
  externalId: ({ run }) => run.externalId,
  title: ({ run }) => run.title,
  summary: ({ run }) => run.summary,
  text: ({ run }) => run.text,
  detailsUrl: ({ run }, _args, context) =>
    run.detailsUrl ?? link(context, `/apps/${context.world.apps.get(run.appId)?.slug ?? ''}`),
  permalink: (node, _args, context) => link(context, runPath(node)),
  startedAt: ({ run }) => run.startedAt,
  completedAt: ({ run }) => run.completedAt,
  repository: ({ repo }) => ({ __typename: 'Repository', repo }),
  checkSuite: suiteOf,
  isRequired,
  deployment: () => null,
  pendingDeploymentRequest: () => null,
  steps: () => null,
  annotations: ({ repo, run }, args: PageArgs) => {
    const numbered = run.annotations.map((annotation, at) => ({ annotation, at }));
    return paginate(
      numbered,
      args,
      ({ at }) => at,
      ({ annotation }): AnnotationNode => ({ __typename: 'CheckAnnotation', repo, run, annotation }),
    );
  },
};

export const checkAnnotationFields: Fields<AnnotationNode> = {
  path: ({ annotation }) => annotation.path,
  location: ({ annotation }) => ({
    start: { line: annotation.startLine, column: null },
    end: { line: annotation.endLine, column: null },
  }),
  annotationLevel: ({ annotation }) => annotation.level.toUpperCase(),
  title: ({ annotation }) => annotation.title,
  message: ({ annotation }) => annotation.message,
  rawDetails: ({ annotation }) => annotation.rawDetails,
  databaseId: () => null,
  blobUrl: ({ repo, run, annotation }, _args, context) =>
    link(context, `${repoPath(repo)}/blob/${run.headSha}/${annotation.path}`),
};

const madeAt = '2020-01-01T00:00:00Z';

export const appFields: Fields<{ app: App }> = {
  id: ({ app }) => nodeId('App', null, app.id),
  databaseId: ({ app }) => app.id,
  slug: ({ app }) => app.slug,
  name: ({ app }) => app.name,
  description: () => '',
  createdAt: () => madeAt,
  updatedAt: () => madeAt,
  url: ({ app }, _args, context) => link(context, `/apps/${app.slug}`),
  logoUrl: ({ app }, _args, context) => link(context, `/avatars/${app.id}`),
  logoBackgroundColor: () => 'ffffff',
  clientId: () => null,
};

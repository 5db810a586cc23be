/** REST: commit statuses. */
import { createStatus } from '../actions/index.ts';
import { combinedState, latestStatuses, statusJson } from '../payload/check.ts';
import type { Json } from '../payload/json.ts';
import { minimalRepositoryJson, repoUrl } from '../payload/repository.ts';
import { type Answer, bodyOf, type Call, created, list, pageOf, param, repoOf, route } from './call.ts';
import { commitOfRef } from './checks.ts';

function combined(call: Call): Answer {
  const repo = repoOf(call, 'statuses');
  const sha = commitOfRef(call, repo);
  const statuses = latestStatuses(repo, sha);
  const { items, headers } = pageOf(call, statuses);
  const body: Json = {
    state: combinedState(statuses),
    statuses: items.map((status) => {
      const { creator, ...simple } = statusJson(call.world, repo, status);
      return simple;
    }),
    sha,
    total_count: statuses.length,
    repository: minimalRepositoryJson(call.world, repo),
    commit_url: `${repoUrl(call.world, repo)}/commits/${sha}`,
    url: `${repoUrl(call.world, repo)}/commits/${sha}/status`,
  };
  return { status: 200, body, headers };
}

const repository = '/repos/{owner}/{repo}' as const;

export const statusRoutes = [
  route(`POST ${repository}/statuses/{sha}`, (call) => {
    const repo = repoOf(call);
    const { target_url, ...body } = bodyOf(call, 'repos/create-commit-status');
    const status = createStatus(call.sandbox, call.actor, repo, param(call, 'sha'), { ...body, targetUrl: target_url });
    return created(statusJson(call.world, repo, status));
  }),
  route(`GET ${repository}/commits/{ref}/statuses`, (call) => {
    const repo = repoOf(call, 'statuses');
    const sha = commitOfRef(call, repo);
    const found = repo.statuses.filter((status) => status.sha === sha).reverse();
    return list(call, found, (status) => statusJson(call.world, repo, status));
  }),
  route(`GET ${repository}/commits/{ref}/status`, combined),
];

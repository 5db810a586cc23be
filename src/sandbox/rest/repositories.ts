/** REST: repositories and the organisations that have them. */

import { canSee } from '../access.ts';
import { createRepository, deleteRepository, forkRepository, type RepositoryChange, updateRepository } from '../actions/index.ts';
import { notFound } from '../error.ts';
import { fullUserJson, organizationJson } from '../payload/account.ts';
import { fullRepositoryJson, repositoryJson } from '../payload/repository.ts';
import { accountByLogin } from '../read.ts';
import type { Account } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, list, login, noContent, ok, param, repoOf, route } from './call.ts';

function answer(call: Call, repo: Repository, status = 200): Answer {
  return { status, body: fullRepositoryJson(call.world, repo, login(call)) };
}

export function organization(call: Call): Account {
  const account = accountByLogin(call.world, param(call, 'org'));
  if (account?.type !== 'Organization') throw notFound();
  return account;
}

function create(call: Call): Answer {
  const org = organization(call);
  const body = bodyOf(call, 'repos/create-in-org');
  const repo = createRepository(call.sandbox, call.actor, org.login, {
    name: body.name,
    description: body.description,
    private: body.private ?? (body.visibility === 'private' ? true : undefined),
    hasIssues: body.has_issues,
    autoInit: body.auto_init,
    allowSquashMerge: body.allow_squash_merge,
    allowMergeCommit: body.allow_merge_commit,
    allowRebaseMerge: body.allow_rebase_merge,
    deleteBranchOnMerge: body.delete_branch_on_merge,
    squashMergeCommitTitle: body.squash_merge_commit_title,
    squashMergeCommitMessage: body.squash_merge_commit_message,
  });
  return answer(call, repo, 201);
}

function update(call: Call): Answer {
  const repo = repoOf(call);
  const body = bodyOf(call, 'repos/update') ?? {};
  const change: RepositoryChange = {
    name: body.name,
    description: body.description,
    private: body.private ?? (body.visibility === undefined ? undefined : body.visibility === 'private'),
    hasIssues: body.has_issues,
    archived: body.archived,
    defaultBranch: body.default_branch,
    allowSquashMerge: body.allow_squash_merge,
    allowMergeCommit: body.allow_merge_commit,
    allowRebaseMerge: body.allow_rebase_merge,
    deleteBranchOnMerge: body.delete_branch_on_merge,
    squashMergeCommitTitle: body.squash_merge_commit_title,
    squashMergeCommitMessage: body.squash_merge_commit_message,
  };
  updateRepository(call.sandbox, call.actor, repo, change);
  return answer(call, repo);
}

function fork(call: Call): Answer {
  const body = bodyOf(call, 'repos/create-fork') ?? {};
  const made = forkRepository(call.sandbox, call.actor, repoOf(call), body.organization ?? login(call), body.name);
  return answer(call, made, 202);
}

function repositoriesOf(call: Call, owner: string): Answer {
  const found = [...call.world.repositories.values()].filter(
    (repo) => repo.ownerLogin === owner && canSee(call.world, call.actor, repo),
  );
  return list(call, found, (repo) => repositoryJson(call.world, repo, login(call)));
}

const repository = '/repos/{owner}/{repo}' as const;

export const repositoryRoutes = [
  route(`GET ${repository}`, (call) => answer(call, repoOf(call))),
  route(`PATCH ${repository}`, update),
  route(`DELETE ${repository}`, (call) => {
    deleteRepository(call.sandbox, call.actor, repoOf(call));
    return noContent;
  }),
  route(`GET ${repository}/forks`, (call) => {
    const repo = repoOf(call);
    const forks = [...call.world.repositories.values()].filter((one) => one.forkOf === repo.id);
    return list(call, forks, (one) => repositoryJson(call.world, one, login(call)));
  }),
  route(`POST ${repository}/forks`, fork),
  route('GET /orgs/{org}', (call) => {
    const org = organization(call);
    const { name, company, blog, location, email, hireable, bio, ...rest } = fullUserJson(call.world, org);
    return ok({
      ...rest,
      ...organizationJson(call.world, org),
      name,
      has_organization_projects: true,
      has_repository_projects: true,
      archived_at: null,
    });
  }),
  route('GET /orgs/{org}/repos', (call) => repositoriesOf(call, organization(call).login)),
  route('POST /orgs/{org}/repos', create),
];

/** REST: repositories, their people, organisations and users. */

import { atLeast, canSee, permissionOf } from '../access.ts';
import {
  createRepository,
  deleteRepository,
  forkRepository,
  type RepositoryChange,
  setCollaborator,
  updateRepository,
} from '../actions/index.ts';
import { notFound, SandboxError } from '../error.ts';
import { fullUserJson, organizationJson, userJson } from '../payload/account.ts';
import type { Json } from '../payload/json.ts';
import { fullRepositoryJson, repositoryJson } from '../payload/repository.ts';
import { accountByLogin } from '../read.ts';
import type { Account, Permission, Repository } from '../state/types.ts';
import { type Answer, bodyOf, type Call, list, login, noContent, ok, param, repoOf, route } from './call.ts';

function answer(call: Call, repo: Repository, status = 200): Answer {
  return { status, body: fullRepositoryJson(call.world, repo, login(call)) };
}

function organization(call: Call): Account {
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

/** GitHub's five words, and the older four of `permission`. */
function legacy(permission: Permission): string {
  return { admin: 'admin', maintain: 'write', write: 'write', triage: 'read', read: 'read', none: 'none' }[permission];
}

function collaboratorJson(call: Call, name: string, permission: Permission): Json {
  const flags = {
    admin: permission === 'admin',
    maintain: atLeast(permission, 'maintain'),
    push: atLeast(permission, 'write'),
    triage: atLeast(permission, 'triage'),
    pull: atLeast(permission, 'read'),
  };
  return { ...userJson(call.world, name), permissions: flags, role_name: permission };
}

function permissionAnswer(call: Call): Answer {
  const repo = repoOf(call);
  mustSeePeople(call, repo);
  const account = accountByLogin(call.world, param(call, 'username'));
  if (account?.type !== 'User') throw notFound(`${param(call, 'username')} is not a user`);
  const permission = permissionOf(repo, account.login);
  const user = collaboratorJson(call, account.login, permission);
  return ok({ permission: legacy(permission), role_name: permission, user });
}

/** Only people with push access, and apps, see who collaborates. */
function mustSeePeople(call: Call, repo: Repository): void {
  if (call.actor.kind !== 'user' || atLeast(permissionOf(repo, call.actor.login), 'write')) return;
  throw new SandboxError(403, 'Must have push access to view repository collaborators.');
}

const wordToPermission: Record<string, Permission | undefined> = {
  pull: 'read',
  push: 'write',
  read: 'read',
  triage: 'triage',
  write: 'write',
  maintain: 'maintain',
  admin: 'admin',
};

function addCollaborator(call: Call): Answer {
  const repo = repoOf(call);
  const word = bodyOf(call, 'repos/add-collaborator')?.permission ?? 'push';
  const permission = wordToPermission[word];
  if (!permission)
    throw new SandboxError(422, 'Validation Failed', [{ resource: 'Collaborator', field: 'permission', code: 'invalid' }]);
  setCollaborator(call.sandbox, call.actor, repo, param(call, 'username'), permission);
  return noContent;
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
  route(`GET ${repository}/collaborators`, (call) => {
    const repo = repoOf(call);
    mustSeePeople(call, repo);
    return list(call, [...repo.collaborators], ([name, permission]) => collaboratorJson(call, name, permission));
  }),
  route(`GET ${repository}/collaborators/{username}`, (call) => {
    const repo = repoOf(call);
    mustSeePeople(call, repo);
    if (!repo.collaborators.has(param(call, 'username'))) throw notFound();
    return noContent;
  }),
  route(`PUT ${repository}/collaborators/{username}`, addCollaborator),
  route(`DELETE ${repository}/collaborators/{username}`, (call) => {
    setCollaborator(call.sandbox, call.actor, repoOf(call), param(call, 'username'), null);
    return noContent;
  }),
  route(`GET ${repository}/collaborators/{username}/permission`, permissionAnswer),
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
  route('GET /orgs/{org}/members', (call) => {
    const members = [...(call.world.members.get(organization(call).login) ?? [])];
    return list(call, members, (name) => userJson(call.world, name));
  }),
  route('GET /user', (call) => {
    if (call.actor.kind !== 'user') throw new SandboxError(403, 'Resource not accessible by integration');
    const account = accountByLogin(call.world, call.actor.login);
    if (!account) throw notFound();
    return ok(fullUserJson(call.world, account));
  }),
  route('GET /users/{username}', (call) => {
    const account = accountByLogin(call.world, param(call, 'username'));
    if (!account) throw notFound();
    return ok(fullUserJson(call.world, account));
  }),
];

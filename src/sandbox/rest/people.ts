/** REST: who works in a repository, members, users. */

import { atLeast, legacyPermission, permissionOf } from '../access.ts';
import { setCollaborator } from '../actions/index.ts';
import { notFound, SandboxError } from '../error.ts';
import { fullUserJson, userJson } from '../payload/account.ts';
import type { Json } from '../payload/json.ts';
import { accountByLogin } from '../read.ts';
import type { Permission } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, list, noContent, ok, param, repoOf, route } from './call.ts';
import { organization } from './repositories.ts';

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
  return ok({ permission: legacyPermission(permission), role_name: permission, user });
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

const repository = '/repos/{owner}/{repo}' as const;

export const peopleRoutes = [
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

/** Forks, and the people of a repository. */
import { legacyPermission, loginOf, mustRead, mustWrite } from '../access.ts';
import { notFound, SandboxError } from '../error.ts';
import { userJson } from '../payload/account.ts';
import type { Json } from '../payload/json.ts';
import { repositoryJson } from '../payload/repository.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor, Permission } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import { checkName, emitInstalled, newRepository } from './repositories.ts';

/** A fork has the branches and shares the objects. One per owner: a second time the same is given. */
export function forkRepository(sandbox: Sandbox, actor: Actor, repo: Repository, owner: string, name?: string): Repository {
  mustRead(sandbox.world, actor, repo, 'contents');
  const login = loginOf(sandbox.world, actor);
  if (actor.kind !== 'user' || (login !== owner && !sandbox.world.members.get(owner)?.has(login))) {
    throw new SandboxError(403, 'Resource not accessible by integration');
  }
  if (repo.ownerLogin === owner) throw new SandboxError(403, 'Forking your own repository is not possible.');
  const known = [...sandbox.world.repositories.values()].find((one) => one.forkOf === repo.id && one.ownerLogin === owner);
  if (known) return known;
  checkName(sandbox, owner, name ?? repo.name);
  const fork = newRepository(sandbox, owner, { name: name ?? repo.name, description: repo.description, private: repo.private });
  fork.forkOf = repo.id;
  fork.hasIssues = false;
  fork.defaultBranch = repo.defaultBranch;
  fork.objects = repo.objects;
  for (const [ref, sha] of repo.refs) if (!ref.startsWith('refs/pull/')) fork.refs.set(ref, sha);
  sandbox.emit({ event: 'fork', action: null, repo, actor, payload: { forkee: repositoryJson(sandbox.world, fork) } });
  emitInstalled(sandbox, actor, fork, 'added');
  return fork;
}

function memberChanges(before: Permission | undefined, after: Permission): Json {
  return {
    permission: { from: before === undefined ? null : legacyPermission(before), to: legacyPermission(after) },
    role_name: { from: before ?? null, to: after },
  };
}

/** @param permission null takes the person out. @throws 404 for an unknown person. */
export function setCollaborator(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  login: string,
  permission: Permission | null,
): void {
  mustWrite(sandbox.world, actor, repo, 'admin', 'administration');
  const account = sandbox.world.accounts.get(login);
  if (account?.type !== 'User') throw notFound();
  const before = repo.collaborators.get(login);
  if (permission === before) return;
  if (permission === null) repo.collaborators.delete(login);
  else repo.collaborators.set(login, permission);
  if (permission === null && before === undefined) return;
  const action = permission === null ? 'removed' : before === undefined ? 'added' : 'edited';
  const changes = permission === null ? {} : { changes: memberChanges(before, permission) };
  const payload = { member: userJson(sandbox.world, login), ...changes };
  sandbox.emit({ event: 'member', action, repo, actor, payload });
}

/** Who may do what: people by their permission in the repository, apps by what their installation grants. */
import { notFound, SandboxError } from './error.ts';
import { accountByLogin } from './read.ts';
import type { Actor, Permission } from './state/accounts.ts';
import type { Repository } from './state/repository.ts';
import type { World } from './state/world.ts';

const ranks: Record<Permission, number> = { none: 0, read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };

export function atLeast(permission: Permission, level: Permission): boolean {
  return ranks[permission] >= ranks[level];
}

/** The older four words, where GitHub still has no more: maintain counts as write, triage as read. */
export function legacyPermission(permission: Permission): 'admin' | 'write' | 'read' | 'none' {
  return ({ admin: 'admin', maintain: 'write', write: 'write', triage: 'read', read: 'read', none: 'none' } as const)[permission];
}

/** A person's permission, the highest of the person's own and the teams'; everyone reads a public repository. */
export function permissionOf(repo: Repository, login: string): Permission {
  const wanted = login.toLowerCase();
  if (repo.ownerLogin.toLowerCase() === wanted) return 'admin';
  let best: Permission = repo.private ? 'none' : 'read';
  const raise = (to: Permission): void => {
    if (!atLeast(best, to)) best = to;
  };
  for (const [name, permission] of repo.collaborators) if (name.toLowerCase() === wanted) raise(permission);
  for (const { team, permission } of repo.teams.values()) if (team.members.has(login)) raise(permission);
  return best;
}

/** Who shows as the author: a person, or the app's bot. */
export function loginOf(world: World, actor: Actor): string {
  if (actor.kind === 'app') return world.apps.get(actor.appId)?.botLogin ?? 'ghost';
  return actor.kind === 'user' ? (accountByLogin(world, actor.login)?.login ?? actor.login) : actor.login;
}

export function appIdOf(actor: Actor): number | null {
  return actor.kind === 'user' ? null : actor.appId;
}

/** The installation that covers the repository. */
export function covers(world: World, actor: Actor, repo: Repository): boolean {
  if (actor.kind !== 'installation') return false;
  const installation = world.installations.get(actor.installationId);
  return installation !== undefined && installation.suspendedAt === null && installation.accountLogin === repo.ownerLogin;
}

export function canSee(world: World, actor: Actor, repo: Repository): boolean {
  if (actor.kind === 'app') return false;
  if (!repo.private) return true;
  return actor.kind === 'user' ? permissionOf(repo, actor.login) !== 'none' : covers(world, actor, repo);
}

/** Names of app permissions, e.g. `issues`; the first that grants it is enough. */
export type Scope = string | string[];

function grants(actor: Actor, scope: Scope, access: 'read' | 'write'): boolean {
  if (actor.kind !== 'installation') return false;
  return [scope].flat().some((name) => {
    const granted = actor.permissions[name];
    return granted === 'write' || (granted === 'read' && access === 'read');
  });
}

/** @throws 404 when the repository is out of sight, 403 when an app lacks the permission to read (public ones are read by all). */
export function mustRead(world: World, actor: Actor, repo: Repository, scope: Scope = 'metadata'): void {
  if (!canSee(world, actor, repo)) throw notFound();
  if (actor.kind === 'user') return;
  if (!covers(world, actor, repo)) {
    if (repo.private) throw notFound();
    return;
  }
  const plain = [scope].flat().includes('metadata');
  if (!plain && !grants(actor, scope, 'read')) throw new SandboxError(403, 'Resource not accessible by integration');
}

/** Whether the actor could do what `mustWrite` demands; for optional parts that GitHub drops in silence. */
export function mayWrite(world: World, actor: Actor, repo: Repository, level: Permission, scope: Scope): boolean {
  if (actor.kind === 'user') return atLeast(permissionOf(repo, actor.login), level);
  return covers(world, actor, repo) && grants(actor, scope, 'write');
}

/**
 * People need `level` in the repository, apps write access to `scope`.
 * @throws 404 out of sight, 403 without the right or when the repository is archived.
 */
export function mustWrite(world: World, actor: Actor, repo: Repository, level: Permission, scope: Scope): void {
  if (!canSee(world, actor, repo)) throw notFound();
  if (!mayWrite(world, actor, repo, level, scope)) {
    if (actor.kind !== 'user') throw new SandboxError(403, 'Resource not accessible by integration');
    throw new SandboxError(
      403,
      level === 'admin' ? 'Must have admin rights to Repository.' : `Must have ${level} access to Repository.`,
    );
  }
  if (repo.archived) throw new SandboxError(403, 'Repository was archived so is read-only.');
}

/** Teams of an organisation: making one, its people, and the repositories it works in. */
import { atLeast, loginOf, permissionOf } from '../access.ts';
import { notFound, SandboxError } from '../error.ts';
import { accountByLogin } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor, Permission, Team } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';

export interface TeamInput {
  name: string;
  description?: string | null;
  privacy?: Team['privacy'];
}

/** GitHub's slug: lower case, one dash for what is neither letter nor digit. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function isOwner(sandbox: Sandbox, org: string, login: string): boolean {
  return sandbox.world.roles.get(org)?.get(login) === 'admin';
}

/** Members may; the maker is its first maintainer (GitHub docs). @throws 403 for others, 422 for a name that is taken. */
export function createTeam(sandbox: Sandbox, actor: Actor, org: string, input: TeamInput): Team {
  const login = loginOf(sandbox.world, actor);
  if (actor.kind !== 'user') throw new SandboxError(403, 'Resource not accessible by integration');
  if (!sandbox.world.members.get(org)?.has(login)) throw new SandboxError(403, 'Must be a member of the organization.');
  const slug = slugOf(input.name);
  const taken = [...sandbox.world.teams.values()].some((team) => team.orgLogin === org && team.slug === slug);
  if (taken || slug === '') {
    const message = taken ? 'Name must be unique for this org' : "Name can't be blank";
    throw new SandboxError(422, 'Validation Failed', [{ resource: 'Team', code: 'unprocessable', field: 'data', message }]);
  }
  const team: Team = {
    id: sandbox.nextId(),
    orgLogin: org,
    name: input.name,
    slug,
    description: input.description ?? null,
    privacy: input.privacy ?? 'secret',
    createdAt: sandbox.now(),
    members: new Map([[login, 'maintainer']]),
  };
  sandbox.world.teams.set(team.id, team);
  return team;
}

function mustMaintain(sandbox: Sandbox, actor: Actor, team: Team): void {
  if (actor.kind !== 'user') throw new SandboxError(403, 'Resource not accessible by integration');
  const login = loginOf(sandbox.world, actor);
  if (isOwner(sandbox, team.orgLogin, login) || team.members.get(login) === 'maintainer') return;
  if (!sandbox.world.members.get(team.orgLogin)?.has(login)) throw notFound();
  throw new SandboxError(403, 'Must be a maintainer of the team.');
}

/** Strangers to the organisation are only invited. @returns whether the person is in the team now. */
export function addToTeam(sandbox: Sandbox, actor: Actor, team: Team, login: string, role: 'member' | 'maintainer'): boolean {
  mustMaintain(sandbox, actor, team);
  const account = accountByLogin(sandbox.world, login);
  if (account?.type !== 'User') throw notFound();
  if (!sandbox.world.members.get(team.orgLogin)?.has(account.login)) return false;
  team.members.set(account.login, role);
  return true;
}

export function removeFromTeam(sandbox: Sandbox, actor: Actor, team: Team, login: string): void {
  mustMaintain(sandbox, actor, team);
  if (!team.members.delete(accountByLogin(sandbox.world, login)?.login ?? login)) throw notFound();
}

/** @param permission null takes the repository from the team. @throws 422 for another organisation's repository. */
export function setTeamRepository(
  sandbox: Sandbox,
  actor: Actor,
  team: Team,
  repo: Repository,
  permission: Permission | null,
): void {
  const login = loginOf(sandbox.world, actor);
  if (actor.kind !== 'user' || !atLeast(permissionOf(repo, login), 'admin')) {
    throw new SandboxError(403, 'Must have admin rights to Repository.');
  }
  if (repo.ownerLogin !== team.orgLogin) {
    throw new SandboxError(422, 'Validation Failed', [{ resource: 'TeamMember', code: 'unprocessable', field: 'repository' }]);
  }
  if (permission === null) repo.teams.delete(team.id);
  else repo.teams.set(team.id, { team, permission });
}

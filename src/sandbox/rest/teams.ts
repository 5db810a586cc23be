/** REST: teams of an organisation, their people and repositories. */
import { addToTeam, createTeam, removeFromTeam, setTeamRepository, slugOf } from '../actions/index.ts';
import { notFound, SandboxError } from '../error.ts';
import { userJson } from '../payload/account.ts';
import type { Json } from '../payload/json.ts';
import { fullTeamJson, teamJson } from '../payload/team.ts';
import { accountByLogin, repoByName } from '../read.ts';
import type { Account, Permission, Team } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, created, list, login, noContent, ok, param, repoOf, route } from './call.ts';
import { organization } from './repositories.ts';

/** Members see the organisation's teams; apps need `members` (GitHub docs, permissions of apps). @throws 404 or 403 */
function seenOrganization(call: Call): Account {
  const org = organization(call);
  if (call.actor.kind === 'installation') {
    if (!call.actor.permissions.members) throw new SandboxError(403, 'Resource not accessible by integration');
  } else if (!call.world.members.get(org.login)?.has(login(call))) throw notFound();
  return org;
}

function teamsOf(call: Call, org: Account): Team[] {
  return [...call.world.teams.values()].filter((team) => team.orgLogin === org.login);
}

function teamOf(call: Call): Team {
  const slug = param(call, 'team_slug').toLowerCase();
  const team = teamsOf(call, seenOrganization(call)).find((one) => one.slug === slug);
  if (!team) throw notFound();
  return team;
}

function create(call: Call): Answer {
  const org = organization(call);
  const body = bodyOf(call, 'teams/create');
  const repos = (body.repo_names ?? []).map((name) => {
    const [owner = '', bare = ''] = name.split('/');
    const repo = repoByName(call.world, owner, bare);
    if (!repo) throw new SandboxError(422, 'Validation Failed', [{ resource: 'Team', field: 'repo_names', code: 'invalid' }]);
    return repo;
  });
  const team = createTeam(call.sandbox, call.actor, org.login, body);
  for (const name of body.maintainers ?? []) addToTeam(call.sandbox, call.actor, team, name, 'maintainer');
  const permission = body.permission === 'push' ? 'write' : 'read';
  for (const repo of repos) setTeamRepository(call.sandbox, call.actor, team, repo, permission);
  return created(fullTeamJson(call.world, team));
}

function membershipJson(call: Call, team: Team, name: string, state: 'active' | 'pending', role: string): Json {
  const url = `${String(teamJson(call.world, team).url)}/memberships/${name}`;
  return { state, role, url };
}

const words: Record<string, Permission> = { pull: 'read', triage: 'triage', push: 'write', maintain: 'maintain', admin: 'admin' };

function repositoryOf(call: Call): { team: Team; repo: Repository } {
  return { team: teamOf(call), repo: repoOf(call) };
}

const teams = '/orgs/{org}/teams' as const;
const one = `${teams}/{team_slug}` as const;
const membership = `${one}/memberships/{username}` as const;
const repository = `${one}/repos/{owner}/{repo}` as const;

export const teamRoutes = [
  route(`GET ${teams}`, (call) => list(call, teamsOf(call, seenOrganization(call)), (team) => teamJson(call.world, team))),
  route(`POST ${teams}`, create),
  route(`GET ${one}`, (call) => ok(fullTeamJson(call.world, teamOf(call)))),
  route(`GET ${one}/members`, (call) => list(call, [...teamOf(call).members.keys()], (name) => userJson(call.world, name))),
  route(`GET ${membership}`, (call) => {
    const team = teamOf(call);
    const name = accountByLogin(call.world, param(call, 'username'))?.login ?? '';
    const role = team.members.get(name);
    if (!role) throw notFound();
    return ok(membershipJson(call, team, name, 'active', role));
  }),
  route(`PUT ${membership}`, (call) => {
    const team = teamOf(call);
    const role = bodyOf(call, 'teams/add-or-update-membership-for-user-in-org')?.role ?? 'member';
    const name = param(call, 'username');
    const isIn = addToTeam(call.sandbox, call.actor, team, name, role);
    return ok(membershipJson(call, team, name, isIn ? 'active' : 'pending', role));
  }),
  route(`DELETE ${membership}`, (call) => {
    removeFromTeam(call.sandbox, call.actor, teamOf(call), param(call, 'username'));
    return noContent;
  }),
  route(`PUT ${repository}`, (call) => {
    const { team, repo } = repositoryOf(call);
    const word = bodyOf(call, 'teams/add-or-update-repo-permissions-in-org')?.permission ?? 'pull';
    const permission = words[word];
    if (!permission) throw new SandboxError(422, 'Validation Failed', [`${slugOf(word)} is no permission`]);
    setTeamRepository(call.sandbox, call.actor, team, repo, permission);
    return noContent;
  }),
  route(`DELETE ${repository}`, (call) => {
    const { team, repo } = repositoryOf(call);
    setTeamRepository(call.sandbox, call.actor, team, repo, null);
    return noContent;
  }),
  route('GET /repos/{owner}/{repo}/teams', (call) => {
    const repo = repoOf(call);
    return list(call, [...repo.teams.values()], ({ team, permission }) => teamJson(call.world, team, permission));
  }),
];

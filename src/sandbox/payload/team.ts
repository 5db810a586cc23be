/** Teams as GitHub's JSON. */
import { nodeId } from '../ids.ts';
import { accountByLogin } from '../read.ts';
import type { Permission, Team } from '../state/accounts.ts';
import type { World } from '../state/world.ts';
import { apiUrl, organizationJson, userJson } from './account.ts';
import type { Json } from './json.ts';

const words: Record<Permission, string> = {
  admin: 'admin',
  maintain: 'maintain',
  write: 'push',
  triage: 'triage',
  read: 'pull',
  none: 'pull',
};

/** A `team`. `permission` is what it may do in the repository at hand. */
export function teamJson(world: World, team: Team, permission: Permission = 'read'): Json {
  const org = accountByLogin(world, team.orgLogin);
  const url = `${apiUrl(world)}/organizations/${org?.id ?? 0}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId('Team', null, team.id),
    name: team.name,
    slug: team.slug,
    description: team.description,
    privacy: team.privacy,
    notification_setting: 'notifications_enabled',
    permission: words[permission],
    url,
    html_url: `${world.url}/orgs/${team.orgLogin}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    organization_id: org?.id ?? 0,
    parent: null,
  };
}

/** A `team-full`. */
export function fullTeamJson(world: World, team: Team): Json {
  const org = accountByLogin(world, team.orgLogin);
  const repos = [...world.repositories.values()].filter((repo) => repo.teams.has(team.id));
  return {
    ...teamJson(world, team),
    members_count: team.members.size,
    repos_count: repos.length,
    created_at: team.createdAt,
    updated_at: team.createdAt,
    organization: org && {
      ...organizationJson(world, org),
      html_url: String(userJson(world, org.login).html_url),
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      type: 'Organization',
      created_at: '2020-01-01T00:00:00Z',
      updated_at: '2020-01-01T00:00:00Z',
      archived_at: null,
    },
  };
}

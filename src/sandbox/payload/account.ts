/** People, bots, organisations, apps and installations as GitHub's JSON. */
import { nodeId } from '../ids.ts';
import { clientId } from '../jwt.ts';
import { accountByLogin } from '../read.ts';
import type { Account, App, Installation } from '../state/accounts.ts';
import type { World } from '../state/world.ts';
import type { Json } from './json.ts';

/** Old-style node ids, where GitHub still gives them. */
export function legacyNodeId(kind: string, id: number): string {
  return Buffer.from(`${String(kind.length).padStart(2, '0')}:${kind}${id}`).toString('base64');
}

export function apiUrl(world: World): string {
  return `${world.url}/api/v3`;
}

function accountNodeId(account: Account): string {
  return nodeId(account.type, null, account.id);
}

/** A `simple-user`. An unknown login is GitHub's `ghost`. */
export function userJson(world: World, login: string): Json {
  const account: Account = accountByLogin(world, login) ?? { id: 10137, login: 'ghost', type: 'User', name: 'Deleted user' };
  const url = `${apiUrl(world)}/users/${encodeURIComponent(account.login)}`;
  const page = account.type === 'Bot' ? `apps/${account.login.replace(/\[bot\]$/, '')}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: accountNodeId(account),
    avatar_url: `${world.url}/avatars/u/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${world.url}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** A `public-user`, as `GET /users/{login}` and `GET /user` answer. */
export function fullUserJson(world: World, account: Account): Json {
  return {
    ...userJson(world, account.login),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: [...world.repositories.values()].filter((repo) => repo.ownerLogin === account.login).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  };
}

/** An `organization-simple`. */
export function organizationJson(world: World, account: Account): Json {
  const url = `${apiUrl(world)}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: accountNodeId(account),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/u/${account.id}`,
    description: account.name,
  };
}

export function appJson(world: World, app: App): Json {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', null, app.id),
    client_id: clientId(app),
    owner: userJson(world, app.ownerLogin),
    name: app.name,
    description: '',
    external_url: `${world.url}/apps/${app.slug}`,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
    permissions: { ...app.permissions },
    events: [...app.events],
  };
}

export function installationJson(world: World, installation: Installation): Json {
  const app = world.apps.get(installation.appId);
  const account = accountByLogin(world, installation.accountLogin);
  return {
    id: installation.id,
    account: userJson(world, installation.accountLogin),
    repository_selection: 'all',
    access_tokens_url: `${apiUrl(world)}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${apiUrl(world)}/installation/repositories`,
    html_url: `${world.url}/organizations/${installation.accountLogin}/settings/installations/${installation.id}`,
    app_id: installation.appId,
    app_slug: app?.slug ?? '',
    target_id: account?.id ?? 0,
    target_type: account?.type === 'Organization' ? 'Organization' : 'User',
    permissions: { ...installation.permissions },
    events: [...installation.events],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt === null ? null : userJson(world, 'alice'),
    suspended_at: installation.suspendedAt,
  };
}

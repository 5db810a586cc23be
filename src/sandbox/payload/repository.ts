/** A repository as GitHub's JSON: full, and as it stands in webhooks. */
import { atLeast, permissionOf } from '../access.ts';
import { nodeId } from '../ids.ts';
import { fullName } from '../read.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { apiUrl, organizationJson, userJson } from './account.ts';
import type { Json } from './json.ts';

/** The repository's address in the API. */
export function repoUrl(world: World, repo: Repository): string {
  return `${apiUrl(world)}/repos/${fullName(repo)}`;
}

/** The repository's page. */
export function repoPage(world: World, repo: Repository): string {
  return `${world.url}/${fullName(repo)}`;
}

const templates: Record<string, string> = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
};

/** A `minimal-repository`: what stands in lists of others' payloads too. */
export function minimalRepositoryJson(world: World, repo: Repository): Json {
  const url = repoUrl(world, repo);
  return {
    id: repo.id,
    node_id: nodeId('Repository', null, repo.id),
    name: repo.name,
    full_name: fullName(repo),
    private: repo.private,
    owner: userJson(world, repo.ownerLogin),
    html_url: repoPage(world, repo),
    description: repo.description,
    fork: repo.forkOf !== null,
    url,
    ...Object.fromEntries(Object.entries(templates).map(([name, path]) => [name, url + path])),
  };
}

/** A `repository`. With `login`, the permissions of that person are shown. */
export function repositoryJson(world: World, repo: Repository, login?: string): Json {
  const page = repoPage(world, repo);
  const host = world.url.replace(/^https?:\/\//, '');
  const open = [...repo.issues.values()].filter((issue) => issue.state === 'open').length;
  const forks = [...world.repositories.values()].filter((other) => other.forkOf === repo.id).length;
  return {
    ...minimalRepositoryJson(world, repo),
    created_at: repo.createdAt,
    updated_at: repo.updatedAt,
    pushed_at: repo.pushedAt,
    git_url: `git://${host}/${fullName(repo)}.git`,
    ssh_url: `git@${host}:${fullName(repo)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repo.hasIssues,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    mirror_url: null,
    archived: repo.archived,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repo.private ? 'private' : 'public',
    forks,
    open_issues: open,
    watchers: 0,
    default_branch: repo.defaultBranch,
    ...(login === undefined ? {} : { permissions: permissionsJson(repo, login) }),
  };
}

/** What `GET /repos/{o}/{r}` answers on top: parents, merge settings, organisation. */
export function fullRepositoryJson(world: World, repo: Repository, login: string): Json {
  const parent = repo.forkOf === null ? undefined : world.repositories.get(repo.forkOf);
  const owner = world.accounts.get(repo.ownerLogin);
  return {
    ...repositoryJson(world, repo, login),
    network_count: 0,
    subscribers_count: 0,
    temp_clone_token: null,
    allow_squash_merge: repo.allowSquashMerge,
    allow_merge_commit: repo.allowMergeCommit,
    allow_rebase_merge: repo.allowRebaseMerge,
    allow_auto_merge: false,
    allow_update_branch: true,
    delete_branch_on_merge: repo.deleteBranchOnMerge,
    squash_merge_commit_title: repo.squashMergeCommitTitle,
    squash_merge_commit_message: repo.squashMergeCommitMessage,
    merge_commit_title: 'MERGE_MESSAGE',
    merge_commit_message: 'PR_TITLE',
    ...(owner?.type === 'Organization' ? { organization: userJson(world, repo.ownerLogin) } : {}),
    ...(parent ? { parent: repositoryJson(world, parent, login), source: repositoryJson(world, parent, login) } : {}),
  };
}

function permissionsJson(repo: Repository, login: string): Json {
  const permission = permissionOf(repo, login);
  return {
    admin: permission === 'admin',
    maintain: atLeast(permission, 'maintain'),
    push: atLeast(permission, 'write'),
    triage: atLeast(permission, 'triage'),
    pull: atLeast(permission, 'read'),
  };
}

/** `repository` and `organization` of a webhook. */
export function webhookRepository(world: World, repo: Repository): Json {
  const owner = world.accounts.get(repo.ownerLogin);
  return {
    repository: { ...repositoryJson(world, repo), custom_properties: {} },
    ...(owner?.type === 'Organization' ? { organization: organizationJson(world, owner) } : {}),
  };
}

/** Repositories: making, changing, forking, deleting; and the people in them. */
import { loginOf, mustRead, mustWrite, permissionOf } from '../access.ts';
import { invalid, SandboxError } from '../error.ts';
import { writeBlob, writeCommit } from '../git/objects.ts';
import { changeTree } from '../git/tree.ts';
import { nodeId } from '../ids.ts';
import { installationJson } from '../payload/account.ts';
import type { Json } from '../payload/json.ts';
import { fullName, repoByName } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import { signatureOf, webFlow } from './contents.ts';
import { moveRef } from './refs.ts';

export interface RepositoryInput {
  name: string;
  description?: string | null;
  private?: boolean;
  hasIssues?: boolean;
  autoInit?: boolean;
  allowSquashMerge?: boolean;
  allowMergeCommit?: boolean;
  allowRebaseMerge?: boolean;
  deleteBranchOnMerge?: boolean;
  squashMergeCommitTitle?: Repository['squashMergeCommitTitle'];
  squashMergeCommitMessage?: Repository['squashMergeCommitMessage'];
}

/** An empty repository, not told to anybody yet. */
export function newRepository(sandbox: Sandbox, ownerLogin: string, input: RepositoryInput): Repository {
  const now = sandbox.now();
  const repo: Repository = {
    id: sandbox.nextId(),
    ownerLogin,
    name: input.name,
    formerNames: [],
    description: input.description ?? null,
    private: input.private ?? false,
    hasIssues: input.hasIssues ?? true,
    archived: false,
    defaultBranch: 'main',
    forkOf: null,
    allowSquashMerge: input.allowSquashMerge ?? true,
    allowMergeCommit: input.allowMergeCommit ?? true,
    allowRebaseMerge: input.allowRebaseMerge ?? true,
    squashMergeCommitTitle: input.squashMergeCommitTitle ?? 'COMMIT_OR_PR_TITLE',
    squashMergeCommitMessage: input.squashMergeCommitMessage ?? 'COMMIT_MESSAGES',
    deleteBranchOnMerge: input.deleteBranchOnMerge ?? false,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    collaborators: new Map(sandbox.world.roles.get(ownerLogin)),
    teams: new Map(),
    nextNumber: 1,
    labels: new Map(),
    milestones: new Map(),
    issues: new Map(),
    comments: new Map(),
    reviews: new Map(),
    checkRuns: new Map(),
    checkSuites: new Map(),
    statuses: [],
    mergeGroups: new Map(),
    rulesets: new Map(),
    deletedNumbers: new Set(),
    refs: new Map(),
    objects: new Map(),
  };
  sandbox.world.repositories.set(repo.id, repo);
  return repo;
}

export function checkName(sandbox: Sandbox, owner: string, name: string): void {
  if (!/^[\w.-]{1,100}$/.test(name) || name === '.' || name === '..') throw invalid('Repository', 'name', 'invalid');
  if (!repoByName(sandbox.world, owner, name)) return;
  const detail = { resource: 'Repository', code: 'custom', field: 'name', message: 'name already exists on this account' };
  throw new SandboxError(422, 'Repository creation failed.', [detail]);
}

/** A short form, as in `installation` events. */
function shortJson(repo: Repository): Json {
  return {
    id: repo.id,
    node_id: nodeId('Repository', null, repo.id),
    name: repo.name,
    full_name: fullName(repo),
    private: repo.private,
  };
}

export function shortRepositories(repos: Repository[]): Json[] {
  return repos.map(shortJson);
}

function emit(sandbox: Sandbox, actor: Actor, repo: Repository, action: string, payload: Json = {}): void {
  sandbox.emit({ event: 'repository', action, repo, actor, payload });
}

/** Apps that are installed on all of the account's repositories get or lose this one. */
export function emitInstalled(sandbox: Sandbox, actor: Actor, repo: Repository, action: 'added' | 'removed'): void {
  for (const installation of sandbox.world.installations.values()) {
    if (installation.accountLogin !== repo.ownerLogin) continue;
    sandbox.emit({
      event: 'installation_repositories',
      action,
      repo: null,
      account: repo.ownerLogin,
      actor,
      onlyAppId: installation.appId,
      payload: {
        installation: installationJson(sandbox.world, installation),
        repository_selection: 'all',
        repositories_added: action === 'added' ? [shortJson(repo)] : [],
        repositories_removed: action === 'removed' ? [shortJson(repo)] : [],
        requester: null,
      },
    });
  }
}

function firstCommit(sandbox: Sandbox, actor: Actor, repo: Repository): void {
  const readme = writeBlob(repo, Buffer.from(`# ${repo.name}\n`));
  const tree = changeTree(repo, null, [{ path: 'README.md', mode: '100644', sha: readme }]);
  const author = signatureOf(sandbox, actor);
  const sha = writeCommit(repo, { tree, parents: [], message: 'Initial commit', author, committer: webFlow(sandbox) });
  moveRef(sandbox, actor, repo, `refs/heads/${repo.defaultBranch}`, sha);
}

/** In an organisation, for its members; or one's own. @throws 403 for others, 422 for a name that is taken. */
export function createRepository(sandbox: Sandbox, actor: Actor, owner: string, input: RepositoryInput): Repository {
  const login = loginOf(sandbox.world, actor);
  const member = sandbox.world.members.get(owner)?.has(login) ?? false;
  if (actor.kind !== 'user') throw new SandboxError(403, 'Resource not accessible by integration');
  if (login !== owner && !member)
    throw new SandboxError(403, 'You need to be a member of the organization to create a repository.');
  checkName(sandbox, owner, input.name);
  const repo = newRepository(sandbox, owner, input);
  if (login !== owner) repo.collaborators.set(login, 'admin');
  emit(sandbox, actor, repo, 'created');
  emitInstalled(sandbox, actor, repo, 'added');
  if (input.autoInit) firstCommit(sandbox, actor, repo);
  return repo;
}

export interface RepositoryChange extends Omit<Partial<RepositoryInput>, 'autoInit'> {
  archived?: boolean;
  defaultBranch?: string;
}

/** Admins only. Says `renamed`, `edited`, `archived`, `unarchived`, `privatized` or `publicized`, each for itself. */
export function updateRepository(sandbox: Sandbox, actor: Actor, repo: Repository, change: RepositoryChange): Repository {
  const { name, defaultBranch, archived, ...settings } = change;
  if (repo.archived && archived === false) repo.archived = false;
  mustWrite(sandbox.world, actor, repo, 'admin', 'administration');
  if (defaultBranch !== undefined && !repo.refs.has(`refs/heads/${defaultBranch}`)) {
    throw new SandboxError(
      422,
      `The branch ${defaultBranch} was not found. Please push that ref first or create it via the Git Data API.`,
    );
  }
  const wasPrivate = repo.private;
  const changes: Json = {};
  if (settings.description !== undefined && settings.description !== repo.description) {
    changes.description = { from: repo.description };
  }
  if (defaultBranch !== undefined && defaultBranch !== repo.defaultBranch) changes.default_branch = { from: repo.defaultBranch };
  for (const [key, value] of Object.entries(settings)) if (value !== undefined) Object.assign(repo, { [key]: value });
  repo.defaultBranch = defaultBranch ?? repo.defaultBranch;
  repo.updatedAt = sandbox.now();
  if (Object.keys(changes).length > 0) emit(sandbox, actor, repo, 'edited', { changes });
  if (repo.private !== wasPrivate) emit(sandbox, actor, repo, repo.private ? 'privatized' : 'publicized');
  if (name !== undefined && name !== repo.name) {
    checkName(sandbox, repo.ownerLogin, name);
    const from = repo.name;
    repo.name = name;
    repo.formerNames.push(from);
    emit(sandbox, actor, repo, 'renamed', { changes: { repository: { name: { from } } } });
  }
  if (archived === true) {
    repo.archived = true;
    emit(sandbox, actor, repo, 'archived');
  } else if (archived === false) emit(sandbox, actor, repo, 'unarchived');
  return repo;
}

export function deleteRepository(sandbox: Sandbox, actor: Actor, repo: Repository): void {
  mustRead(sandbox.world, actor, repo);
  const may = actor.kind === 'user' && permissionOf(repo, actor.login) === 'admin';
  if (!may) throw new SandboxError(403, 'Must have admin rights to Repository.');
  emit(sandbox, actor, repo, 'deleted');
  sandbox.world.repositories.delete(repo.id);
  emitInstalled(sandbox, actor, repo, 'removed');
  for (const other of sandbox.world.repositories.values()) {
    if (other.forkOf === repo.id) other.forkOf = null;
    for (const issue of other.issues.values()) if (issue.pull?.headRepoId === repo.id) issue.pull.headRepoId = null;
  }
}

/** Commits, trees, refs, branches, comparisons and changed files as GitHub's JSON. */
import type { DiffFile } from '../git/diff.ts';
import { diffFiles } from '../git/diff.ts';
import { type Commit, commitOf, type Tree } from '../git/objects.ts';
import { nodeId } from '../ids.ts';
import { accountByLogin, type Comparison } from '../read.ts';
import type { Signature } from '../state/git.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { userJson } from './account.ts';
import type { Json } from './json.ts';
import { repoPage, repoUrl } from './repository.ts';

const unverified: Json = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

function signatureJson(signature: Signature): Json {
  return { name: signature.name, email: signature.email, date: signature.date };
}

function accountOf(world: World, signature: Signature): Json | null {
  return signature.login && accountByLogin(world, signature.login) ? userJson(world, signature.login) : null;
}

/** A `git-commit` of the Git database. */
export function gitCommitJson(world: World, repo: Repository, commit: Commit): Json {
  const git = `${repoUrl(world, repo)}/git`;
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', repo.id, commit.sha),
    url: `${git}/commits/${commit.sha}`,
    html_url: `${repoPage(world, repo)}/commit/${commit.sha}`,
    author: signatureJson(commit.author),
    committer: signatureJson(commit.committer),
    tree: { sha: commit.tree, url: `${git}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${git}/commits/${sha}`,
      html_url: `${repoPage(world, repo)}/commit/${sha}`,
    })),
    verification: unverified,
  };
}

/** A `commit` as lists give it. */
export function commitJson(world: World, repo: Repository, commit: Commit): Json {
  const url = `${repoUrl(world, repo)}/commits/${commit.sha}`;
  const git = `${repoUrl(world, repo)}/git`;
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', repo.id, commit.sha),
    commit: {
      author: signatureJson(commit.author),
      committer: signatureJson(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${git}/trees/${commit.tree}` },
      url: `${git}/commits/${commit.sha}`,
      comment_count: 0,
      verification: unverified,
    },
    url,
    html_url: `${repoPage(world, repo)}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: accountOf(world, commit.author),
    committer: accountOf(world, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${repoUrl(world, repo)}/commits/${sha}`,
      html_url: `${repoPage(world, repo)}/commit/${sha}`,
    })),
  };
}

/** A `diff-entry`. */
export function fileJson(world: World, repo: Repository, file: DiffFile, ref: string): Json {
  const path = encodeURIComponent(file.filename);
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${repoPage(world, repo)}/blob/${ref}/${path}`,
    raw_url: `${repoPage(world, repo)}/raw/${ref}/${path}`,
    contents_url: `${repoUrl(world, repo)}/contents/${path}?ref=${ref}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousFilename === null ? {} : { previous_filename: file.previousFilename }),
  };
}

/** One commit with what it changed. */
export function fullCommitJson(world: World, repo: Repository, commit: Commit): Json {
  const files = diffFiles(repo, commit.parents[0] ?? null, commit.sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    ...commitJson(world, repo, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.map((file) => fileJson(world, repo, file, commit.sha)),
  };
}

export function refJson(world: World, repo: Repository, ref: string, sha: string): Json {
  return {
    ref,
    node_id: nodeId('Ref', repo.id, ref),
    url: `${repoUrl(world, repo)}/git/${ref}`,
    object: { type: 'commit', sha, url: `${repoUrl(world, repo)}/git/commits/${sha}` },
  };
}

export function branchJson(world: World, repo: Repository, name: string, sha: string): Json {
  return { name, commit: { sha, url: `${repoUrl(world, repo)}/commits/${sha}` }, protected: false };
}

export function fullBranchJson(world: World, repo: Repository, name: string, commit: Commit): Json {
  const url = `${repoUrl(world, repo)}/branches/${name}`;
  return {
    name,
    commit: commitJson(world, repo, commit),
    _links: { self: url, html: `${repoPage(world, repo)}/tree/${name}` },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } },
    protection_url: `${url}/protection`,
  };
}

export function treeJson(world: World, repo: Repository, tree: Tree, entries: Json[]): Json {
  return { sha: tree.sha, url: `${repoUrl(world, repo)}/git/trees/${tree.sha}`, tree: entries, truncated: false };
}

export function comparisonJson(world: World, repo: Repository, it: Comparison, page: Commit[]): Json {
  const url = `${repoUrl(world, repo)}/compare/${it.base.sha}...${it.head.sha}`;
  const web = `${repoPage(world, repo)}/compare/${it.base.sha}...${it.head.sha}`;
  return {
    url,
    html_url: web,
    permalink_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    base_commit: commitJson(world, repo, it.base),
    merge_base_commit: commitJson(world, repo, it.mergeBase ?? it.base),
    status: it.status,
    ahead_by: it.aheadBy,
    behind_by: it.behindBy,
    total_commits: it.commits.length,
    commits: page.map((commit) => commitJson(world, repo, commit)),
    files: it.files.slice(0, 300).map((file) => fileJson(world, repo, file, it.head.sha)),
  };
}

/** The commits of a `push` webhook. */
export function pushCommitJson(world: World, repo: Repository, sha: string): Json | null {
  const commit = commitOf(repo, sha);
  if (!commit) return null;
  const files = diffFiles(repo, commit.parents[0] ?? null, commit.sha);
  const named = (signature: Signature): Json => ({
    name: signature.name,
    email: signature.email,
    date: signature.date,
    ...(signature.login ? { username: signature.login } : {}),
  });
  const names = (statuses: DiffFile['status'][]): string[] =>
    files.filter((file) => statuses.includes(file.status)).map((file) => file.filename);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${repoPage(world, repo)}/commit/${commit.sha}`,
    author: named(commit.author),
    committer: named(commit.committer),
    added: names(['added', 'renamed']),
    removed: [...names(['removed']), ...files.flatMap((file) => file.previousFilename ?? [])],
    modified: names(['modified', 'changed']),
  };
}

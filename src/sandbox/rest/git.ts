/** REST: the Git database: refs, blobs, trees, commits. */

import { mustWrite } from '../access.ts';
import { createRef, deleteRef, signatureOf, signedBy, updateRef } from '../actions/index.ts';
import { notFound, SandboxError } from '../error.ts';
import { blobOf, commitOf, treeOf, writeBlob, writeCommit } from '../git/objects.ts';
import { changeTree, type PathChange, treeShaOf } from '../git/tree.ts';

import { nodeId } from '../ids.ts';
import { gitCommitJson, refJson, treeJson } from '../payload/commit.ts';
import type { Json } from '../payload/json.ts';
import { repoUrl } from '../payload/repository.ts';
import { resolveCommit } from '../read.ts';
import type { TreeEntry } from '../state/git.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, created, noContent, ok, param, repoOf, route } from './call.ts';

function notEmpty(repo: Repository): void {
  if (repo.refs.size === 0) throw new SandboxError(409, 'Git Repository is empty.');
}

function oneRef(call: Call): Answer {
  const repo = repoOf(call, 'contents');
  notEmpty(repo);
  const ref = `refs/${param(call, 'ref')}`;
  const sha = repo.refs.get(ref);
  if (!sha) throw notFound();
  return ok(refJson(call.world, repo, ref, sha));
}

function matchingRefs(call: Call): Answer {
  const repo = repoOf(call, 'contents');
  notEmpty(repo);
  const prefix = `refs/${param(call, 'ref')}`;
  const found = [...repo.refs].filter(([ref]) => ref.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
  return ok(found.map(([ref, sha]) => refJson(call.world, repo, ref, sha)));
}

function makeRef(call: Call): Answer {
  const repo = repoOf(call);
  const { ref, sha } = bodyOf(call, 'git/create-ref');
  createRef(call.sandbox, call.actor, repo, ref, sha);
  return created(refJson(call.world, repo, ref, sha));
}

function moveExisting(call: Call): Answer {
  const repo = repoOf(call);
  const { sha, force } = bodyOf(call, 'git/update-ref');
  const ref = `refs/${param(call, 'ref')}`;
  updateRef(call.sandbox, call.actor, repo, ref, sha, force ?? false);
  return ok(refJson(call.world, repo, ref, sha));
}

function makeBlob(call: Call): Answer {
  const repo = repoOf(call);
  mustWrite(call.world, call.actor, repo, 'write', 'contents');
  notEmpty(repo);
  const { content, encoding } = bodyOf(call, 'git/create-blob');
  const sha = writeBlob(repo, Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
  return created({ sha, url: `${repoUrl(call.world, repo)}/git/blobs/${sha}` });
}

function getBlob(call: Call): Answer {
  const repo = repoOf(call, 'contents');
  const blob = blobOf(repo, param(call, 'file_sha'));
  if (!blob) throw notFound();
  return ok({
    sha: blob.sha,
    node_id: nodeId('Blob', repo.id, blob.sha),
    size: blob.content.length,
    url: `${repoUrl(call.world, repo)}/git/blobs/${blob.sha}`,
    content: wrapBase64(blob.content),
    encoding: 'base64',
  });
}

/** Base64 in lines of 60, as GitHub gives file contents. */
export function wrapBase64(content: Buffer): string {
  return content.toString('base64').replace(/.{1,60}/g, '$&\n');
}

function entryJson(call: Call, repo: Repository, entry: TreeEntry): Json {
  const url = `${repoUrl(call.world, repo)}/git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`;
  const size = entry.type === 'blob' ? { size: blobOf(repo, entry.sha)?.content.length ?? 0 } : {};
  return { path: entry.path, mode: entry.mode, type: entry.type, sha: entry.sha, ...size, url };
}

function treeAnswer(call: Call, repo: Repository, sha: string, recursive: boolean): Json {
  const tree = treeOf(repo, sha);
  if (!tree) throw notFound();
  const below = (treeSha: string, prefix: string): TreeEntry[] =>
    (treeOf(repo, treeSha)?.entries ?? []).flatMap((entry) => {
      const full = { ...entry, path: prefix + entry.path };
      return entry.type === 'tree' && recursive ? [full, ...below(entry.sha, `${full.path}/`)] : [full];
    });
  const entries = below(sha, '').map((entry) => entryJson(call, repo, entry));
  return treeJson(call.world, repo, tree, entries);
}

function getTree(call: Call): Answer {
  const repo = repoOf(call, 'contents');
  notEmpty(repo);
  const name = param(call, 'tree_sha');
  const sha = treeShaOf(repo, name) ?? resolveCommit(repo, name)?.tree;
  if (!sha) throw notFound();
  return ok(treeAnswer(call, repo, sha, call.query.has('recursive')));
}

const modes: Record<string, TreeEntry['mode'] | undefined> = {
  '100644': '100644',
  '100755': '100755',
  '040000': '040000',
  '160000': '160000',
  '120000': '120000',
};

function makeTree(call: Call): Answer {
  const repo = repoOf(call);
  mustWrite(call.world, call.actor, repo, 'write', 'contents');
  notEmpty(repo);
  const body = bodyOf(call, 'git/create-tree');
  const base = body.base_tree === undefined ? null : treeShaOf(repo, body.base_tree);
  if (body.base_tree !== undefined && base === null) throw notFound();
  const changes = body.tree.map((entry): PathChange => {
    if (!entry.path || entry.path.split('/').some((part) => part === '' || part === '.' || part === '..' || part === '.git')) {
      throw new SandboxError(422, 'tree.path contains a malformed path component');
    }
    const mode = modes[entry.mode ?? '100644'];
    if (!mode) throw new SandboxError(422, 'Must supply a valid tree.mode');
    if (entry.content !== undefined && !entry.sha)
      return { path: entry.path, mode, sha: writeBlob(repo, Buffer.from(entry.content)) };
    if (entry.sha === undefined) throw new SandboxError(422, 'Must supply either tree.sha or tree.content');
    if (entry.sha !== null && !repo.objects.has(entry.sha) && mode !== '160000') {
      throw new SandboxError(422, `tree.sha ${entry.sha} is not a valid ${mode === '040000' ? 'tree' : 'blob'}`);
    }
    return { path: entry.path, mode, sha: entry.sha };
  });
  if (changes.length === 0) throw new SandboxError(422, 'Invalid tree info');
  return created(treeAnswer(call, repo, changeTree(repo, base, changes), false));
}

function getCommit(call: Call): Answer {
  const repo = repoOf(call, 'contents');
  const commit = commitOf(repo, param(call, 'commit_sha'));
  if (!commit) throw notFound();
  return ok(gitCommitJson(call.world, repo, commit));
}

function makeCommit(call: Call): Answer {
  const repo = repoOf(call);
  mustWrite(call.world, call.actor, repo, 'write', 'contents');
  notEmpty(repo);
  const body = bodyOf(call, 'git/create-commit');
  if (!treeOf(repo, body.tree)) throw new SandboxError(422, 'Tree SHA does not exist');
  const parents = body.parents ?? [];
  if (parents.some((sha) => !commitOf(repo, sha)))
    throw new SandboxError(422, 'Parent SHA does not exist or is not a commit object');
  const own = signatureOf(call.sandbox, call.actor);
  const author = signedBy(call.sandbox, own, body.author);
  const committer = signedBy(call.sandbox, author, body.committer);
  const sha = writeCommit(repo, { tree: body.tree, parents, message: body.message, author, committer });
  const commit = commitOf(repo, sha);
  if (!commit) throw notFound();
  return created(gitCommitJson(call.world, repo, commit));
}

const git = '/repos/{owner}/{repo}/git' as const;

export const gitRoutes = [
  route(`GET ${git}/ref/{ref}`, oneRef),
  route(`GET ${git}/matching-refs/{ref}`, matchingRefs),
  route(`POST ${git}/refs`, makeRef),
  route(`PATCH ${git}/refs/{ref}`, moveExisting),
  route(`DELETE ${git}/refs/{ref}`, (call) => {
    deleteRef(call.sandbox, call.actor, repoOf(call), `refs/${param(call, 'ref')}`);
    return noContent;
  }),
  route(`POST ${git}/blobs`, makeBlob),
  route(`GET ${git}/blobs/{file_sha}`, getBlob),
  route(`POST ${git}/trees`, makeTree),
  route(`GET ${git}/trees/{tree_sha}`, getTree),
  route(`POST ${git}/commits`, makeCommit),
  route(`GET ${git}/commits/{commit_sha}`, getCommit),
];

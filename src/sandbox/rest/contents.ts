/** REST: files of a branch: reading, writing (a commit), deleting. */
import { deleteFile, putFile } from '../actions/index.ts';
import { notFound, SandboxError } from '../error.ts';
import { blobOf, type Commit, treeOf } from '../git/objects.ts';
import { entryAt } from '../git/tree.ts';
import { gitCommitJson } from '../payload/commit.ts';
import type { Json } from '../payload/json.ts';
import { repoPage, repoUrl } from '../payload/repository.ts';
import { resolveCommit } from '../read.ts';
import type { TreeEntry } from '../state/git.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, created, ok, param, repoOf, route } from './call.ts';
import { wrapBase64 } from './git.ts';

function contentJson(call: Call, repo: Repository, entry: TreeEntry, path: string, ref: string, withContent: boolean): Json {
  const folder = entry.type === 'tree';
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  const url = `${repoUrl(call.world, repo)}/contents/${escaped}?ref=${encodeURIComponent(ref)}`;
  const git = `${repoUrl(call.world, repo)}/git/${folder ? 'trees' : 'blobs'}/${entry.sha}`;
  const html = `${repoPage(call.world, repo)}/${folder ? 'tree' : 'blob'}/${ref}/${escaped}`;
  const content = folder ? Buffer.alloc(0) : (blobOf(repo, entry.sha)?.content ?? Buffer.alloc(0));
  const name = path.split('/').pop() ?? path;
  const tooLarge = content.length > 1024 * 1024;
  return {
    name,
    path,
    sha: entry.sha,
    size: content.length,
    url,
    html_url: html,
    git_url: git,
    download_url: folder ? null : `${repoPage(call.world, repo)}/raw/${ref}/${escaped}`,
    type: folder ? 'dir' : 'file',
    ...(withContent && !folder ? { content: tooLarge ? '' : wrapBase64(content), encoding: tooLarge ? 'none' : 'base64' } : {}),
    _links: { self: url, git, html },
  };
}

function commitAt(repo: Repository, ref: string): Commit {
  if (repo.refs.size === 0) throw notFound('This repository is empty.');
  const commit = resolveCommit(repo, ref);
  if (!commit) throw notFound(`No commit found for the ref ${ref}`);
  return commit;
}

function getContents(call: Call): Answer {
  const repo = repoOf(call, 'contents');
  const ref = call.query.get('ref') ?? repo.defaultBranch;
  const path = param(call, 'path').replace(/^\/+|\/+$/g, '');
  const commit = commitAt(repo, ref);
  const entry = entryAt(repo, commit.sha, path);
  if (!entry) throw notFound();
  if (entry.type === 'blob') {
    const content = blobOf(repo, entry.sha)?.content ?? Buffer.alloc(0);
    if (/\braw\b/.test(call.accept)) return { status: 200, text: content.toString('utf8') };
    return ok(contentJson(call, repo, entry, path, ref, true));
  }
  const entries = treeOf(repo, entry.sha)?.entries ?? [];
  const join = (name: string): string => (path === '' ? name : `${path}/${name}`);
  return ok(entries.map((one) => contentJson(call, repo, one, join(one.path), ref, false)));
}

interface Person {
  name?: string;
  email?: string;
  date?: string;
}

function personOf(person: Person | undefined): Person | undefined {
  if (!person) return undefined;
  const { name, email, date } = person;
  return { ...(name ? { name } : {}), ...(email ? { email } : {}), ...(date ? { date } : {}) };
}

function put(call: Call): Answer {
  const repo = repoOf(call);
  const body = bodyOf(call, 'repos/create-or-update-file-contents');
  const path = param(call, 'path');
  const compact = body.content.replace(/\s/g, '');
  if (!/^[\w+/-]*={0,2}$/.test(compact)) throw new SandboxError(422, 'content is not valid Base64');
  const input = { ...body, path, author: personOf(body.author), committer: personOf(body.committer) };
  const isNew = body.sha === undefined;
  const commit = putFile(call.sandbox, call.actor, repo, input, Buffer.from(compact, 'base64'));
  const entry = entryAt(repo, commit.sha, path);
  if (!entry) throw notFound();
  const ref = body.branch ?? repo.defaultBranch;
  const json = { content: contentJson(call, repo, entry, path, ref, false), commit: gitCommitJson(call.world, repo, commit) };
  return isNew ? created(json) : ok(json);
}

function remove(call: Call): Answer {
  const repo = repoOf(call);
  const body = bodyOf(call, 'repos/delete-file');
  const input = { ...body, path: param(call, 'path'), author: personOf(body.author), committer: personOf(body.committer) };
  const commit = deleteFile(call.sandbox, call.actor, repo, input);
  return ok({ content: null, commit: gitCommitJson(call.world, repo, commit) });
}

const path = '/repos/{owner}/{repo}/contents/{path}' as const;

export const contentRoutes = [route(`GET ${path}`, getContents), route(`PUT ${path}`, put), route(`DELETE ${path}`, remove)];

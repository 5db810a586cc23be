/** Git objects with real SHA-1s: blobs, trees and commits are hashed as Git does. */
import { createHash } from 'node:crypto';
import type { GitObject, Signature, TreeEntry } from '../state/git.ts';
import type { Repository } from '../state/repository.ts';

export type Blob = Extract<GitObject, { type: 'blob' }>;
export type Tree = Extract<GitObject, { type: 'tree' }>;
export type Commit = Extract<GitObject, { type: 'commit' }>;

/** The SHA of the tree without entries. */
export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function hashObject(type: GitObject['type'] | 'tag', content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
}

export function writeBlob(repo: Repository, content: Buffer): string {
  const sha = hashObject('blob', content);
  if (!repo.objects.has(sha)) repo.objects.set(sha, { type: 'blob', sha, content });
  return sha;
}

/** Git sorts entries by bytes, directories as if their name ended in a slash. */
function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(entry.type === 'tree' ? `${entry.path}/` : entry.path);
}

export function writeTree(repo: Repository, entries: TreeEntry[]): string {
  const sorted = [...entries].sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  const parts = sorted.flatMap((entry) => [
    Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.path}\0`),
    Buffer.from(entry.sha, 'hex'),
  ]);
  const sha = hashObject('tree', Buffer.concat(parts));
  if (!repo.objects.has(sha)) repo.objects.set(sha, { type: 'tree', sha, entries: sorted });
  return sha;
}

function signatureLine(signature: Signature): string {
  return `${signature.name} <${signature.email}> ${Math.floor(Date.parse(signature.date) / 1000)} +0000`;
}

export interface NewCommit {
  tree: string;
  parents: string[];
  message: string;
  author: Signature;
  committer: Signature;
}

export function writeCommit(repo: Repository, commit: NewCommit): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signatureLine(commit.author)}`,
    `committer ${signatureLine(commit.committer)}`,
    '',
    commit.message,
  ];
  const sha = hashObject('commit', Buffer.from(lines.join('\n')));
  if (!repo.objects.has(sha)) repo.objects.set(sha, { type: 'commit', sha, ...commit });
  return sha;
}

export function blobOf(repo: Repository, sha: string): Blob | null {
  const object = repo.objects.get(sha);
  return object?.type === 'blob' ? object : null;
}

export function treeOf(repo: Repository, sha: string): Tree | null {
  const object = repo.objects.get(sha);
  return object?.type === 'tree' ? object : null;
}

export function commitOf(repo: Repository, sha: string): Commit | null {
  const object = repo.objects.get(sha);
  return object?.type === 'commit' ? object : null;
}

/** Paths in trees: reading one, listing all, and writing a new tree with some paths changed. */
import type { TreeEntry } from '../state/git.ts';
import type { Repository } from '../state/repository.ts';
import { blobOf, commitOf, emptyTree, treeOf, writeTree } from './objects.ts';

/** A file of a commit. */
export interface FileEntry {
  path: string;
  mode: TreeEntry['mode'];
  sha: string;
}

/** The tree of a commit or of a tree SHA. */
export function treeShaOf(repo: Repository, sha: string): string | null {
  return commitOf(repo, sha)?.tree ?? (treeOf(repo, sha) ? sha : null);
}

/** The entry at `path` under a tree or commit; null when there is none. An empty path is the root. */
export function entryAt(repo: Repository, root: string, path: string): TreeEntry | null {
  const treeSha = treeShaOf(repo, root);
  if (!treeSha) return null;
  let entry: TreeEntry = { path: '', mode: '040000', type: 'tree', sha: treeSha };
  for (const part of path.split('/').filter(Boolean)) {
    const next = entry.type === 'tree' ? treeOf(repo, entry.sha)?.entries.find((one) => one.path === part) : undefined;
    if (!next) return null;
    entry = next;
  }
  return entry;
}

/** Bytes of the file at `path`; null when it is none. */
export function fileAt(repo: Repository, root: string, path: string): Buffer | null {
  const entry = entryAt(repo, root, path);
  return entry?.type === 'blob' ? (blobOf(repo, entry.sha)?.content ?? null) : null;
}

/** All files under a tree or commit, by full path. */
export function listFiles(repo: Repository, root: string): Map<string, FileEntry> {
  const files = new Map<string, FileEntry>();
  const walk = (treeSha: string, prefix: string): void => {
    for (const entry of treeOf(repo, treeSha)?.entries ?? []) {
      const path = prefix + entry.path;
      if (entry.type === 'tree') walk(entry.sha, `${path}/`);
      else files.set(path, { path, mode: entry.mode, sha: entry.sha });
    }
  };
  const treeSha = treeShaOf(repo, root);
  if (treeSha) walk(treeSha, '');
  return files;
}

/** Writes the trees for these files and returns the root's SHA. */
export function treeFromFiles(repo: Repository, files: Iterable<FileEntry>): string {
  const here: TreeEntry[] = [];
  const below = new Map<string, FileEntry[]>();
  for (const file of files) {
    const cut = file.path.indexOf('/');
    if (cut < 0) here.push({ path: file.path, mode: file.mode, type: file.mode === '160000' ? 'commit' : 'blob', sha: file.sha });
    else {
      const name = file.path.slice(0, cut);
      const inner = below.get(name) ?? [];
      inner.push({ ...file, path: file.path.slice(cut + 1) });
      below.set(name, inner);
    }
  }
  for (const [name, inner] of below) here.push({ path: name, mode: '040000', type: 'tree', sha: treeFromFiles(repo, inner) });
  return writeTree(repo, here);
}

/** A path to write; `sha: null` removes it. */
export interface PathChange {
  path: string;
  mode: TreeEntry['mode'];
  sha: string | null;
}

/** A new root tree: `base` (tree or commit, null for empty) with the changes. A changed path replaces what lies under it. */
export function changeTree(repo: Repository, base: string | null, changes: PathChange[]): string {
  const files = listFiles(repo, base ?? emptyTree);
  const folders = new Set<string>();
  const put = (file: FileEntry): void => {
    files.set(file.path, file);
    for (let cut = file.path.lastIndexOf('/'); cut > 0; cut = file.path.lastIndexOf('/', cut - 1)) {
      folders.add(file.path.slice(0, cut));
    }
  };
  for (const file of [...files.values()]) put(file);
  for (const change of changes) {
    if (folders.has(change.path)) {
      for (const path of [...files.keys()]) if (path.startsWith(`${change.path}/`)) files.delete(path);
    }
    if (change.sha === null) files.delete(change.path);
    else if (change.mode === '040000') {
      for (const inner of listFiles(repo, change.sha).values()) {
        const path = `${change.path}/${inner.path}`;
        put({ ...inner, path });
      }
    } else put({ path: change.path, mode: change.mode, sha: change.sha });
  }
  return treeFromFiles(repo, files.values());
}

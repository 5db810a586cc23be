/** Three-way merge of trees: whole files first, then the lines of files that both sides changed. */
import { applyPatch, structuredPatch } from 'diff';
import type { Repository } from '../state/repository.ts';
import { isBinary } from './diff.ts';
import { blobOf, writeBlob } from './objects.ts';
import { type FileEntry, listFiles, treeFromFiles } from './tree.ts';

export type MergeResult = { clean: true; tree: string } | { clean: false; conflicts: string[] };

function mergeContent(repo: Repository, base: string | null, ours: string, theirs: string): string | null {
  const read = (sha: string | null): Buffer => (sha === null ? Buffer.alloc(0) : (blobOf(repo, sha)?.content ?? Buffer.alloc(0)));
  const [from, left, right] = [read(base), read(ours), read(theirs)];
  if (base === null || isBinary(from) || isBinary(left) || isBinary(right)) return null;
  const patch = structuredPatch('a', 'b', from.toString(), right.toString(), undefined, undefined, {
    context: 3,
    maxEditLength: 3000,
  });
  // So much rewritten on one side cannot be laid upon the other.
  if (!patch) return null;
  const merged = applyPatch(left.toString(), patch, { fuzzFactor: 0 });
  return merged === false ? null : writeBlob(repo, Buffer.from(merged));
}

/** Merges what `theirs` did since `base` into `ours` (trees or commits). */
export function mergeTrees(repo: Repository, base: string | null, ours: string, theirs: string): MergeResult {
  const from = base === null ? new Map<string, FileEntry>() : listFiles(repo, base);
  const left = listFiles(repo, ours);
  const merged = new Map(left);
  const conflicts: string[] = [];
  const right = listFiles(repo, theirs);
  for (const path of new Set([...from.keys(), ...right.keys()])) {
    const [was, mine, other] = [from.get(path), left.get(path), right.get(path)];
    if (was?.sha === other?.sha && was?.mode === other?.mode) continue;
    if (mine?.sha === other?.sha) continue;
    if (mine?.sha === was?.sha) {
      if (other) merged.set(path, other);
      else merged.delete(path);
      continue;
    }
    const sha = mine && other ? mergeContent(repo, was?.sha ?? null, mine.sha, other.sha) : null;
    if (sha && mine) merged.set(path, { ...mine, sha });
    else conflicts.push(path);
  }
  if (conflicts.length > 0) return { clean: false, conflicts };
  return { clean: true, tree: treeFromFiles(repo, merged.values()) };
}

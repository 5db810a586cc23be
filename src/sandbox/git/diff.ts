/** What changed between two trees, file by file, with patches cut as GitHub gives them. */
import { structuredPatch } from 'diff';
import type { GitObject } from '../state/git.ts';
import type { Repository } from '../state/repository.ts';
import { blobOf } from './objects.ts';
import { type FileEntry, listFiles } from './tree.ts';

export interface DiffFile {
  filename: string;
  previousFilename: string | null;
  status: 'added' | 'modified' | 'removed' | 'renamed' | 'changed';
  /** Blob of the new file, or of the old one when it was removed. */
  sha: string;
  additions: number;
  deletions: number;
  binary: boolean;
  /** Hunks without file header; null for binaries, pure renames, and what is too large (over 20,000 lines or 500 KB). */
  patch: string | null;
}

/** Git's own rule: a NUL byte in the first 8,000. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}

const maxPatchLines = 20_000;
const maxPatchBytes = 500_000;

interface Hunks {
  patch: string;
  additions: number;
  deletions: number;
}

/** Past so many edits nobody looks for the shortest way any more. */
const maxEdits = 3000;

/** All lines out, all lines in: what a file that was written anew comes to. */
function rewritten(before: string, after: string): Hunks {
  const lines = (text: string): string[] => text.replace(/\n$/, '').split('\n');
  const [from, to] = [lines(before), lines(after)];
  const head = `@@ -${range(1, from.length)} +${range(1, to.length)} @@`;
  const patch = [head, ...from.map((line) => `-${line}`), ...to.map((line) => `+${line}`)].join('\n');
  return { patch, additions: to.length, deletions: from.length };
}

function hunksOf(before: string, after: string): Hunks {
  // From or to nothing is one way only, however long.
  const maxEditLength = before === '' || after === '' ? Number.POSITIVE_INFINITY : maxEdits;
  const found = structuredPatch('a', 'b', before, after, undefined, undefined, { context: 3, maxEditLength });
  if (!found) return rewritten(before, after);
  const { hunks } = found;
  const lines = hunks.flatMap((hunk) => [
    `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines,
  ]);
  const changed = hunks.flatMap((hunk) => hunk.lines);
  return {
    patch: lines.join('\n'),
    additions: changed.filter((line) => line.startsWith('+')).length,
    deletions: changed.filter((line) => line.startsWith('-')).length,
  };
}

/** Git writes the line before an empty range, and leaves out a count of one. */
function range(start: number, count: number): string {
  if (count === 1) return String(start);
  return `${count === 0 ? start - 1 : start},${count}`;
}

function similarity(one: Buffer, other: Buffer): number {
  if (isBinary(one) || isBinary(other)) return one.equals(other) ? 1 : 0;
  const lines = new Map<string, number>();
  for (const line of one.toString().split('\n')) lines.set(line, (lines.get(line) ?? 0) + line.length + 1);
  let shared = 0;
  for (const line of other.toString().split('\n')) {
    const left = lines.get(line) ?? 0;
    const size = Math.min(left, line.length + 1);
    shared += size;
    lines.set(line, left - size);
  }
  return shared / Math.max(one.length, other.length, 1);
}

/** Pairs removed with added files: same content first, then at least half alike. */
function findRenames(repo: Repository, removed: FileEntry[], added: FileEntry[]): Map<string, FileEntry> {
  const pairs = new Map<string, FileEntry>();
  const left = new Set(removed);
  const take = (file: FileEntry, from: FileEntry | undefined): void => {
    if (!from) return;
    pairs.set(file.path, from);
    left.delete(from);
  };
  const read = (file: FileEntry): Buffer => blobOf(repo, file.sha)?.content ?? Buffer.alloc(0);
  for (const file of added)
    if (read(file).length > 0)
      take(
        file,
        [...left].find((one) => one.sha === file.sha),
      );
  if (left.size * added.length > 10_000) return pairs;
  for (const file of added) {
    if (pairs.has(file.path)) continue;
    const best = [...left]
      .map((from) => ({ from, score: similarity(read(from), read(file)) }))
      .filter((one) => one.score >= 0.5)
      .sort((a, b) => b.score - a.score)[0];
    take(file, best?.from);
  }
  return pairs;
}

function describe(repo: Repository, before: FileEntry | undefined, after: FileEntry | undefined): DiffFile {
  const [from, to] = [before, after].map((file) => (file ? blobOf(repo, file.sha)?.content : undefined) ?? Buffer.alloc(0));
  const binary = isBinary(from ?? Buffer.alloc(0)) || isBinary(to ?? Buffer.alloc(0));
  const hunks = binary ? { patch: '', additions: 0, deletions: 0 } : hunksOf(String(from), String(to));
  const tooLarge = hunks.patch.length > maxPatchBytes || hunks.additions + hunks.deletions > maxPatchLines;
  const renamed = before && after && before.path !== after.path;
  return {
    filename: (after ?? before)?.path ?? '',
    previousFilename: renamed ? before.path : null,
    status: renamed ? 'renamed' : !before ? 'added' : !after ? 'removed' : before.sha === after.sha ? 'changed' : 'modified',
    sha: (after ?? before)?.sha ?? '',
    additions: hunks.additions,
    deletions: hunks.deletions,
    binary,
    patch: binary || tooLarge || hunks.patch === '' ? null : hunks.patch,
  };
}

const cache = new WeakMap<Map<string, GitObject>, Map<string, DiffFile[]>>();

/** Changed files from `base` to `head` (commits or trees; null base = empty), sorted by path. Renames are found at 50 %. */
export function diffFiles(repo: Repository, base: string | null, head: string): DiffFile[] {
  const known = cache.get(repo.objects) ?? new Map<string, DiffFile[]>();
  cache.set(repo.objects, known);
  const key = `${base}..${head}`;
  const cached = known.get(key);
  if (cached) return cached;
  const before = base === null ? new Map<string, FileEntry>() : listFiles(repo, base);
  const after = listFiles(repo, head);
  const removed = [...before.values()].filter((file) => !after.has(file.path));
  const added = [...after.values()].filter((file) => !before.has(file.path));
  const renames = findRenames(repo, removed, added);
  const gone = new Set(renames.values());
  const files = [
    ...removed.filter((file) => !gone.has(file)).map((file) => describe(repo, file, undefined)),
    ...added.map((file) => describe(repo, renames.get(file.path), file)),
    ...[...after.values()].flatMap((file) => {
      const old = before.get(file.path);
      return old && (old.sha !== file.sha || old.mode !== file.mode) ? [describe(repo, old, file)] : [];
    }),
  ].sort((a, b) => (a.filename < b.filename ? -1 : 1));
  known.set(key, files);
  return files;
}

/** The whole diff as `git diff` prints it (media type `application/vnd.github.diff`). */
export function formatDiff(files: DiffFile[]): string {
  return files
    .map((file) => {
      const old = file.previousFilename ?? file.filename;
      const head = [`diff --git a/${old} b/${file.filename}`];
      if (file.status === 'added') head.push('new file mode 100644');
      if (file.status === 'removed') head.push('deleted file mode 100644');
      if (file.status === 'renamed') head.push(`rename from ${old}`, `rename to ${file.filename}`);
      if (file.binary) head.push('Binary files differ');
      if (file.patch) {
        head.push(file.status === 'added' ? '--- /dev/null' : `--- a/${old}`);
        head.push(file.status === 'removed' ? '+++ /dev/null' : `+++ b/${file.filename}`, file.patch);
      }
      return `${head.join('\n')}\n`;
    })
    .join('');
}

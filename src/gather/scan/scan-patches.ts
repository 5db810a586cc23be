/** Reads the patches of a pull request's files once per head SHA: what they add that nobody wants to merge (G2). */
import { setImmediate } from 'node:timers/promises';
import type { PatchScan } from '../../model/pull-facts.ts';
import { type AddedLine, addedLines } from './added-lines.ts';
import { conflictMarkers } from './conflict-markers.ts';
import { editsDependencies } from './dependency-edits.ts';
import { findSecrets } from './find-secrets.ts';

/** One entry of `GET /repos/{owner}/{repo}/pulls/{number}/files`. */
export interface PatchedFile {
  filename: string;
  status: string;
  /** Left out for binary files and where the diff is too large. */
  patch?: string | undefined;
  additions: number;
  deletions: number;
  changes: number;
  /** Of the blob. */
  sha: string | null;
}

export type PatchFindings = Required<Pick<PatchScan, 'secrets' | 'conflictMarkers' | 'binaries' | 'unread' | 'dependencyEdits'>>;

/** Git's blob without content, in SHA-1 and SHA-256 repositories: an empty file has no patch either. */
const EMPTY_BLOBS = [
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
];

/** A patch has 20,000 lines at most (GitHub docs, "About diffs"), and takes some milliseconds then. */
const FILES_AT_ONCE = 5;

/** Only what the pull request adds. Findings are in the order of the files, then of their lines. Never throws. */
export async function scanPatches(files: PatchedFile[]): Promise<PatchFindings> {
  const findings: PatchFindings = { secrets: [], conflictMarkers: [], binaries: [], unread: [], dependencyEdits: [] };
  for (const [index, file] of files.entries()) {
    // 3,000 files take seconds: webhooks are answered in between.
    if (index % FILES_AT_ONCE === FILES_AT_ONCE - 1) await setImmediate();
    const path = file.filename;
    if (file.status === 'removed') continue;
    if (file.patch === undefined || file.patch === '') {
      if (file.changes > 0) findings.unread.push(path);
      else if (isBinary(file)) findings.binaries.push(path);
      continue;
    }
    if (editsDependencies(path, file.patch)) findings.dependencyEdits.push(path);
    const lines = addedLines(file.patch);
    // GitHub may cut a long patch; what was cut was not read.
    let whole = lines.length >= file.additions;
    findings.conflictMarkers.push(...conflictMarkers(lines).map((line) => ({ path, line })));
    const secrets = await secretsOf(path, lines);
    if (secrets === null) whole = false;
    else findings.secrets.push(...secrets.map(({ line, kind }) => ({ path, line, kind })));
    if (!whole) findings.unread.push(path);
  }
  return findings;
}

async function secretsOf(path: string, lines: AddedLine[]): Promise<Awaited<ReturnType<typeof findSecrets>> | null> {
  try {
    return await findSecrets(path, lines);
  } catch {
    // The same lines would fail again: a retry helps nobody, a named gap does.
    return null;
  }
}

/** Renames and copies without a change, new modes and empty files have no patch either. */
function isBinary({ status, sha }: PatchedFile): boolean {
  if (status === 'renamed' || status === 'copied' || status === 'changed' || status === 'unchanged') return false;
  return sha === null || !EMPTY_BLOBS.includes(sha);
}

/** What a pull request changes: from the ledger while its head stands, else read from GitHub and scanned once. */
import { isConfigurationFile } from '../model/configuration-files.ts';
import type { FileFact, PatchScan } from '../model/pull-facts.ts';
import { binarySizes } from './binary-sizes.ts';
import { type EarlyFiles, type File, listFiles } from './list-files.ts';
import { readProposed } from './proposed.ts';
import type { Reading } from './reading.ts';
import { scanPatches } from './scan/scan-patches.ts';

/**
 * Characters of all paths together: every item of the gate asks for every path. Thousands of paths of thousands of
 * characters would keep it busy for longer than a lease; what lies beyond counts as not listed.
 */
const MAX_PATHS = 1_000_000;

/**
 * @param pull `again`: someone asked to look at everything anew, what is known of this head too (G6)
 * @param early what was asked for before GitHub showed the pull request
 */
export async function readPatches(
  reading: Reading,
  repo: string,
  pull: { number: number; headSha: string; baseRef: string; changedFiles: number; open: boolean; again: boolean },
  early: EarlyFiles | null,
): Promise<{ scan: PatchScan; isNew: boolean }> {
  const known = await reading.ledger.scan(repo, pull.number);
  if (!pull.again && known && known.headSha === pull.headSha && known.baseRef === pull.baseRef)
    return { scan: known, isNew: false };
  const empty: PatchScan = {
    headSha: pull.headSha,
    baseRef: pull.baseRef,
    files: [],
    secrets: [],
    conflictMarkers: [],
    binaries: [],
    unread: [],
  };
  if (!pull.open) return { scan: known ?? empty, isNew: false };
  const files = readable(await listFiles(reading, repo, pull, early));
  const found = await scanPatches(files);
  const sizes = await binarySizes(reading, repo, files, found.binaries);
  const scan: PatchScan = { ...empty, ...found, sizes, files: files.map(fileFact) };
  if (files.some(touchesConfiguration)) scan.configuration = await readProposed(reading, repo, pull.headSha);
  return { scan, isNew: true };
}

function readable(files: File[]): File[] {
  let room = MAX_PATHS;
  const end = files.findIndex(({ filename, previous_filename = '' }) => {
    room -= filename.length + previous_filename.length;
    return room < 0;
  });
  return end < 0 ? files : files.slice(0, end);
}

function touchesConfiguration(file: File): boolean {
  return isConfigurationFile(file.filename) || isConfigurationFile(file.previous_filename ?? '');
}

function fileFact(file: File): FileFact {
  return {
    path: file.filename,
    previousPath: file.previous_filename ?? null,
    change: file.status === 'unchanged' ? 'changed' : file.status,
    additions: file.additions,
    deletions: file.deletions,
  };
}

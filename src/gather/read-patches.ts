/** What a pull request changes: from the ledger while its head stands, else read from GitHub and scanned once. */

import { z } from 'zod';
import type { FileFact, PatchScan } from '../model/pull-facts.ts';
import type { Reading } from './reading.ts';
import { scanPatches } from './scan/scan-patches.ts';

/** GitHub lists 3,000 files of a pull request at most, 100 a page. */
const PAGE = 100;
const MAX_PAGES = 30;

const File = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.enum(['added', 'removed', 'modified', 'renamed', 'copied', 'changed', 'unchanged']),
  additions: z.number(),
  deletions: z.number(),
  changes: z.number(),
  sha: z.string().nullable(),
  patch: z.string().optional(),
});
type File = z.infer<typeof File>;

export async function readPatches(
  reading: Reading,
  repo: string,
  pull: { number: number; headSha: string; baseRef: string; changedFiles: number; open: boolean },
): Promise<{ scan: PatchScan; isNew: boolean }> {
  const known = await reading.ledger.scan(repo, pull.number);
  if (known && known.headSha === pull.headSha && known.baseRef === pull.baseRef) return { scan: known, isNew: false };
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
  const files = await allFiles(reading, repo, pull);
  const found = await scanPatches(files);
  return { scan: { ...empty, ...found, files: files.map(fileFact) }, isNew: true };
}

async function allFiles(reading: Reading, repo: string, pull: { number: number; changedFiles: number }): Promise<File[]> {
  const [owner, name] = repo.split('/');
  const files: File[] = [];
  const pages = Math.min(MAX_PAGES, Math.max(1, Math.ceil(pull.changedFiles / PAGE)));
  for (let page = 1; page <= pages; page++) {
    const answer = await reading.client.rest('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
      owner,
      repo: name,
      pull_number: pull.number,
      per_page: PAGE,
      page,
    });
    const listed = z.array(File).parse(answer.data);
    files.push(...listed);
    if (listed.length < PAGE) break;
  }
  return files;
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

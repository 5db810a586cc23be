/** The files of a pull request, as GitHub lists them; the first page perhaps before the rest is known of it. */
import { z } from 'zod';
import { Unavailable } from '../github/errors.ts';
import type { Pushed } from '../model/trigger.ts';
import type { Reading } from './reading.ts';
import type { SubjectTrigger } from './remember-subject.ts';

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
  /** Ends with the commit that the list is of. */
  contents_url: z.string().optional(),
  patch: z.string().optional(),
});
export type File = z.infer<typeof File>;

/** A first page that was asked for at once, while GitHub is still asked about the pull request. */
export interface EarlyFiles {
  of: Pushed;
  /** Null when it could not be read: then it is asked for again, and that answer counts. */
  page: Promise<File[] | null>;
  /** The commits came within the last seconds: a page of another head is worth another look. */
  justPushed: boolean;
}

/** What differs for longer than that will stay so, and is read once more. */
const PATIENCE_MS = 10_000;

/**
 * New commits have files that nobody has read: the trigger names head and base, so the first page need not wait for the
 * answer that shows them, and the verdict comes one round trip sooner.
 */
export async function listEarly(trigger: SubjectTrigger, { ledger, client }: Reading): Promise<EarlyFiles | null> {
  const { repo, number } = trigger;
  const push = trigger.kind === 'subject' ? trigger.changes.findLast(({ pushed }) => pushed !== undefined) : undefined;
  const of = push?.pushed;
  if (!of) return null;
  const known = await ledger.scan(repo, number);
  if (known?.headSha === of.headSha && known.baseRef === of.baseRef) return null;
  const justPushed = Date.parse(trigger.now) - Date.parse(push?.seenAt ?? '') <= PATIENCE_MS;
  return { of, page: pageOf(client, repo, number, 1).catch(() => null), justPushed };
}

/**
 * @param pull as GitHub shows it
 * @throws what GitHub answers
 */
export async function listFiles(
  { client }: Reading,
  repo: string,
  pull: Pushed & { number: number; changedFiles: number },
  early: EarlyFiles | null,
): Promise<File[]> {
  const files: File[] = [];
  const pages = Math.min(MAX_PAGES, Math.max(1, Math.ceil(pull.changedFiles / PAGE)));
  for (let page = 1; page <= pages; page++) {
    const told = page === 1 && early ? await fitting(early, pull) : null;
    const listed = told ?? (await pageOf(client, repo, pull.number, page));
    files.push(...listed);
    if (listed.length < PAGE) break;
  }
  return files;
}

/**
 * The early page, where it is of the head and base that GitHub shows, be it a newer head than the trigger's, and as long
 * as GitHub says.
 * @throws {Unavailable} when commits came between the two answers: a verdict on either head would be out of date
 */
async function fitting(early: EarlyFiles, pull: Pushed & { number: number; changedFiles: number }): Promise<File[] | null> {
  if (early.of.baseRef !== pull.baseRef) return null;
  const page = await early.page;
  // What is removed is in no head.
  const heads = new Set(page?.flatMap((file) => (file.status === 'removed' ? [] : [headIn(file)])));
  const [head] = heads;
  if (head && heads.size === 1 && head !== pull.headSha && early.justPushed)
    throw new Unavailable(`#${pull.number} got new commits while its files were read`);
  if (heads.size === 0 && early.of.headSha !== pull.headSha) return null;
  const isOfHead = heads.size === 0 || (heads.size === 1 && head === pull.headSha);
  return isOfHead && page?.length === Math.min(PAGE, pull.changedFiles) ? page : null;
}

function headIn({ contents_url = '' }: File): string | null {
  return /[?&]ref=([0-9a-f]{40,64})$/.exec(contents_url)?.[1] ?? null;
}

async function pageOf(client: Reading['client'], repo: string, number: number, page: number): Promise<File[]> {
  const [owner, name] = repo.split('/');
  const answer = await client.rest('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
    owner,
    repo: name,
    pull_number: number,
    per_page: PAGE,
    page,
  });
  return z.array(File).parse(answer.data);
}

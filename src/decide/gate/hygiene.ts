/** Gate item: the diff holds nothing that nobody wants to merge; only what the pull request adds counts (G2, S2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { FileFact } from '../../model/pull-facts.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/hygiene.ts';
import { points } from '../../render/gate/phrases.ts';
import { isEnvironmentFile, isLockfile, isMedia, isStray } from './file-kinds.ts';
import { pathMatcher } from './globs.ts';
import { type LonelyFiles, lonelyFiles } from './lockfiles.ts';
import { fail, type GateFacts, type GateItem, pass, waiting } from './types.ts';

export const hygiene: GateItem = { id: 'hygiene', title: words.title, defaultLevel: 'required', events: ['pull_request'], check };

function check({ pull, repo }: GateFacts, options: Record<string, unknown>): ItemResult {
  const { scan, files } = pull;
  // Findings of another commit say nothing of this one.
  if (scan.headSha !== pull.headSha) return waiting(words.notReadYet(pull.headSha), null);
  const chosen = GATE_OPTIONS.hygiene.parse(options);
  const allowed = pathMatcher(chosen.allow);
  const lonely = lonelyFiles(files, scan.dependencyEdits, repo.lockfiles ?? []);
  const found = [...faults(pull, { ...chosen, allowed }), ...lockFaults(lonely, allowed)];
  const seen = [...found.map((fault) => fault.seen), ...notes(pull, lonely)];
  if (found.length === 0) return pass(points([words.clean(files.length), ...seen]));
  const annotations = [...scan.secrets.map(words.secrets.annotation), ...scan.conflictMarkers.map(words.conflicts.annotation)];
  return fail(points(seen), points(found.map((fault) => fault.mend)), annotations);
}

interface Found {
  seen: string;
  mend: string;
}

interface Limits {
  maxAddedLines: number;
  maxBytes: number;
  allowed(path: string): boolean;
}

/** Worst first. */
function faults({ scan, files, filesTotal }: GateFacts['pull'], { maxAddedLines, maxBytes, allowed }: Limits): Found[] {
  const added = addedPaths(files);
  const inDoubt = scan.binaries.filter((path) => added.has(path) && !allowed(path));
  const binaries = inDoubt.filter((path) => !isMedia(path));
  const media = inDoubt.filter(isMedia);
  const bytes = new Map(scan.sizes?.map((size) => [size.path, size.bytes]));
  const heavy = media.flatMap((path) => ((bytes.get(path) ?? 0) > maxBytes ? [{ path, bytes: bytes.get(path) ?? 0 }] : []));
  // Absent where a head was read before sizes were asked for.
  const unweighed = scan.sizes === undefined ? [] : media.filter((path) => !bytes.has(path));
  const stray = [...added].filter((path) => (isStray(path) || isEnvironmentFile(path)) && !allowed(path));
  const big = files.filter((file) => file.additions > maxAddedLines && !isLockfile(file.path) && !allowed(file.path));
  const bigPaths = new Set(big.map(({ path }) => path));
  // A lockfile is written by a tool and is often too large for a patch: its manifest is what people read.
  const unread = scan.unread.filter((path) => !isLockfile(path) && !bigPaths.has(path) && !allowed(path));
  const weighed = binaries.map((path) => ({ path, bytes: bytes.get(path) ?? null }));
  return [
    ...when(scan.secrets, words.secrets.seen, words.secrets.mend),
    ...when(scan.conflictMarkers, words.conflicts.seen, words.conflicts.mend),
    ...when(stray, words.stray.seen, words.stray.mend),
    ...when(weighed, words.binaries.seen, words.binaries.mend),
    ...when(heavy, (list) => words.heavy.seen(list, maxBytes), words.heavy.mend),
    ...when(unweighed, words.heavy.unweighed, words.heavy.mendUnweighed),
    ...when(big, words.big.seen, words.big.mend),
    ...when(unread, words.unread.seen, words.unread.mend),
    ...(filesTotal > files.length
      ? [{ seen: words.unread.unlisted(files.length, filesTotal), mend: words.unread.mendUnlisted }]
      : []),
  ];
}

function lockFaults(lonely: LonelyFiles, allowed: (path: string) => boolean): Found[] {
  const notAllowed = (path: string) => !allowed(path);
  return [
    ...when(lonely.strayLocks.filter(notAllowed), words.locks.stray, words.locks.mendStray),
    ...when(lonely.behind.filter(notAllowed), words.locks.behind, words.locks.mendBehind),
  ];
}

function when<T>(list: readonly T[], seen: (list: readonly T[]) => string, mend: string): Found[] {
  return list.length === 0 ? [] : [{ seen: seen(list), mend }];
}

/** Worth a look, no fault. */
function notes({ scan, files }: GateFacts['pull'], lonely: LonelyFiles): string[] {
  const added = addedPaths(files);
  const media = scan.binaries.filter((path) => added.has(path) && isMedia(path));
  const changed = scan.binaries.filter((path) => !added.has(path));
  const lines: string[] = [];
  if (media.length > 0) lines.push(words.binaries.media(media));
  if (changed.length > 0) lines.push(words.binaries.changed(changed));
  if (lonely.loneLocks.length > 0) lines.push(words.locks.alone(lonely.loneLocks));
  if (lonely.unlocked.length > 0) lines.push(words.locks.unlocked(lonely.unlocked));
  return lines;
}

/** A file that was only renamed was there before. */
function addedPaths(files: readonly FileFact[]): Set<string> {
  return new Set(files.filter(({ change }) => change === 'added' || change === 'copied').map(({ path }) => path));
}

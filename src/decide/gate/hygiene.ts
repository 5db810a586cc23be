/** Gate item: the diff holds nothing that nobody wants to merge; only what the pull request adds counts (G2, S2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/hygiene.ts';
import { points } from '../../render/gate/phrases.ts';
import { isEnvironmentFile, isLockfile, isMedia, isStray, lonelyLocks } from './file-kinds.ts';
import { pathMatcher } from './globs.ts';
import { fail, type GateFacts, type GateItem, pass, waiting } from './types.ts';

export const hygiene: GateItem = { id: 'hygiene', title: words.title, defaultLevel: 'required', check };

function check({ pull }: GateFacts, options: Record<string, unknown>): ItemResult {
  const { scan, files } = pull;
  // Findings of another commit say nothing of this one.
  if (scan.headSha !== pull.headSha) return waiting(words.notReadYet(pull.headSha), null);
  const found = faults(pull, options);
  const seen = [...found.map((fault) => fault.seen), ...notes(pull)];
  if (found.length === 0) return pass(points([words.clean(files.length), ...seen]));
  const annotations = [...scan.secrets.map(words.secrets.annotation), ...scan.conflictMarkers.map(words.conflicts.annotation)];
  return fail(points(seen), points(found.map((fault) => fault.mend)), annotations);
}

interface Found {
  seen: string;
  mend: string;
}

/** Worst first. */
function faults({ scan, files, filesTotal }: GateFacts['pull'], options: Record<string, unknown>): Found[] {
  const { allow, maxAddedLines } = GATE_OPTIONS.hygiene.parse(options);
  const allowed = pathMatcher(allow);
  const added = new Set(files.filter(({ change }) => change === 'added' || change === 'copied').map(({ path }) => path));
  const binaries = scan.binaries.filter((path) => added.has(path) && !isMedia(path) && !allowed(path));
  const stray = [...added].filter((path) => (isStray(path) || isEnvironmentFile(path)) && !allowed(path));
  const big = files.filter((file) => file.additions > maxAddedLines && !isLockfile(file.path) && !allowed(file.path));
  const bigPaths = new Set(big.map(({ path }) => path));
  // A lockfile is written by a tool and is often too large for a patch: its manifest is what people read.
  const unread = scan.unread.filter((path) => !isLockfile(path) && !bigPaths.has(path) && !allowed(path));
  const found: Found[] = [];
  const add = (list: readonly unknown[], seen: string, mend: string) => {
    if (list.length > 0) found.push({ seen, mend });
  };
  add(scan.secrets, words.secrets.seen(scan.secrets), words.secrets.mend);
  add(scan.conflictMarkers, words.conflicts.seen(scan.conflictMarkers), words.conflicts.mend);
  add(stray, words.stray.seen(stray), words.stray.mend);
  add(binaries, words.binaries.seen(binaries), words.binaries.mend);
  add(big, words.big.seen(big), words.big.mend);
  add(unread, words.unread.seen(unread), words.unread.mend);
  if (filesTotal > files.length)
    found.push({ seen: words.unread.unlisted(files.length, filesTotal), mend: words.unread.mendUnlisted });
  return found;
}

/** Worth a look, no fault. */
function notes({ scan, files }: GateFacts['pull']): string[] {
  const present = files.filter(({ change }) => change !== 'removed').map(({ path }) => path);
  const added = new Set(files.filter(({ change }) => change === 'added' || change === 'copied').map(({ path }) => path));
  const media = scan.binaries.filter((path) => added.has(path) && isMedia(path));
  const changed = scan.binaries.filter((path) => !added.has(path));
  const lonely = lonelyLocks(present);
  const lines: string[] = [];
  if (media.length > 0) lines.push(words.binaries.media(media));
  if (changed.length > 0) lines.push(words.binaries.changed(changed));
  if (lonely.locks.length > 0) lines.push(words.locks.alone(lonely.locks));
  if (lonely.manifests.length > 0) lines.push(words.locks.behind(lonely.manifests));
  return lines;
}

/** Lockfiles and manifests that changed one without the other. */

import { baseOf, folderOf, kindOfLock, kindOfManifest, movesLock } from '../../model/manifests.ts';
import type { FileFact } from '../../model/pull-facts.ts';

export interface LonelyFiles {
  /** Lockfiles among other changes, while nothing of their kind changed: nobody asked for this. */
  strayLocks: string[];
  /** The same where nothing but lockfiles changed (upkeep), or where only a manifest elsewhere changed. */
  loneLocks: string[];
  /** Manifests at the root with other dependencies, while the lockfile that lies beside them stayed as it was. */
  behind: string[];
  /** The same where no lockfile is known. */
  unlocked: string[];
}

/**
 * In a workspace the lockfile lies above the manifests: any of its kind in or below its folder will do.
 * @param edited manifests whose dependencies changed; absent: unknown, and then nothing is said of manifests
 * @param atRoot lockfiles at the root of the default branch
 */
export function lonelyFiles(
  files: readonly FileFact[],
  edited: readonly string[] | undefined,
  atRoot: readonly string[],
): LonelyFiles {
  const paths = files.flatMap(({ path, previousPath }) => (previousPath === null ? [path] : [path, previousPath]));
  const present = files.filter(({ change }) => change !== 'removed');
  const lonely: LonelyFiles = { strayLocks: [], loneLocks: [], behind: [], unlocked: [] };
  const onlyLocks = files.every(({ path }) => kindOfLock(path) !== null);
  for (const { path, change } of present) {
    const kind = kindOfLock(path);
    if (kind === null || change === 'renamed') continue;
    // One package manager for another: its lockfile comes, the other's goes, the manifest stays.
    if (files.some((other) => other.change === 'removed' && kind.locks.includes(baseOf(other.path)))) continue;
    const moved = paths.filter((other) => movesLock(kind, other));
    if (moved.some((other) => other.startsWith(folderOf(path)))) continue;
    (onlyLocks || moved.length > 0 ? lonely.loneLocks : lonely.strayLocks).push(path);
  }
  for (const path of edited ?? []) {
    const kind = kindOfManifest(path);
    if (kind === null || !present.some((file) => file.path === path)) continue;
    if (paths.some((other) => kind.locks.includes(baseOf(other)) && path.startsWith(folderOf(other)))) continue;
    const isLocked = folderOf(path) === '' && atRoot.some((lock) => kind.locks.includes(lock));
    (isLocked ? lonely.behind : lonely.unlocked).push(path);
  }
  return lonely;
}

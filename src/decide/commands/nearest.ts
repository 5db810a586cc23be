/** The name that a slip of the pen was meant to be. */
import { closest, distance } from 'fastest-levenshtein';

/** Null when none is near: a third of its letters may differ, two in any case. */
export function nearest(word: string, names: readonly string[]): string | null {
  const sought = word.slice(0, 60).toLowerCase();
  if (names.length === 0) return null;
  const best = closest(sought, [...names]);
  const far = distance(sought, best);
  return far <= Math.max(2, Math.floor(sought.length / 3)) && far < best.length ? best : null;
}

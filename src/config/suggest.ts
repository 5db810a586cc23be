/** "Did you mean …?" for keys and names in people's files. */
import { distance } from 'fastest-levenshtein';

/** The candidate that `word` is most likely a slip of; null when none is near (a third of its letters, at least two). */
export function closest(word: string, candidates: readonly string[]): string | null {
  const sought = word.toLowerCase();
  const reach = Math.max(2, Math.floor(sought.length / 3));
  let best: { candidate: string; far: number } | null = null;
  for (const candidate of candidates) {
    const far = distance(sought, candidate.toLowerCase());
    if (far <= reach && far < candidate.length && (best === null || far < best.far)) best = { candidate, far };
  }
  return best?.candidate ?? null;
}

/** ` (did you mean "x"?)` or nothing, to be put behind a message. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = closest(word, candidates);
  return near === null ? '' : ` (did you mean "${near}"?)`;
}

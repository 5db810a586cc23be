/** Path globs as people write them in the configuration. */
import picomatch from 'picomatch';

/** Matches whole paths, hidden files included; an empty list matches nothing. */
export function pathMatcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  return picomatch([...globs], { dot: true });
}

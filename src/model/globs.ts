/**
 * Path globs as people write them: `*`, `**`, `?`, `[a-z]`, `{a,b}`, a backslash before what is meant as it stands.
 * No regular expressions: these would try every way to share a path among the stars. Here only the last star is tried
 * anew, so that a match takes at most (characters of the path) × (characters of the glob) steps.
 */

import { writeOut } from './braces.ts';
import { compileSegment, costOfSegment, GLOBSTAR, type Segment, wildMatch } from './glob-segment.ts';

/** Alternatives that the braces of one glob may stand for, and those of one list. */
const MAX_EACH = 200;
const MAX_LIST = 500;
/** Of one list: what its globs with question marks and square brackets cost, and those with several `**`. */
const MAX_COST = 400;

/** Why `glob` is not taken, in words that follow "…"; null when it is fine. */
export function globFault(glob: string): string | null {
  if (glob.startsWith('!')) return 'begins with "!": a glob can only say what belongs; leave the rest out instead';
  if (glob.startsWith('/')) return 'begins with "/": paths begin at the root of the repository without it';
  if (glob.startsWith('./')) return 'begins with "./": paths begin at the root of the repository without it';
  if (glob.endsWith('/')) return `ends with "/": write "${glob}**" for all that lies in the folder`;
  if (/(?<!\\)[@+*?!]\(/.test(glob)) return 'holds a pattern such as "@(a|b)" or "+(a)"; write "{a,b}"';
  if (/(?<!\\)\{[^{},]*\.\.[^{},]*\}/.test(glob)) return 'holds a range such as "{1..3}"; write "{1,2,3}"';
  if (writeOut(glob, MAX_EACH).length > MAX_EACH) return `stands for more than ${MAX_EACH} globs once its braces are written out`;
  return null;
}

/** Like `globFault`, for a list as a whole. */
export function globsFault(globs: readonly string[]): string | null {
  let total = 0;
  for (const glob of globs) total += writeOut(glob, MAX_EACH).length;
  if (total > MAX_LIST) return `stand for more than ${MAX_LIST} globs once their braces are written out`;
  return costOf(globs) > MAX_COST ? 'hold too many "?", "[…]" and "**" to be matched in good time; leave some out' : null;
}

/** A pull request may propose any list, and it is tried on thousands of paths. */
function costOf(globs: readonly string[]): number {
  const written = globs.flatMap((glob) => writeOut(glob, MAX_EACH));
  return written.reduce((sum, glob) => sum + costOfGlob(glob.split('/')), 0);
}

function costOfGlob(segments: readonly string[]): number {
  const stars = segments.filter((segment) => segment === GLOBSTAR).length;
  const costs = segments.map(costOfSegment).filter((cost) => cost > 1);
  // With one `**` before and one behind there is nothing to try twice.
  return costs.reduce((sum, cost) => sum + cost, stars > 2 ? segments.length : 0);
}

/** Matches whole paths, hidden files included. Globs with a fault match nothing; nor does an empty list. */
export function compileGlobs(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs
    .filter((glob) => globFault(glob) === null)
    .flatMap((glob) => writeOut(glob, MAX_EACH))
    .slice(0, MAX_LIST)
    .map(compile);
  return (path) => {
    const segments = path.split('/');
    return patterns.some((matches) => matches(segments));
  };
}

/** The same for the few forms that nearly all globs have, which need no search: this is asked for each file of a pull request. */
function compile(glob: string): (segments: readonly string[]) => boolean {
  // `docs/**` is what lies in the folder, and no file of that name.
  const pattern = glob
    .replace(/\/\*\*$/, '/**/*')
    .split('/')
    .map(compileSegment);
  const [first, second, third] = pattern;
  if (first === GLOBSTAR && pattern.length === 2 && typeof second === 'function')
    return (segments) => second(segments[segments.length - 1] ?? '');
  if (first === GLOBSTAR && pattern.length === 4 && third === GLOBSTAR && typeof second === 'function' && glob.endsWith('/**'))
    return (segments) => {
      for (let at = 0; at < segments.length - 1; at++) if (second(segments[at] ?? '')) return true;
      return false;
    };
  if (typeof first === 'function') return (segments) => first(segments[0] ?? '') && matches(pattern, segments);
  return (segments) => matches(pattern, segments);
}

function matches(pattern: readonly Segment[], segments: readonly string[]): boolean {
  return wildMatch(
    pattern.length,
    segments.length,
    (p) => pattern[p] === GLOBSTAR,
    (p, s) => {
      const part = pattern[p];
      return typeof part === 'function' && part(segments[s] ?? '');
    },
  );
}

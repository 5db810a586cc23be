/** Path globs of the gate's items, compiled once. */
import { compileGlobs } from '../../model/globs.ts';

const MAX_LISTS = 100;
const MAX_PATHS = 2000;
const compiled = new Map<string, (path: string) => boolean>();

/** Matches whole paths, hidden files included; an empty list matches nothing. The same list is compiled once. */
export function pathMatcher(globs: readonly string[]): (path: string) => boolean {
  const key = globs.join('\n');
  const known = compiled.get(key);
  if (known) return known;
  const matcher = remembering(compileGlobs(globs));
  const [oldest] = compiled.keys();
  if (compiled.size >= MAX_LISTS && oldest !== undefined) compiled.delete(oldest);
  compiled.set(key, matcher);
  return matcher;
}

/** Several items ask the same of the same files, and every event of a pull request asks again. */
function remembering(matches: (path: string) => boolean): (path: string) => boolean {
  const answers = new Map<string, boolean>();
  return (path) => {
    const known = answers.get(path);
    if (known !== undefined) return known;
    if (answers.size >= MAX_PATHS) answers.clear();
    const answer = matches(path);
    answers.set(path, answer);
    return answer;
  };
}

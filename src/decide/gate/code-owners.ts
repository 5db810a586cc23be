/**
 * CODEOWNERS as GitHub reads it (GitHub docs, "About code owners"): the last line that matches a path names its owners.
 * The packages for it match like .gitignore, which differs: `docs/*` would own whole trees, `[a]` and `!a` would count.
 */
import { compileGlobs } from '../../model/globs.ts';
import type { Owner } from '../../render/gate/security.ts';

interface Rule {
  /** The folder or file at the root that a path must be in or be; null where a path may begin with anything. */
  root: string | null;
  matches(path: string): boolean;
  owners: Owner[];
}

/** With its line's place: the later one counts. */
interface Placed extends Rule {
  at: number;
}

export interface CodeOwners {
  /** Empty where a line says that nobody owns it, or none speaks of it. */
  of(path: string): Owner[];
  /** How many patterns would be tried for these paths. */
  tries(paths: Iterable<string>): number;
}

const MAX_KNOWN = 5000;

/** GitHub does not load a longer file. */
const MAX_BYTES = 3 * 1024 * 1024;

/** Every event of every pull request asks the same file, and a big one takes a while to read. */
let last: { text: string | null; read: CodeOwners } | null = null;

/** @param text null where the repository has no such file */
export function readCodeOwners(text: string | null): CodeOwners {
  if (last?.text !== text || last === null) last = { text, read: read(text) };
  return last.read;
}

function read(text: string | null): CodeOwners {
  const lines = text === null || text.length > MAX_BYTES ? [] : text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const rules = lines.flatMap(readLine).map((rule, at): Placed => ({ ...rule, at }));
  const byRoot = Map.groupBy(rules.reverse(), ({ root }) => root);
  const known = new Map<string, Owner[]>();
  const candidates = (path: string) => [byRoot.get(path.split('/', 1)[0] ?? '') ?? [], byRoot.get(null) ?? []] as const;
  const find = (path: string): Owner[] => {
    const [here, anywhere] = candidates(path).map((some) => some.find(({ matches }) => matches(path)));
    return (here && here.at > (anywhere?.at ?? -1) ? here : anywhere)?.owners ?? [];
  };
  return {
    of(path) {
      const owners = known.get(path) ?? find(path);
      if (known.size < MAX_KNOWN) known.set(path, owners);
      return owners;
    },
    tries(paths) {
      let sum = 0;
      for (const path of paths) for (const some of candidates(path)) sum += some.length;
      return sum;
    },
  };
}

/** A line with anything wrong in it is skipped as a whole. */
function readLine(line: string): Rule[] {
  const [pattern = '#', ...names] = words(line);
  if (pattern.startsWith('#') || pattern.startsWith('\\#') || pattern.startsWith('!') || /[[\]]/.test(pattern)) return [];
  const comment = names.findIndex((name) => name.startsWith('#'));
  const owners = (comment < 0 ? names : names.slice(0, comment)).map(readOwner);
  if (!owners.every((owner) => owner !== null)) return [];
  const globs = globsOf(pattern);
  return [{ root: rootOf(globs[0] ?? ''), matches: compileGlobs(globs), owners }];
}

/** What its paths begin with, where that is letters alone. */
function rootOf(glob: string): string | null {
  const [first = ''] = glob.split('/', 1);
  return /[*?\\]/.test(first) ? null : first;
}

/** Parted by blanks; one after a backslash belongs to the path. */
function words(line: string): string[] {
  const found: string[] = [];
  let word = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (char === '\\' && at + 1 < line.length) word += char + line[++at];
    else if (char === ' ' || char === '\t') {
      if (word !== '') found.push(word);
      word = '';
    } else word += char;
  }
  return word === '' ? found : [...found, word];
}

/** Logins of managed users hold an underscore. */
function readOwner(name: string): Owner | null {
  const [, login, slug] = /^@(?:([a-z\d][\w-]{0,99})|([a-z\d][\w-]{0,99}\/[\w.-]{1,200}))$/i.exec(name) ?? [];
  if (login !== undefined) return { kind: 'user', login };
  if (slug !== undefined) return { kind: 'team', slug: slug.toLowerCase() };
  return /^[^@\s]{1,64}@[^@\s]{1,255}$/.test(name) ? { kind: 'email', address: name } : null;
}

/** A slash at the beginning or within ties the pattern to the root; a name alone also stands for all below it. */
function globsOf(pattern: string): string[] {
  const path = pattern.replace(/^\//, '');
  const folder = path.endsWith('/');
  const name = folder ? path.slice(0, -1) : path;
  if (name === '') return ['**'];
  const rooted = pattern.startsWith('/') || name.includes('/');
  const glob = `${rooted ? '' : '**/'}${literal(name)}`;
  if (folder) return [`${glob}/**`];
  // `docs/*` are the files in that folder, not those further down.
  return glob.endsWith('/*') || glob.endsWith('/**') ? [glob] : [glob, `${glob}/**`];
}

/** Only stars and question marks mean something: braces and brackets stand for themselves. */
function literal(name: string): string {
  return name.replace(/\\(.)|([{}()])/g, (_, escaped?: string, char?: string) => `\\${escaped ?? char}`);
}

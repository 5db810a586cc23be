/** Pattern files → the prompt patterns in force: the repository's over its owner's over the built-in ones (B4). */
import { readdirSync, readFileSync } from 'node:fs';
import type { Fault } from '../model/config.ts';
import type { Pattern } from '../model/pattern.ts';
import { checkPlaceholders } from './check-placeholders.ts';
import { check } from './explain-issues.ts';
import { patternSchema } from './pattern-schema.ts';
import { resolveNamed } from './resolve-named.ts';
import { readYaml } from './yaml-source.ts';

export const PATTERNS_FOLDER = '.github/patterns/';
const BUILT_IN = new URL('../../playbooks/patterns/', import.meta.url);

type Files = Record<string, string>;

let builtIn: Pattern[] | null = null;

/**
 * The patterns that come with Playcaller, by name; read from disk once.
 * @throws {Error} when one of them is broken, which is a fault of this release.
 */
export function loadBuiltInPatterns(): Pattern[] {
  if (builtIn) return builtIn;
  const names = readdirSync(BUILT_IN).filter((name) => /\.ya?ml$/.test(name));
  builtIn = names.sort().map((name) => {
    const loaded = loadPattern(readFileSync(new URL(name, BUILT_IN), 'utf8'), `playbooks/patterns/${name}`);
    if ('pattern' in loaded) return loaded.pattern;
    const [fault] = loaded.faults;
    throw new Error(`${fault?.file}:${fault?.line} ${fault?.field}: ${fault?.message}`);
  });
  return builtIn;
}

/** One file. Never throws. */
export function loadPattern(text: string, file: string): { pattern: Pattern } | { faults: Fault[] } {
  const read = readYaml(text, file);
  if ('faults' in read) return read;
  const checked = check(patternSchema, read.source, file);
  if ('faults' in checked) return checked;
  const lines = text.split('\n');
  const faults = checkPlaceholders(checked.value).map(({ path, line, message }): Fault => {
    const at = read.source.locate(path);
    // A block's text begins on the line below its `|`.
    const inBlock = /[|>][-+0-9]*\s*(?:#.*)?$/.test(lines[at.line - 1] ?? '');
    return inBlock
      ? { file, line: at.line + 1 + line, column: 1, field: path.join('.'), message }
      : { file, ...at, field: path.join('.'), message };
  });
  return faults.length > 0 ? { faults } : { pattern: checked.value };
}

export interface ResolvedPatterns {
  /** By name. */
  patterns: Pattern[];
  faults: Fault[];
  /** The texts in force, by path; an owner's with `owner:` before it. */
  files: Files;
}

/** Never throws. A broken file is reported, and its last good text stays in force. */
export function resolvePatterns(repository: Files, owner: Files, lastGood: Files): ResolvedPatterns {
  const kind = { folder: PATTERNS_FOLDER, builtIn: loadBuiltInPatterns(), load: loadValue };
  const { values, ...rest } = resolveNamed(kind, repository, owner, lastGood);
  return { patterns: values, ...rest };
}

function loadValue(text: string, file: string): { value: Pattern } | { faults: Fault[] } {
  const loaded = loadPattern(text, file);
  return 'faults' in loaded ? loaded : { value: loaded.pattern };
}

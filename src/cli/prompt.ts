/** `playcaller prompt NAME KEY=value…`: a prompt pattern filled, or the list of patterns (B4). */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PATTERNS_FOLDER, resolvePatterns } from '../config/load-patterns.ts';
import { isYaml } from '../config/load-playbooks.ts';
import { closest, didYouMean } from '../config/suggest.ts';
import { type Filled, fill } from '../decide/patterns/fill.ts';
import { idOf } from '../decide/patterns/read-values.ts';
import type { Fault } from '../model/config.ts';
import { type Pattern, TIERS } from '../model/pattern.ts';
import { cleanText } from '../render/markdown.ts';
import { leftText, listText } from '../render/patterns/plain.ts';
import { readVariables } from './prompt-variables.ts';
import { safeJson } from './safe-json.ts';
import { parseWords, UsageFault } from './usage-fault.ts';

const HELP = `Usage: playcaller prompt
       playcaller prompt <name> KEY=value… [--file FILE] [--dir DIR] [--validation] [--json]

Without a name lists the prompt patterns with their variables. With one prints the filled prompt.

  playcaller prompt storage-crud ENTITY=Order FIELDS="id, customer, total" FILTERS=customer

  --file FILE    variables from a YAML or JSON file of KEY: value; - reads standard input. Those of the command line win
  --dir DIR      a repository whose ${PATTERNS_FOLDER}*.yml count too (default: here)
  --validation   prints what whoever checks the result runs, instead of the prompt
  --json         {"pattern", "version", "prompt", "validation", "left", "baseline"}; the list likewise

A key may be written in lower case. Exit code 0: filled; 1: filled in part, what is left is named on standard error;
2: wrong use, an unknown name or key, or a bad file.
`;

const OPTIONS = {
  file: { type: 'string' },
  dir: { type: 'string' },
  validation: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** No shell passes on more. */
const MOST_WORDS = 1_000;

/** @returns 0, or 1 when a placeholder is left. @throws {UsageFault} */
export async function promptCommand(argv: string[]): Promise<number> {
  const { values, positionals } = parseWords(argv, OPTIONS, MOST_WORDS);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [name, ...pairs] = positionals;
  const { patterns, faults } = patternsIn(values.dir ?? '.');
  for (const fault of faults) process.stderr.write(`${faultLine(fault)}\n`);
  if (name === undefined) {
    if (values.file !== undefined || values.validation) throw new UsageFault('name a pattern. See --help.');
    process.stdout.write(values.json ? safeJson(patterns) : listText(patterns));
    return 0;
  }
  const pattern = patternNamed(name, patterns);
  const filled = fill(pattern, checkKeys(pattern, readVariables(pairs, values.file ?? null)));
  const text = values.validation ? filled.validation : filled.prompt;
  process.stdout.write(values.json ? safeJson(dataOf(pattern, filled)) : `${text}\n`);
  if (filled.left.length === 0) return 0;
  process.stderr.write(leftText(pattern, filled.left));
  return 1;
}

/** @throws {UsageFault} */
function patternsIn(dir: string): { patterns: Pattern[]; faults: Fault[] } {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw new UsageFault(`there is no directory ${dir}.`);
  const folder = join(dir, PATTERNS_FOLDER);
  const there = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const names = there ? readdirSync(folder).filter((name) => isYaml(name)) : [];
  const files = names.filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());
  return resolvePatterns(
    Object.fromEntries(files.map((name) => [PATTERNS_FOLDER + name, readFileSync(join(folder, name), 'utf8')])),
    {},
    {},
  );
}

/** @throws {UsageFault} */
function patternNamed(name: string, patterns: readonly Pattern[]): Pattern {
  const found = patterns.find((pattern) => pattern.name === name.toLowerCase());
  if (found) return found;
  const names = patterns.map((pattern) => pattern.name);
  const hint = didYouMean(name, names) || `; there are ${names.join(', ')}`;
  throw new UsageFault(`there is no prompt pattern ${JSON.stringify(cleanText(name, 60))}${hint}.`);
}

/** By id. @throws {UsageFault} that names every key that is none, and those that mean the same. */
function checkKeys(pattern: Pattern, given: ReadonlyMap<string, string>): Map<string, string> {
  const ids = pattern.variables.map(({ id }) => id);
  const faults: string[] = [];
  const values = new Map<string, string>();
  for (const [key, value] of given) {
    const id = idOf(key);
    if (!ids.includes(id)) {
      const near = closest(id, ids);
      const hint = near === null ? `; it has ${ids.join(', ')}` : ` (did you mean ${near}?)`;
      faults.push(`${cleanText(key, 60)} is no variable of ${pattern.name}${hint}`);
    } else if (values.has(id)) faults.push(`${id} is given twice`);
    else values.set(id, value);
  }
  if (faults.length > 0) throw new UsageFault(`${faults.join('\n  ')}.`);
  return values;
}

function dataOf({ name, version, baseline }: Pattern, { prompt, validation, left }: Filled) {
  const tiers = Object.fromEntries(TIERS.map((tier) => [tier, baseline[tier]]));
  return { pattern: name, version, prompt, validation, left: left.map(({ id }) => id), baseline: tiers };
}

function faultLine({ file, line, field, message }: Fault): string {
  return cleanText(`${file}:${line} ${field === '' ? '' : `${field}: `}${message}; this file is left out`, 1_000);
}

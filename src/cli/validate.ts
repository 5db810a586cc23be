/** `playcaller validate`: what a repository's files of Playcaller have wrong, told as the app would tell it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadPattern, PATTERNS_FOLDER } from '../config/load-patterns.ts';
import { PERSONAS_FOLDER } from '../config/load-personas.ts';
import { builtInByType, isYaml } from '../config/load-playbooks.ts';
import { CONFIG_PATH, MODULES_PATH, PLAYBOOKS_FOLDER, resolveConfiguration } from '../config/resolve-configuration.ts';
import { resolveLayer } from '../config/resolve-playbooks.ts';
import type { Fault } from '../model/config.ts';
import { parseWords, UsageFault } from './usage-fault.ts';

const HELP = `Usage: playcaller validate [dir] [--json]

Checks the files of Playcaller in a repository (here, or in dir): .github/playcaller.yml,
.github/playcaller.modules.yml, .github/playbooks, .github/personas, .github/patterns, and
playbooks with playbooks/patterns.
Prints file:line field: fault. Exit code 0: all fine, 1: faults, 2: wrong use.

  --json   {"files": [path], "faults": [{"file", "line", "column", "field", "message"}]}
`;

const FOLDERS = [PLAYBOOKS_FOLDER, PERSONAS_FOLDER, PATTERNS_FOLDER];
/** Of a repository that keeps what others build upon, as Playcaller's own does. */
const OWN_FOLDER = 'playbooks/';
const OWN_PATTERNS = 'playbooks/patterns/';

type Files = Record<string, string>;

/** @returns 0, or 1 with faults. @throws {UsageFault} */
export async function validateCommand(argv: string[]): Promise<number> {
  const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseWords(argv, options, 1);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const dir = positionals[0] ?? '.';
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw new UsageFault(`there is no directory ${dir}.`);
  const { files, faults } = validate(dir);
  process.stdout.write(values.json ? `${JSON.stringify({ files, faults }, null, 2)}\n` : report(dir, files, faults));
  return faults.length > 0 ? 1 : 0;
}

function validate(dir: string): { files: string[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const github = read(dir, [CONFIG_PATH, MODULES_PATH, ...FOLDERS.flatMap((folder) => yamlIn(dir, folder))], faults);
  const own = read(dir, yamlIn(dir, OWN_FOLDER), faults);
  for (const path of [CONFIG_PATH, MODULES_PATH].map((path) => path.replace(/\.yml$/, '.yaml'))) {
    if (exists(dir, path)) faults.push(whole(path, `is not read; name it ${path.replace(/\.yaml$/, '.yml')}`));
  }
  const resolved = resolveConfiguration({ repository: github, owner: {}, lastGood: null });
  const below = builtInByType();
  const personas = resolved.personas.map(({ name }) => name);
  const layer = resolveLayer({ files: own, below, lastGood: {}, builtIn: new Set(below.keys()), personas });
  const patterns = read(dir, yamlIn(dir, OWN_PATTERNS), faults);
  const loaded = Object.entries(patterns).map(([path, text]) => loadPattern(text, path));
  const inPatterns = loaded.flatMap((one) => ('faults' in one ? one.faults : []));
  for (const path of yamlIn(dir, `${PLAYBOOKS_FOLDER}patterns/`)) {
    faults.push(whole(path, `is not read; patterns of a repository lie in ${PATTERNS_FOLDER}`));
  }
  const files = [...Object.keys(github), ...Object.keys(own), ...Object.keys(patterns)];
  return { files, faults: [...faults, ...resolved.faults, ...layer.faults, ...inPatterns] };
}

/** Texts by path; what is there but cannot be read is a fault. */
function read(dir: string, paths: string[], faults: Fault[]): Files {
  const files: Files = {};
  for (const path of paths.filter((one) => exists(dir, one))) {
    try {
      files[path] = readFileSync(join(dir, path), 'utf8');
    } catch (error) {
      faults.push(whole(path, `cannot be read (${codeOf(error)})`));
    }
  }
  return files;
}

function yamlIn(dir: string, folder: string): string[] {
  if (!statSync(join(dir, folder), { throwIfNoEntry: false })?.isDirectory()) return [];
  const names = readdirSync(join(dir, folder)).filter((name) => isYaml(name));
  return names.sort().map((name) => folder + name);
}

function exists(dir: string, path: string): boolean {
  return statSync(join(dir, path), { throwIfNoEntry: false }) !== undefined;
}

function whole(file: string, message: string): Fault {
  return { file, line: 1, column: 1, field: '', message };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}

function report(dir: string, files: string[], faults: Fault[]): string {
  if (faults.length > 0) return faults.map(line).join('');
  if (files.length === 0) return `There is no file of Playcaller in ${dir}: the defaults hold.\n`;
  return files.length === 1 ? '1 file is fine\n' : `${files.length} files are fine\n`;
}

function line({ file, line: at, field, message }: Fault): string {
  return `${file}:${at} ${field === '' ? '' : `${field}: `}${message}\n`;
}

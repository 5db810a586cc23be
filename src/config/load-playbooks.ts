/** Playbook files → playbooks, or the faults of each file (P2). */
import { readdirSync, readFileSync } from 'node:fs';
import type { Fault } from '../model/config.ts';
import type { Playbook } from '../model/playbook.ts';
import { check } from './explain-issues.ts';
import { playbookSchema, toPlaybook } from './playbook-schema.ts';
import { readYaml } from './yaml-source.ts';

const BUILT_IN = new URL('../../playbooks/', import.meta.url);

let builtIn: Playbook[] | null = null;

/**
 * The playbooks that come with Playcaller, by type; read from disk once.
 * @throws {Error} when one of them is broken, which is a fault of this release.
 */
export function loadBuiltInPlaybooks(): Playbook[] {
  if (builtIn) return builtIn;
  const names = readdirSync(BUILT_IN).filter((name) => isYaml(name));
  const texts = Object.fromEntries(names.map((name) => [`playbooks/${name}`, readFileSync(new URL(name, BUILT_IN), 'utf8')]));
  const { playbooks, faults } = loadPlaybooks(texts);
  const [fault] = faults;
  if (fault) throw new Error(`${fault.file}:${fault.line} ${fault.field}: ${fault.message}`);
  builtIn = playbooks;
  return builtIn;
}

/** One file. Never throws. */
export function loadPlaybook(text: string, file: string): { playbook: Playbook } | { faults: Fault[] } {
  const read = readYaml(text, file);
  if ('faults' in read) return read;
  if (read.source.value === null) return { faults: [{ file, line: 1, column: 1, field: '', message: 'the file is empty' }] };
  const checked = check(playbookSchema, read.source, file);
  return 'faults' in checked ? checked : { playbook: toPlaybook(checked.value) };
}

/** `files`: text by path, all of one place. Two files of one type are a fault of the later path. Sorted by type. */
export function loadPlaybooks(files: Record<string, string>): { playbooks: Playbook[]; faults: Fault[] } {
  const byType = new Map<string, { playbook: Playbook; file: string }>();
  const faults: Fault[] = [];
  for (const file of Object.keys(files).sort()) {
    const loaded = loadPlaybook(files[file] ?? '', file);
    if ('faults' in loaded) {
      faults.push(...loaded.faults);
      continue;
    }
    const { playbook } = loaded;
    const other = byType.get(playbook.type);
    if (other) faults.push(sameType(playbook.type, file, other.file));
    else byType.set(playbook.type, { playbook, file });
  }
  return { playbooks: sortByType([...byType.values()].map(({ playbook }) => playbook)), faults };
}

export function sameType(type: string, file: string, other: string): Fault {
  return { file, line: 1, column: 1, field: 'type', message: `the type "${type}" is already the one of ${other}` };
}

export function sortByType(playbooks: Playbook[]): Playbook[] {
  return playbooks.sort((a, b) => (a.type < b.type ? -1 : 1));
}

export function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

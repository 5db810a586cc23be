/** Playbook files → playbooks, or the faults of each file (P2). */
import { readdirSync, readFileSync } from 'node:fs';
import type { Fault } from '../model/config.ts';
import type { Playbook } from '../model/playbook.ts';
import { resolveLayer } from './resolve-playbooks.ts';

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

/** One file, over the built-in playbooks. Never throws. */
export function loadPlaybook(text: string, file: string): { playbook: Playbook } | { faults: Fault[] } {
  const below = builtInByType();
  const layer = resolveLayer({ files: { [file]: text }, below, lastGood: {}, builtIn: new Set(below.keys()) });
  const playbook = [...layer.playbooks.values()].find((one) => below.get(one.type) !== one);
  return playbook ? { playbook } : { faults: layer.faults };
}

/** `files`: text by path, all of one place and with nothing below them. Sorted by type. Never throws. */
export function loadPlaybooks(files: Record<string, string>): { playbooks: Playbook[]; faults: Fault[] } {
  const { playbooks, faults } = resolveLayer({ files, below: new Map(), lastGood: {}, builtIn: new Set() });
  return { playbooks: sortByType([...playbooks.values()]), faults };
}

export function builtInByType(): Map<string, Playbook> {
  return new Map(loadBuiltInPlaybooks().map((playbook) => [playbook.type, playbook]));
}

export function sortByType(playbooks: Playbook[]): Playbook[] {
  return playbooks.sort((a, b) => (a.type < b.type ? -1 : 1));
}

export function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

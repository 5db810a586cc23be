/** Persona files → the personas in force: the repository's over its owner's over the built-in ones (L11). */
import { readdirSync, readFileSync } from 'node:fs';
import type { Fault } from '../model/config.ts';
import type { Persona } from '../model/persona.ts';
import { check } from './explain-issues.ts';
import { personaSchema } from './persona-schema.ts';
import { readYaml } from './yaml-source.ts';

export const PERSONAS_FOLDER = '.github/personas/';
const BUILT_IN = new URL('../../playbooks/personas/', import.meta.url);
/** Put before the path of an owner's file in the texts that are kept. */
const OWNER = 'owner:';

type Files = Record<string, string>;

let builtIn: Persona[] | null = null;

/**
 * The personas that come with Playcaller, by name; read from disk once.
 * @throws {Error} when one of them is broken, which is a fault of this release.
 */
export function loadBuiltInPersonas(): Persona[] {
  if (builtIn) return builtIn;
  const names = readdirSync(BUILT_IN).filter((name) => /\.ya?ml$/.test(name));
  builtIn = names.sort().map((name) => {
    const loaded = loadPersona(readFileSync(new URL(name, BUILT_IN), 'utf8'), `playbooks/personas/${name}`);
    if ('persona' in loaded) return loaded.persona;
    const [fault] = loaded.faults;
    throw new Error(`${fault?.file}:${fault?.line} ${fault?.field}: ${fault?.message}`);
  });
  return builtIn;
}

/** One file. Never throws. */
export function loadPersona(text: string, file: string): { persona: Persona } | { faults: Fault[] } {
  const read = readYaml(text, file);
  if ('faults' in read) return read;
  const checked = check(personaSchema, read.source, file);
  return 'faults' in checked ? checked : { persona: checked.value };
}

export interface ResolvedPersonas {
  /** By name. */
  personas: Persona[];
  faults: Fault[];
  /** The texts in force, by path; an owner's with `owner:` before it. */
  files: Files;
}

/** Never throws. A broken file is reported, and its last good text stays in force. */
export function resolvePersonas(repository: Files, owner: Files, lastGood: Files): ResolvedPersonas {
  const byName = new Map(loadBuiltInPersonas().map((persona) => [persona.name, persona]));
  const result: ResolvedPersonas = { personas: [], faults: [], files: {} };
  for (const [files, mark] of [[owner, OWNER] as const, [repository, ''] as const]) {
    const taken = new Map<string, string>();
    for (const path of Object.keys(files).filter(isPersona).sort()) {
      const loaded = loadPersona(files[path] ?? '', path);
      if ('faults' in loaded) result.faults.push(...loaded.faults.map((fault) => (mark === '' ? fault : inOwner(fault))));
      const kept = lastGood[mark + path];
      const text = 'persona' in loaded ? files[path] : kept;
      const used = 'persona' in loaded || kept === undefined ? loaded : loadPersona(kept, path);
      if (text === undefined || !('persona' in used)) continue;
      const { name } = used.persona;
      const other = taken.get(name);
      if (other !== undefined) {
        result.faults.push({
          file: path,
          line: 1,
          column: 1,
          field: 'name',
          message: `the name "${name}" is already the one of ${other}`,
        });
        continue;
      }
      taken.set(name, path);
      byName.set(name, used.persona);
      result.files[mark + path] = text;
    }
  }
  result.personas = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return result;
}

/** Else people would look for the file in their own repository. */
function inOwner(fault: Fault): Fault {
  return { ...fault, message: `${fault.message} (in the owner's .github repository)` };
}

function isPersona(path: string): boolean {
  return path.startsWith(PERSONAS_FOLDER) && /\.ya?ml$/.test(path);
}

/** Persona files → the personas in force: the repository's over its owner's over the built-in ones (L11). */
import { readdirSync, readFileSync } from 'node:fs';
import type { Fault } from '../model/config.ts';
import type { Persona } from '../model/persona.ts';
import { check } from './explain-issues.ts';
import { personaSchema } from './persona-schema.ts';
import { resolveNamed } from './resolve-named.ts';
import { readYaml } from './yaml-source.ts';

export const PERSONAS_FOLDER = '.github/personas/';
const BUILT_IN = new URL('../../playbooks/personas/', import.meta.url);

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
  const kind = { folder: PERSONAS_FOLDER, builtIn: loadBuiltInPersonas(), load: loadValue };
  const { values, ...rest } = resolveNamed(kind, repository, owner, lastGood);
  return { personas: values, ...rest };
}

function loadValue(text: string, file: string): { value: Persona } | { faults: Fault[] } {
  const loaded = loadPersona(text, file);
  return 'faults' in loaded ? loaded : { value: loaded.persona };
}

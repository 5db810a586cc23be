/** The configuration and playbooks in force, from what the repository, its owner and the last good look hold (G4, P3). */
import type { Config, ConfigSource, Fault } from '../model/config.ts';
import { CONFIG_PATH } from '../model/configuration-files.ts';
import type { Registry } from '../model/module.ts';
import type { Pattern } from '../model/pattern.ts';
import type { Persona } from '../model/persona.ts';
import type { Playbook } from '../model/playbook.ts';
import { DEFAULT_CONFIG, loadConfig } from './load-config.ts';
import { loadModules } from './load-modules.ts';
import { resolvePatterns } from './load-patterns.ts';
import { resolvePersonas } from './load-personas.ts';
import { builtInByType, isYaml, sortByType } from './load-playbooks.ts';
import { remember } from './remember.ts';
import { resolveLayer } from './resolve-playbooks.ts';

export { CONFIG_PATH };
export const MODULES_PATH = '.github/playcaller.modules.yml';
export const PLAYBOOKS_FOLDER = '.github/playbooks/';
/** Put before the path of an owner's playbook in the texts that are kept: the repository may have a file of the same path. */
const OWNER = 'owner:';

/** Texts by path within their repository. */
type Files = Record<string, string>;

export interface Resolved {
  config: Config;
  source: ConfigSource;
  playbooks: Playbook[];
  personas: Persona[];
  patterns: Pattern[];
  /** Null where the repository keeps none. */
  registry: Registry | null;
  faults: Fault[];
  /** The texts in force, by path: to be kept and given back as `lastGood`. */
  files: Files;
}

interface Given {
  repository: Files;
  owner: Files;
  lastGood: Files | null;
}

/** Repositories that were looked at last; most of an organisation's have the same configuration. */
const REMEMBERED = 32;

/**
 * The repository's configuration wins over its owner's; playbooks of the repository win over its owner's of the same
 * type, and these over the built-in ones. A broken file is reported, and the last good text of its path stays in
 * force, else the default.
 */
export const resolveConfiguration: (given: Given) => Resolved = remember(resolve, REMEMBERED);

function resolve(given: Given): Resolved {
  const lastGood = given.lastGood ?? {};
  const configuration = resolveConfig(given.repository, given.owner, lastGood);
  const modules = resolveModules(given.repository, lastGood);
  const lenses = resolvePersonas(given.repository, given.owner, lastGood);
  const personas = lenses.personas.map(({ name }) => name);
  const prompts = resolvePatterns(given.repository, given.owner, lastGood);
  const books = resolvePlaybooks(given.repository, given.owner, lastGood, personas);
  return {
    config: configuration.config,
    source: configuration.source,
    playbooks: books.playbooks,
    personas: lenses.personas,
    patterns: prompts.patterns,
    registry: modules.registry,
    faults: [...configuration.faults, ...books.faults, ...lenses.faults, ...prompts.faults, ...modules.faults],
    files: { ...configuration.files, ...books.files, ...lenses.files, ...prompts.files, ...modules.files },
  };
}

/** What an owner's other repositories are made of says nothing about this one: only its own file counts. */
function resolveModules(repository: Files, lastGood: Files): Pick<Resolved, 'registry' | 'faults' | 'files'> {
  const text = repository[MODULES_PATH];
  if (text === undefined) return { registry: null, faults: [], files: {} };
  const loaded = loadModules(text, MODULES_PATH);
  if ('registry' in loaded) return { registry: loaded.registry, faults: [], files: { [MODULES_PATH]: text } };
  const kept = lastGood[MODULES_PATH];
  const before = kept === undefined ? null : loadModules(kept, MODULES_PATH);
  if (kept === undefined || !before || 'faults' in before) return { registry: null, faults: loaded.faults, files: {} };
  return { registry: before.registry, faults: loaded.faults, files: { [MODULES_PATH]: kept } };
}

type ResolvedConfig = Pick<Resolved, 'config' | 'source' | 'faults' | 'files'>;

function resolveConfig(repository: Files, owner: Files, lastGood: Files): ResolvedConfig {
  const source = repository[CONFIG_PATH] === undefined ? 'owner' : 'repository';
  const text = repository[CONFIG_PATH] ?? owner[CONFIG_PATH];
  if (text === undefined) return { config: DEFAULT_CONFIG, source: 'defaults', faults: [], files: {} };
  const loaded = loadConfig(text, CONFIG_PATH);
  const { config } = loaded;
  const faults = source === 'owner' ? loaded.faults.map(inOwner) : loaded.faults;
  if (faults.length === 0) return { config, source, faults, files: { [CONFIG_PATH]: text } };
  const kept = lastGood[CONFIG_PATH];
  // An update of Playcaller may have made the kept text wrong too.
  const before = kept === undefined ? null : loadConfig(kept, CONFIG_PATH);
  if (kept === undefined || !before || before.faults.length > 0) return { config, source: 'defaults', faults, files: {} };
  return { config: before.config, source: 'last-good', faults, files: { [CONFIG_PATH]: kept } };
}

type ResolvedPlaybooks = Pick<Resolved, 'playbooks' | 'faults' | 'files'>;

/** The owner's lie over the built-in ones, and the repository's over these: each may extend what lies below. */
function resolvePlaybooks(repository: Files, owner: Files, lastGood: Files, personas: string[]): ResolvedPlaybooks {
  const below = builtInByType();
  const builtIn = new Set(below.keys());
  const owners = resolveLayer({ files: playbooksIn(owner), below, lastGood: splitKept(lastGood).owner, builtIn, personas });
  const own = resolveLayer({ files: playbooksIn(repository), below: owners.playbooks, lastGood, builtIn, personas });
  return {
    playbooks: sortByType([...own.playbooks.values()]),
    faults: [...owners.faults.map(inOwner), ...own.faults],
    files: { ...renamed(owners.files, (path) => OWNER + path), ...own.files },
  };
}

/** Kept texts by the paths that they had, here and at the owner's; the configuration counts as the repository's. */
export function splitKept(files: Files): { repository: Files; owner: Files } {
  return {
    repository: renamed(files, (path) => (path.startsWith(OWNER) ? null : path)),
    owner: renamed(files, (path) => (path.startsWith(OWNER) ? path.slice(OWNER.length) : null)),
  };
}

function playbooksIn(files: Files): Files {
  return renamed(files, (path) => (path.startsWith(PLAYBOOKS_FOLDER) && isYaml(path) ? path : null));
}

/** Files by their new path; those without one are left out. */
function renamed(files: Files, name: (path: string) => string | null): Files {
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => {
      const to = name(path);
      return to === null ? [] : [[to, text]];
    }),
  );
}

/** Else people would look for the file in their own repository. */
function inOwner(fault: Fault): Fault {
  return { ...fault, message: `${fault.message} (in the owner's .github repository)` };
}

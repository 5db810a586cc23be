/** The configuration and playbooks in force, from what the repository, its owner and the last good look hold (G4, P3). */
import type { Config, ConfigSource, Fault } from '../model/config.ts';
import type { Playbook } from '../model/playbook.ts';
import { DEFAULT_CONFIG, loadConfig } from './load-config.ts';
import { isYaml, loadBuiltInPlaybooks, loadPlaybook, sameType, sortByType } from './load-playbooks.ts';

export const CONFIG_PATH = '.github/playcaller.yml';
export const PLAYBOOKS_FOLDER = '.github/playbooks/';

/** Texts by path within their repository. */
type Files = Record<string, string>;

export interface Resolved {
  config: Config;
  source: ConfigSource;
  playbooks: Playbook[];
  faults: Fault[];
  /** The texts in force, by path: to be kept and given back as `lastGood`. */
  files: Files;
}

/**
 * The repository's file wins over its owner's of the same path; playbooks of the repository win over its owner's
 * of the same type, and these over the built-in ones. A broken file is reported, and the last good text of its
 * path stays in force, else the default.
 */
export function resolveConfiguration(given: { repository: Files; owner: Files; lastGood: Files | null }): Resolved {
  const lastGood = given.lastGood ?? {};
  const configuration = resolveConfig(given.repository, given.owner, lastGood);
  const books = resolvePlaybooks(given.repository, given.owner, lastGood);
  return {
    config: configuration.config,
    source: configuration.source,
    playbooks: books.playbooks,
    faults: [...configuration.faults, ...books.faults],
    files: { ...configuration.files, ...books.files },
  };
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

function resolvePlaybooks(repository: Files, owner: Files, lastGood: Files): ResolvedPlaybooks {
  const byType = new Map(loadBuiltInPlaybooks().map((playbook) => [playbook.type, playbook]));
  const result: ResolvedPlaybooks = { playbooks: [], faults: [], files: {} };
  const inherited = Object.entries(owner).filter(([path]) => repository[path] === undefined);
  for (const layer of [inherited, Object.entries(repository)]) {
    const faults: Fault[] = [];
    const taken = new Map<string, string>();
    for (const [path, text] of layer.filter(([path]) => isPlaybook(path)).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const used = usable(path, text, lastGood[path], faults);
      if (!used) continue;
      const { type } = used.playbook;
      const other = taken.get(type);
      if (other !== undefined) {
        faults.push(sameType(type, path, other));
        continue;
      }
      taken.set(type, path);
      byType.set(type, used.playbook);
      result.files[path] = used.text;
    }
    result.faults.push(...(layer === inherited ? faults.map(inOwner) : faults));
  }
  result.playbooks = sortByType([...byType.values()]);
  return result;
}

/** The playbook of this path: as it stands, else as it last was good; its faults go to `faults`. */
function usable(
  path: string,
  text: string,
  kept: string | undefined,
  faults: Fault[],
): { playbook: Playbook; text: string } | null {
  const loaded = loadPlaybook(text, path);
  if ('playbook' in loaded) return { playbook: loaded.playbook, text };
  faults.push(...loaded.faults);
  const before = kept === undefined ? null : loadPlaybook(kept, path);
  return kept !== undefined && before && 'playbook' in before ? { playbook: before.playbook, text: kept } : null;
}

/** Else people would look for the file in their own repository. */
function inOwner(fault: Fault): Fault {
  return { ...fault, message: `${fault.message} (in the owner's .github repository)` };
}

function isPlaybook(path: string): boolean {
  return path.startsWith(PLAYBOOKS_FOLDER) && isYaml(path);
}

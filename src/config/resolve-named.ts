/** Files of one kind that each hold one thing with a name: the repository's over its owner's over the built-in ones. */
import type { Fault } from '../model/config.ts';

/** Put before the path of an owner's file in the texts that are kept. */
const OWNER = 'owner:';

type Files = Record<string, string>;

export interface Kind<T extends { name: string }> {
  /** Of the repository, with a slash at its end. */
  folder: string;
  builtIn: readonly T[];
  /** One file. Never throws. */
  load(text: string, file: string): { value: T } | { faults: Fault[] };
}

export interface ResolvedNamed<T> {
  /** By name. */
  values: T[];
  faults: Fault[];
  /** The texts in force, by path; an owner's with `owner:` before it. */
  files: Files;
}

/** Never throws. A broken file is reported, and its last good text stays in force. */
export function resolveNamed<T extends { name: string }>(
  kind: Kind<T>,
  repository: Files,
  owner: Files,
  lastGood: Files,
): ResolvedNamed<T> {
  const byName = new Map(kind.builtIn.map((one) => [one.name, one]));
  const result: ResolvedNamed<T> = { values: [], faults: [], files: {} };
  for (const [files, mark] of [[owner, OWNER] as const, [repository, ''] as const]) {
    const taken = new Map<string, string>();
    for (const path of Object.keys(files)
      .filter((one) => isOf(kind.folder, one))
      .sort()) {
      const loaded = kind.load(files[path] ?? '', path);
      if ('faults' in loaded) result.faults.push(...loaded.faults.map((fault) => (mark === '' ? fault : inOwner(fault))));
      const kept = lastGood[mark + path];
      const text = 'value' in loaded ? files[path] : kept;
      const used = 'value' in loaded || kept === undefined ? loaded : kind.load(kept, path);
      if (text === undefined || !('value' in used)) continue;
      const { name } = used.value;
      const other = taken.get(name);
      if (other !== undefined) {
        const message = `the name "${name}" is already the one of ${other}`;
        result.faults.push({ file: path, line: 1, column: 1, field: 'name', message });
        continue;
      }
      taken.set(name, path);
      byName.set(name, used.value);
      result.files[mark + path] = text;
    }
  }
  result.values = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return result;
}

/** Else people would look for the file in their own repository. */
function inOwner(fault: Fault): Fault {
  return { ...fault, message: `${fault.message} (in the owner's .github repository)` };
}

function isOf(folder: string, path: string): boolean {
  return path.startsWith(folder) && /\.ya?ml$/.test(path);
}

/** The playbooks in force: layer over layer, each file extending or replacing what lies below it (P3). */
import type { Fault } from '../model/config.ts';
import type { Playbook } from '../model/playbook.ts';
import { extendPlaybook } from './extend-playbook.ts';
import { type ReadPlaybook, readPlaybook } from './read-playbook.ts';
import { didYouMean } from './suggest.ts';
import { unknownPersonas } from './unknown-personas.ts';

export interface Layer {
  /** By type, what this layer makes of the one below it. */
  playbooks: Map<string, Playbook>;
  faults: Fault[];
  /** The texts in force, by path. */
  files: Record<string, string>;
}

/** One file on its way down: as it is, else as it last was good, else that without what no longer fits, else out. */
interface Candidate {
  path: string;
  text: string;
  read: ReadPlaybook;
  kept: string | undefined;
  stage: 'new' | 'kept' | 'what-fits';
}

type Outcome = { playbook: Playbook } | { faults: Fault[] };

export interface LayerInput {
  /** Text by path, all of one place. */
  files: Record<string, string>;
  /** By type, what the files may extend beside one another. */
  below: ReadonlyMap<string, Playbook>;
  /** By path, as they stood in `files` when they last were good. */
  lastGood: Record<string, string>;
  /** The types that come with Playcaller. */
  builtIn: ReadonlySet<string>;
  /** Names that a phase may ask for; left out: any. */
  personas?: readonly string[];
}

/** Characters of all files of one place: a folder of a thousand files that are slow to read must not hold up everybody else. */
const MOST_TEXT = 500 * 1024;

/** Paths in order, as far as there is room for their texts. */
function inRoom(files: Record<string, string>, faults: Fault[]): string[] {
  let room = MOST_TEXT;
  return Object.keys(files)
    .sort()
    .filter((path) => {
      room -= (files[path] ?? '').length;
      if (room >= 0) return true;
      const message = `is not read: the playbooks of this place hold more than ${MOST_TEXT} characters together`;
      faults.push({ file: path, line: 1, column: 1, field: '', message });
      return false;
    });
}

/** Never throws. A broken file is reported, and its last good text stays in force. */
export function resolveLayer(input: LayerInput): Layer {
  const { files, below, lastGood } = input;
  const faults: Fault[] = [];
  let candidates = inRoom(files, faults).flatMap((path) => enter(path, files[path] ?? '', lastGood[path], faults));
  // Each round takes at least one file a stage down, so it ends.
  for (;;) {
    const outcomes = resolveAll(candidates, input);
    const broken = candidates.filter(({ path }) => 'faults' in (outcomes.get(path) ?? {}));
    if (broken.length === 0) return collect(candidates, outcomes, below, faults);
    for (const candidate of broken) {
      const outcome = outcomes.get(candidate.path);
      if (candidate.stage === 'new' && outcome && 'faults' in outcome) faults.push(...outcome.faults);
    }
    candidates = candidates.flatMap((candidate) => (broken.includes(candidate) ? stepDown(candidate) : [candidate]));
  }
}

function enter(path: string, text: string, kept: string | undefined, faults: Fault[]): Candidate[] {
  const read = readPlaybook(text, path);
  if (!('faults' in read)) return [{ path, text, read, kept, stage: 'new' }];
  faults.push(...read.faults);
  return asKept(path, kept, 'kept');
}

function stepDown({ path, kept, stage }: Candidate): Candidate[] {
  if (stage === 'what-fits') return [];
  return asKept(path, kept, stage === 'new' ? 'kept' : 'what-fits');
}

function asKept(path: string, kept: string | undefined, stage: Candidate['stage']): Candidate[] {
  const read = kept === undefined ? null : readPlaybook(kept, path);
  return kept === undefined || !read || 'faults' in read ? [] : [{ path, text: kept, read, kept, stage }];
}

/** A file whose base is broken has no outcome yet: it is judged when the base has settled. */
function resolveAll(candidates: readonly Candidate[], { below, builtIn, personas }: LayerInput): Map<string, Outcome> {
  const byType = new Map<string, Candidate>();
  const outcomes = new Map<string, Outcome>();
  for (const candidate of candidates) {
    const { type } = candidate.read;
    const other = byType.get(type);
    const message = `the type "${type}" is already the one of ${other?.path}`;
    if (other) outcomes.set(candidate.path, { faults: [candidate.read.fault({ path: ['type'], message })] });
    else byType.set(type, candidate);
  }
  for (const candidate of byType.values()) resolve(candidate, []);
  return outcomes;

  function resolve(candidate: Candidate, chain: readonly Candidate[]): Outcome | undefined {
    const done = outcomes.get(candidate.path);
    if (done) return done;
    const outcome = judge(candidate, chain);
    // A circle was judged already, for every file in it.
    if (outcome && !outcomes.has(candidate.path)) outcomes.set(candidate.path, outcome);
    return outcomes.get(candidate.path);
  }

  function judge(candidate: Candidate, chain: readonly Candidate[]): Outcome | undefined {
    const { read } = candidate;
    const leave = candidate.stage === 'what-fits';
    const strangers = personas ? unknownPersonas(read, personas) : [];
    if (read.content.kind === 'whole') {
      return strangers.length === 0 || leave ? { playbook: read.content.playbook } : { faults: strangers.map(read.fault) };
    }
    const { file } = read.content;
    const wanted = file.extends;
    const beside = wanted === read.type ? undefined : byType.get(wanted);
    const start = chain.findIndex(({ path }) => path === beside?.path);
    if (start >= 0) return refuseCircle([...chain.slice(start), candidate]);
    const resolved = beside ? resolve(beside, [...chain, candidate]) : undefined;
    if (beside && !(resolved && 'playbook' in resolved)) return undefined;
    const base = resolved && 'playbook' in resolved ? resolved.playbook : below.get(wanted);
    if (!base) return { faults: [read.fault({ path: ['extends'], message: unknownBase(read.type, wanted) })] };
    const { playbook, misfits } = extendPlaybook(base, file, read.type);
    const rules = base.base ?? (builtIn.has(base.type) ? base.type : null);
    const all = [...misfits, ...strangers];
    if (playbook && (all.length === 0 || leave)) return { playbook: { ...playbook, base: rules } };
    return { faults: all.map(read.fault) };
  }

  function refuseCircle(circle: readonly Candidate[]): undefined {
    const [first] = circle;
    const way = [...circle, ...(first ? [first] : [])].map(({ read }) => read.type).join(' → ');
    for (const { path, read } of circle) {
      outcomes.set(path, { faults: [read.fault({ path: ['extends'], message: `goes in a circle: ${way}` })] });
    }
    return undefined;
  }

  function unknownBase(own: string, wanted: string): string {
    const types = [...new Set([...below.keys(), ...byType.keys()])].filter((type) => type !== own || below.has(type)).sort();
    if (own === wanted) return `extends itself, and there is no other playbook of the type "${own}"`;
    return `there is no playbook of the type "${wanted}"${didYouMean(wanted, types) || `; known here: ${types.join(', ')}`}`;
  }
}

function collect(
  candidates: readonly Candidate[],
  outcomes: ReadonlyMap<string, Outcome>,
  below: ReadonlyMap<string, Playbook>,
  faults: Fault[],
): Layer {
  const playbooks = new Map(below);
  const files: Record<string, string> = {};
  for (const { path, text, read } of candidates) {
    const outcome = outcomes.get(path);
    if (!outcome || !('playbook' in outcome)) continue;
    playbooks.set(read.type, outcome.playbook);
    files[path] = text;
  }
  return { playbooks, faults, files };
}

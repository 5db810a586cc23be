/** Faults of a plan's file: gathered by path, told by field and line. */
import type { SessionsFault } from './load-sessions.ts';
import type { Parsed } from './parse-sessions.ts';
import { didYouMean } from './suggest.ts';

/** More would only scroll the first ones away. */
const MOST_FAULTS = 1_000;
/** Each is compared with every id. */
const MOST_HINTS = 100;
const LONGEST_HINTED = 100;

export type FieldPath = (string | number)[];
export type Say = (path: FieldPath, message: string) => void;

interface Fault {
  path: FieldPath;
  message: string;
}

export function faultsOf(): { say: Say; all: Fault[] } {
  const all: Fault[] = [];
  return { say: (path, message) => all.push({ path, message }), all };
}

/** As they stand in the file; at most 1,000, the last one then says how many more there are. */
export function located(faults: readonly Fault[], { lineOf }: Extract<Parsed, { value: unknown }>): SessionsFault[] {
  const shown = inOrder(faults)
    .slice(0, MOST_FAULTS)
    .map(({ path, message }) => ({ field: fieldOf(path), message, line: nearestLine(path, lineOf) }));
  const more = faults.length - shown.length;
  return more > 0 ? [...shown, { field: '', message: `has ${more} more faults, not shown here`, line: null }] : shown;
}

/** By list, then by entry. */
function inOrder(faults: readonly Fault[]): Fault[] {
  const lists = [...new Set(faults.map(({ path: [list] }) => (typeof list === 'number' ? '' : list)))];
  const place = ({ path: [list, entry] }: Fault) =>
    typeof list === 'number'
      ? { list: 0, entry: list }
      : { list: lists.indexOf(list), entry: typeof entry === 'number' ? entry : -1 };
  return faults.toSorted((a, b) => {
    const [one, other] = [place(a), place(b)];
    return one.list - other.list || one.entry - other.entry;
  });
}

/** Of the value, else of what it stands in. */
function nearestLine(path: FieldPath, lineOf: (path: FieldPath) => number | null): number | null {
  for (let length = path.length; length > 0; length--) {
    const line = lineOf(path.slice(0, length));
    if (line !== null) return line;
  }
  return null;
}

/** `tasks[3].depends[1]`. */
function fieldOf(path: FieldPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** Made once for a file: `"bx" is no task of this plan (did you mean "b"?)`. */
export function unknownWords(ids: readonly string[]): (id: string) => string {
  let hinted = 0;
  return (id) => {
    // Of two numbers that differ in a digit, neither is a slip of the other more than of ten more.
    const hint = /^#?\d+$/.test(id) || id.length > LONGEST_HINTED || ++hinted > MOST_HINTS ? '' : didYouMean(id, ids);
    return `${JSON.stringify(id)} is no task of this plan${hint}`;
  };
}

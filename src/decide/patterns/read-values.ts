/** Reads `KEY=value KEY="a value"` and lines `KEY: value` behind `/session prompt <pattern>` (B4). */
import { VARIABLE_ID } from '../../model/placeholders.ts';

export interface ReadValues {
  values: Map<string, string>;
  /** Keys that the pattern does not have, as they were written. */
  unknown: string[];
  /** Keys that were given twice. */
  twice: string[];
  /** Text before the first key; empty when there is none. */
  stray: string;
  /** Keys whose value begins with a quotation mark that is not closed. */
  unclosed: string[];
}

const OPENING = '"“”„';
const CLOSING = /["“”](?=\s|$)/g;
/** At the beginning of a line a colon will do. */
const KEY = /(?<=^|\s)([A-Za-z][A-Za-z0-9_-]{0,59})=[ \t]*|^[ \t]*([A-Za-z][A-Za-z0-9_-]{0,59})[ \t]*:(?=\s|$)[ \t]*/gm;

/** @param ids the pattern's variables. A word in capitals counts as a key too: it is most likely a slip of one. */
export function readValues(text: string, ids: readonly string[]): ReadValues {
  const read: ReadValues = { values: new Map(), unknown: [], twice: [], stray: '', unclosed: [] };
  let key = nextKey(text, 0, ids);
  read.stray = text.slice(0, key?.start ?? text.length).trim();
  while (key) {
    // Where one mark was not closed, no later one is: looking again each time would take its time.
    const value = valueAt(text, key.end, ids, read.unclosed.length === 0);
    const id = idOf(key.name);
    if (!ids.includes(id)) read.unknown.push(key.name);
    else if (read.values.has(id)) read.twice.push(id);
    else read.values.set(id, value.text);
    if (value.unclosed) read.unclosed.push(key.name);
    key = nextKey(text, value.end, ids);
  }
  return read;
}

/** A key as people write it: any case, `-` for `_`. */
export function idOf(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

function nextKey(text: string, from: number, ids: readonly string[]): { name: string; start: number; end: number } | null {
  KEY.lastIndex = from;
  for (let match = KEY.exec(text); match; match = KEY.exec(text)) {
    const name = match[1] ?? match[2] ?? '';
    // `total=5` within a value is no key, unless the pattern has one of that name.
    if (ids.includes(idOf(name)) || VARIABLE_ID.test(name)) return { name, start: match.index, end: KEY.lastIndex };
  }
  return null;
}

function valueAt(
  text: string,
  start: number,
  ids: readonly string[],
  mayClose: boolean,
): { text: string; end: number; unclosed: boolean } {
  const next = nextKey(text, start, ids)?.start ?? text.length;
  if (!OPENING.includes(text[start] ?? ' ')) return { text: text.slice(start, next).trim(), end: next, unclosed: false };
  CLOSING.lastIndex = start + 1;
  for (let match = mayClose ? CLOSING.exec(text) : null; match; match = CLOSING.exec(text)) {
    if (text[match.index - 1] === '\\') continue;
    const inner = text.slice(start + 1, match.index).replace(/\\(["“”])/g, '$1');
    return { text: inner.trim(), end: match.index + 1, unclosed: false };
  }
  return { text: text.slice(start, next).trim(), end: next, unclosed: true };
}

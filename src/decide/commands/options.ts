/** Reads `text key=value …` behind a verb: the free text, and the options that were named. */

/** How long a value goes: a `word` to the next blank, a `text` to the next option; quotes hold either together. */
export type OptionKind = 'word' | 'text';

export interface Given<Key extends string> {
  /** What is no option, as one line. */
  text: string;
  options: Partial<Record<Key, string>>;
  /** Options that were given twice. */
  twice: Key[];
  /** `key=` with a name that is none, behind the first option. */
  unknown: string[];
  /** A quotation mark that was not closed. */
  unclosed: boolean;
}

const OPENING = '"“”„';
const CLOSING = '"“”';

export function readOptions<Key extends string>(rest: string, kinds: Record<Key, OptionKind>): Given<Key> {
  const keys = Object.keys(kinds) as Key[];
  const given: Given<Key> = { text: '', options: {}, twice: [], unknown: [], unclosed: false };
  const texts: string[] = [];
  let at = 0;
  let named = false;
  while (at < rest.length) {
    const option = optionAt(rest, at, keys);
    if (option === null) {
      const word = /^\s*\S+/.exec(rest.slice(at))?.[0] ?? rest.slice(at);
      const stray = named ? /^\s*([a-z][a-z-]*)=/i.exec(word)?.[1] : undefined;
      if (stray === undefined) texts.push(word.trim());
      else given.unknown.push(stray);
      at += word.length;
      continue;
    }
    named = true;
    const value = valueAt(rest, option.end, kinds[option.key], keys);
    if (option.key in given.options) given.twice.push(option.key);
    else given.options[option.key] = value.text;
    given.unclosed ||= value.unclosed;
    at = value.end;
  }
  given.text = unquoted(texts.filter((text) => text !== '').join(' '));
  return given;
}

/** A text in quotation marks, without them. */
function unquoted(text: string): string {
  const [first = '', last = ''] = [text[0], text.at(-1)];
  const inner = text.slice(1, -1);
  return text.length > 1 && OPENING.includes(first) && CLOSING.includes(last) && !/["“”]/.test(inner) ? inner.trim() : text;
}

function optionAt<Key extends string>(rest: string, at: number, keys: readonly Key[]): { key: Key; end: number } | null {
  if (at > 0 && !/\s/.test(rest[at] ?? '') && !/\s/.test(rest[at - 1] ?? '')) return null;
  const match = /^\s*([a-z]+)\s*=\s*/i.exec(rest.slice(at, at + 60));
  const key = keys.find((candidate) => candidate === match?.[1]?.toLowerCase());
  return match && key !== undefined ? { key, end: at + match[0].length } : null;
}

function valueAt(rest: string, start: number, kind: OptionKind, keys: readonly string[]) {
  if (OPENING.includes(rest[start] ?? ' ')) {
    const close = rest.slice(start + 1).search(/["“”]/);
    if (close >= 0) return { text: rest.slice(start + 1, start + 1 + close).trim(), end: start + close + 2, unclosed: false };
    return { text: rest.slice(start + 1).trim(), end: rest.length, unclosed: true };
  }
  let end = start;
  while (end < rest.length) {
    const blank = /\s/.test(rest[end] ?? '');
    if (blank && (kind === 'word' || optionAt(rest, end, keys) !== null)) break;
    end += 1;
  }
  return { text: rest.slice(start, end).trim(), end, unclosed: false };
}

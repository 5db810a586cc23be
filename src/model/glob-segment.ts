/** One segment of a glob, between two slashes, and the search that stars need. */

/** A pattern with stars against a row of things: on a misfit only the newest star takes one more. */
export function wildMatch(
  patternLength: number,
  length: number,
  isStar: (p: number) => boolean,
  fits: (p: number, s: number) => boolean,
): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let taken = 0;
  while (s < length) {
    if (p < patternLength && isStar(p)) {
      star = p++;
      taken = s;
    } else if (p < patternLength && fits(p, s)) {
      p++;
      s++;
    } else if (star >= 0) {
      p = star + 1;
      s = ++taken;
    } else {
      return false;
    }
  }
  while (p < patternLength && isStar(p)) p++;
  return p === patternLength;
}

/** As a segment: any number of folders. */
export const GLOBSTAR = '**';

export type Segment = typeof GLOBSTAR | ((name: string) => boolean);

const STAR = Symbol('*');
type Token = string | typeof STAR | ((char: string) => boolean);

export function compileSegment(text: string): Segment {
  if (text === GLOBSTAR) return GLOBSTAR;
  const tokens = tokenize(text);
  const parts = literalParts(tokens);
  if (parts !== null) return inOrder(parts);
  return (name) =>
    wildMatch(
      tokens.length,
      name.length,
      (t) => tokens[t] === STAR,
      (t, c) => {
        const token = tokens[t];
        const char = name[c] ?? '';
        return typeof token === 'function' ? token(char) : token === char;
      },
    );
}

/** Steps that a match takes for each letter of a name, at most; 1 where letters and stars are all there is. */
export function costOfSegment(text: string): number {
  const tokens = text === GLOBSTAR ? [] : tokenize(text);
  return literalParts(tokens) === null ? tokens.length : 1;
}

/** What stands between the stars; null where something else than letters does. */
function literalParts(tokens: readonly Token[]): string[] | null {
  const parts = [''];
  for (const token of tokens) {
    if (typeof token === 'function') return null;
    if (token === STAR) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

/** By far the most globs: letters and stars. Each part is looked for behind the one before. */
function inOrder([before = '', ...rest]: readonly string[]): (name: string) => boolean {
  const after = rest.pop();
  if (after === undefined) return (name) => name === before;
  const least = rest.reduce((sum, part) => sum + part.length, before.length + after.length);
  return (name) => {
    if (name.length < least || !name.startsWith(before) || !name.endsWith(after)) return false;
    const end = name.length - after.length;
    let at = before.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\' && at + 1 < text.length) tokens.push(text[++at] ?? '');
    else if (char === '?') tokens.push(() => true);
    else if (char === '*') {
      if (tokens.at(-1) !== STAR) tokens.push(STAR);
    } else if (char === '[') {
      const end = text.indexOf(']', at + (/^[!^]/.test(text[at + 1] ?? '') ? 3 : 2));
      if (end < 0) tokens.push(char);
      else {
        tokens.push(classOf(text.slice(at + 1, end)));
        at = end;
      }
    } else tokens.push(char);
  }
  return tokens;
}

/** `a-z0`, `!a-z`: what stands between the square brackets. */
function classOf(inner: string): (char: string) => boolean {
  const negated = /^[!^]/.test(inner);
  const body = negated ? inner.slice(1) : inner;
  const ranges: [string, string][] = [];
  for (let at = 0; at < body.length; at++) {
    const from = body[at] ?? '';
    const isRange = body[at + 1] === '-' && at + 2 < body.length;
    ranges.push([from, isRange ? (body[at + 2] ?? from) : from]);
    if (isRange) at += 2;
  }
  return (char) => ranges.some(([from, to]) => char >= from && char <= to) !== negated;
}

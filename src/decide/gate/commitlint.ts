/** Holds the first line of a message against the repository's own commitlint rules (G2). */
import { RE2JS } from 're2js';
import type { CommitlintRule, CommitlintRules, MessagePart } from '../../model/commitlint.ts';
import { isInCase } from './letter-case.ts';

export type Parts = Record<MessagePart, string | null>;

export interface Linted {
  parts: Parts;
  broken: CommitlintRule[];
}

/** Titles that git and hosts write themselves, which commitlint leaves alone by default. */
const MERGES =
  /^(?:Merge (?:pull request|branch|tag|remote-tracking branch)\b|Merge .* into |[Rr]e(?:vert|apply) |Merged (?:.*?\b(?:in|into) |PR .*: )|Automatic merge|Auto-merged .* into )/;

/** @param line the first line, as written: white space at its ends is a rule's matter */
export function lint(line: string, config: CommitlintRules): Linted {
  const parts = partsOf(line, config);
  if (config.ignoresMerges && MERGES.test(line)) return { parts, broken: [] };
  return { parts, broken: config.rules.filter((rule) => !holds(rule, parts)) };
}

function partsOf(header: string, { headerPattern, names }: CommitlintRules): Parts {
  const parts: Parts = { header, type: null, scope: null, subject: null };
  const found = compiled(headerPattern).matcher(header);
  // In time that grows with the line only: the pattern is a stranger's.
  if (!found.find()) return parts;
  for (const [index, name] of names.entries()) {
    if ((name === 'type' || name === 'scope' || name === 'subject') && index < found.groupCount())
      parts[name] = found.group(index + 1) || null;
  }
  return parts;
}

let last: { pattern: string; compiled: RE2JS } | null = null;

function compiled(pattern: string): RE2JS {
  if (last?.pattern !== pattern) last = { pattern, compiled: RE2JS.compile(pattern) };
  return last.compiled;
}

/** As the rules of these names do in commitlint: a part that is not there breaks no rule but `empty`. */
function holds({ part, when, demand }: CommitlintRule, parts: Parts): boolean {
  const text = parts[part];
  const asked = (found: boolean) => found === (when === 'always');
  if (demand.kind === 'empty') return asked(text === null);
  const header = parts.header ?? '';
  if (demand.kind === 'exclamation-mark') return header === '' || asked(/^(\w*)(?:\((.*)\))?!: (.*)$/.test(header));
  if (demand.kind === 'full-stop' && part === 'subject') return subjectStop(header, demand.mark, asked);
  if (text === null) return true;
  switch (demand.kind) {
    case 'trim':
      return text === text.trim();
    case 'full-stop':
      return asked(text.endsWith(demand.mark));
    case 'max-length':
      return text.length <= demand.length;
    case 'min-length':
      return text.length >= demand.length;
    case 'delimiters':
      return asked(delimitersIn(text).every((mark) => demand.allowed.includes(mark)));
    case 'enum':
      return part === 'scope' ? scopeIsOneOf(text, demand, when) : asked(demand.values.includes(text));
    case 'case': {
      // What begins with a digit, an emoji or a letter without case is in none; of headers only ASCII counts.
      if (part === 'subject' && !/^[\p{Ll}\p{Lu}\p{Lt}]/iu.test(text)) return true;
      if (part === 'header' && !/^[a-z]/i.test(text)) return true;
      const pieces = part === 'scope' ? split(text, demand.delimiters) : [text];
      const inCase = demand.cases.some((one) => pieces.every((piece) => isInCase(piece, one.case)) === (one.when === 'always'));
      return asked(inCase);
    }
  }
}

function subjectStop(header: string, mark: string, asked: (found: boolean) => boolean): boolean {
  const colon = header.indexOf(':');
  if (colon > 0 && colon === header.length - 1) return true;
  return asked(header.slice(-1) === mark && !header.endsWith('...'));
}

function scopeIsOneOf(scope: string, demand: { values: string[]; delimiters: string[] }, when: 'always' | 'never'): boolean {
  if (demand.values.length === 0) return true;
  const pieces = split(scope, demand.delimiters);
  const whole = demand.values.includes(scope);
  if (when === 'never') return !whole && !pieces.some((piece) => demand.values.includes(piece));
  return whole || pieces.every((piece) => demand.values.includes(piece));
}

/** A comma may have a blank after it. */
function split(scope: string, delimiters: readonly string[]): string[] {
  let pieces = [scope];
  for (const mark of delimiters) pieces = pieces.flatMap((piece) => (mark === ',' ? piece.split(/, ?/) : piece.split(mark)));
  return pieces;
}

function delimitersIn(scope: string): string[] {
  return (scope.match(/[^A-Za-z0-9-_]+/g) ?? []).map((mark) => (mark.trim() === ',' ? ',' : mark));
}

/** What is wrong with the placeholders of a prompt pattern: not closed, not declared, not used (B4). */
import type { Pattern } from '../model/pattern.ts';
import { placeholdersOf } from '../model/placeholders.ts';
import { didYouMean } from './suggest.ts';
import type { Path } from './yaml-source.ts';

export interface Misplaced {
  path: Path;
  /** Lines below the beginning of the field's text. */
  line: number;
  message: string;
}

/** A name in brackets that is not the name alone: `[ENTITY`, `[ENTITY ]`, `[entity]`. */
const OPENED = /\[[ \t]*([A-Za-z][A-Za-z0-9_]*)([^[\]\n]*)(.?)/gs;

export function checkPlaceholders({ variables, template, validation }: Pattern): Misplaced[] {
  const ids = variables.map(({ id }) => id);
  const texts = { template, validation };
  const faults: Misplaced[] = (['template', 'validation'] as const).flatMap((field) =>
    checkText(texts[field], ids).map((fault) => ({ ...fault, path: [field] })),
  );
  // A slip in the brackets would be told a second time, as a variable without use.
  if (faults.length > 0) return faults;
  const used = new Set([...placeholdersOf(template), ...placeholdersOf(validation)].map(({ id }) => id));
  for (const [index, id] of ids.entries()) {
    if (used.has(id)) continue;
    faults.push({
      path: ['variables', index, 'id'],
      line: 0,
      message: `${id} is never used: no [${id}] in template or validation`,
    });
  }
  return faults;
}

function checkText(text: string, ids: readonly string[]): Omit<Misplaced, 'path'>[] {
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length - 1;
  const undeclared = placeholdersOf(text).flatMap(({ id, at }) => {
    if (ids.includes(id)) return [];
    const hint = didYouMean(id, ids) || '; declare it under variables';
    return [{ line: lineAt(at), message: `[${id}] is no variable of this pattern${hint}` }];
  });
  const crooked = [...text.matchAll(OPENED)].flatMap((match) => {
    const message = crookedness(match, ids);
    return message === null ? [] : [{ line: lineAt(match.index), message }];
  });
  return [...undeclared, ...crooked].sort((a, b) => a.line - b.line);
}

/** Null for a placeholder that is right, and for brackets that mean something else: a link, a list, an index. */
function crookedness([whole, name = '', behind = '', end = '']: RegExpExecArray, ids: readonly string[]): string | null {
  const id = name.toUpperCase();
  const known = ids.includes(id);
  if (end !== ']') {
    const meant = known || /^[A-Z][A-Z0-9_]+$/.test(name);
    return meant ? `the placeholder [${name} is not closed: write [${id}]` : null;
  }
  if (whole === `[${id}]` || !known) return null;
  // `[Page 2]` is a text of its own; `[PAGE 2]` and `[page]` are slips.
  return name === id || behind.trim() === '' ? `write [${id}] in capitals and alone in its brackets, not ${whole}` : null;
}

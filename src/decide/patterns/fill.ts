/** Fills a prompt pattern with values; what nobody gave is named and stays in its brackets (B4). */
import type { Pattern, PatternVariable } from '../../model/pattern.ts';
import { replacePlaceholders } from '../../model/placeholders.ts';

export interface Filled {
  prompt: string;
  validation: string;
  /** Variables without a value, in the pattern's order: their placeholders stand in the texts. */
  left: PatternVariable[];
}

/** Steers what is shown without being seen: it would be copied along. Bidirectional controls and tag characters. */
const UNSEEN = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu;

/**
 * Each placeholder is replaced once: what a value holds, `[OTHER_KEY]` too, is not looked at again. A blank value is
 * none.
 */
export function fill(pattern: Pattern, given: ReadonlyMap<string, string>): Filled {
  const values = new Map<string, string>();
  const left: PatternVariable[] = [];
  for (const variable of pattern.variables) {
    const text = cleanValue(given.get(variable.id) ?? '') || variable.default;
    if (text === null) left.push(variable);
    else values.set(variable.id, text);
  }
  const put = (text: string) => replacePlaceholders(text, (id) => values.get(id) ?? null).trimEnd();
  return { prompt: put(pattern.template), validation: put(pattern.validation), left };
}

/** Lines as they are; without control characters and what nobody can see. */
export function cleanValue(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n|[\r\u0085\u2028\u2029]/g, '\n')
    .replace(UNSEEN, '')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

/** Puts the headings that a description lacks at its end; what people wrote stays as it is (G6). */

import { sectionLines } from '../../render/gate/buttons.ts';
import type { SectionId } from '../../render/gate/description.ts';

/** GitHub takes no longer description. */
const MAX_BODY = 65_536;

/**
 * Null when there is nothing to add, no room for it, or no way to make the headings count.
 * @param missingIn sections that a body lacks, heading and all
 */
export function addSections(body: string, missingIn: (body: string) => SectionId[]): string | null {
  const missing = missingIn(body);
  if (missing.length === 0) return null;
  const newline = body.includes('\r\n') ? '\r\n' : '\n';
  const lines = sectionLines(missing);
  for (const end of endings(body)) {
    const start = body.trim() === '' ? [] : [body.trimEnd(), ...end, ''];
    const whole = [...start, ...lines].join(newline);
    if (whole.length <= MAX_BODY && missingIn(whole).length === 0) return whole;
  }
  return null;
}

/** Whether they fit; what it takes to close a fence is left to the moment. */
export function hasRoom(body: string, missing: readonly SectionId[]): boolean {
  return body.length + sectionLines(missing).join('\r\n').length + 4 <= MAX_BODY;
}

/** A comment or a fence that was never closed would swallow the headings: it is closed first, and only where it must be. */
function endings(body: string): string[][] {
  const longest = (mark: RegExp) => Math.max(3, ...Array.from(body.matchAll(mark), ([run]) => run.length));
  return [[], ['-->'], ['`'.repeat(longest(/`+/g))], ['~'.repeat(longest(/~+/g))], ['</pre>']];
}

/** Words of the gate item "description". */
import { code } from '../markdown.ts';
import { listing, points } from './phrases.ts';

export const title = 'Description';

export type SectionId = 'what' | 'risk' | 'testing' | 'rollout' | 'rollback' | 'rootCause' | 'size';

/** The heading that is asked for. */
export const HEADINGS: Record<SectionId, string> = {
  what: 'What and why',
  rootCause: 'Root cause',
  risk: 'Risk',
  testing: 'Testing',
  rollout: 'Rollout',
  rollback: 'Rollback',
  size: 'Size',
};

/** What goes below the heading, in a few words. */
export const HINTS: Record<SectionId, string> = {
  what: 'what changes, and for whose sake',
  rootCause: 'why it broke',
  risk: 'what could go wrong, and who would notice',
  testing: 'what you ran, and what it showed',
  rollout: 'how it reaches users; `none` will do',
  rollback: 'how to take it back',
  size: 'why it belongs together, and where to begin reading',
};

/** Why a section does not count although its heading is there. */
export type Emptiness = 'empty' | 'placeholder' | 'unticked' | 'reason';

export interface Hollow {
  section: SectionId;
  why: Emptiness;
}

export function complete(sections: readonly SectionId[]): string {
  return `All there: ${listing(sections.map((section) => HEADINGS[section]))}`;
}

export function incomplete(missing: readonly SectionId[], hollow: readonly Hollow[]): string {
  return points([
    missing.length === 0 ? null : `Missing: ${listing(missing.map((section) => HEADINGS[section]))}`,
    ...hollow.map(({ section, why }) => `${HEADINGS[section]}: ${emptiness(why)}`),
  ]);
}

/** What is wrong with a section whose heading is there. */
export function emptiness(why: Emptiness): string {
  if (why === 'placeholder') return 'still the template’s text';
  if (why === 'unticked') return 'only boxes that nobody ticked';
  if (why === 'reason') return 'says none, but not why';
  return 'a heading with nothing below it';
}

export function mend(missing: readonly SectionId[], hollow: readonly Hollow[]): string {
  const add = missing.map((section) => `${code(`## ${HEADINGS[section]}`)} – ${HINTS[section]}`);
  return points([
    missing.length === 0 ? null : `Add to the description, a line or two each:`,
    ...add,
    hollow.length === 0 ? null : `Fill in ${listing(hollow.map(({ section }) => `${HEADINGS[section]} (${HINTS[section]})`))}.`,
  ]);
}

/** Words of the check run's buttons, and of what they put into a description (G6). */
import type { CheckButton } from '../../model/effect.ts';
import type { VerdictState } from '../../model/session.ts';
import type { Verdict } from '../../model/verdict.ts';
import { HEADINGS, HINTS, type SectionId } from './description.ts';

const RECHECK: CheckButton = {
  identifier: 'recheck',
  label: 'Re-check',
  description: 'Reads everything again, patches too',
};

const SECTIONS: CheckButton = {
  identifier: 'sections',
  label: 'Add sections',
  description: 'Puts the missing headings in for you',
};

/**
 * Only those that help: a pull request that is ready needs none.
 * @param verdicts of all pull requests that the check run is for
 */
export function buttonsFor(state: VerdictState, verdicts: readonly (Verdict | null)[]): CheckButton[] {
  if (state === 'pass' || state === 'neutral') return [];
  const lacking = verdicts.some((verdict) => verdict?.items.some(({ button }) => button === 'sections') ?? false);
  return lacking ? [RECHECK, SECTIONS] : [RECHECK];
}

/** Lines to put at the end of a description: a heading each, with a hint that readers do not see. */
export function sectionLines(sections: readonly SectionId[]): string[] {
  return sections.flatMap((section) => [`## ${HEADINGS[section]}`, '', `<!-- ${sentence(HINTS[section])} -->`, '']);
}

function sentence(hint: string): string {
  return `${hint.slice(0, 1).toUpperCase()}${hint.slice(1)}.`;
}

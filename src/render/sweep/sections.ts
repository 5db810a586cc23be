/** All sections of a sweep in the order in which a lead needs them. */
import { dueSections } from './section-due.ts';
import { backlogSection, nextSections } from './section-next.ts';
import { stuckSections } from './section-stuck.ts';
import type { Section, SweepReport } from './sweep-report.ts';
import type { Tongue } from './tongue.ts';

/** Empty ones are left out. */
export function sections(report: SweepReport, tongue: Tongue): Section[] {
  return [
    ...stuckSections(report, tongue),
    ...nextSections(report, tongue),
    ...dueSections(report, tongue),
    backlogSection(report, tongue),
  ].filter(({ lines }) => lines.length > 0);
}

export function missingWords(missing: number): string {
  const sessions = missing === 1 ? '1 open session is' : `${missing} open sessions are`;
  return `Reading was cut short: ${sessions} missing here. The next try goes on from there; until then, nothing is started.`;
}

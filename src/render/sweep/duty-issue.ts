/** The issue that a sweep opens for a session that is due (W7, W8, W9, W10). */
import type { Duty } from '../../model/sweep.ts';
import { cleanText } from '../markdown.ts';
import { dutyGuide } from './duty-guide.ts';
import { type DutyOrigin, dutySources } from './duty-sources.ts';
import { duePhrase } from './section-due.ts';
import { MARKDOWN } from './tongue.ts';

/** GitHub takes 256. */
const MAX_TITLE = 200;

/** Finds the issue again, whoever changed its title meanwhile. */
function dutyMarker(key: string): string {
  return `<!-- playcaller:duty ${key} -->`;
}

/** Its criteria are those of the session that it becomes (`## Acceptance criteria`, as in every session's issue). */
export function dutyIssue(duty: Duty, origin: DutyOrigin): { title: string; body: string } {
  const { aim, criteria } = dutyGuide(duty);
  const sources = dutySources(duty, origin);
  const lines = [
    dutyMarker(duty.key),
    aim,
    '',
    `**Why now:** ${duePhrase(duty, MARKDOWN)}. It should begin by cycle ${duty.due} of the sweep.`,
    ...(sources.length > 0 ? ['', '## Where it comes from', '', ...sources.map((line) => `- ${line}`)] : []),
    '',
    '## Acceptance criteria',
    '',
    ...criteria.map((text) => `- [ ] ${text}`),
    '',
    'Nothing to do here? Close it; it is not opened a second time.',
  ];
  return { title: cleanText(duty.title, MAX_TITLE), body: lines.join('\n') };
}

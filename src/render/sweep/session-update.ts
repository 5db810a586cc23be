/** One session in the sweep's broadcast, in S2's exact format (W4). */
import type { SessionUpdate } from '../../model/plan.ts';
import { cleanText } from '../markdown.ts';
import { nextStep } from './next-step.ts';
import { count, statusWord } from './words.ts';

/** Shown at most; older ones are counted. */
const MAX_ACTIONS = 10;

/** Plain text. Every user text takes one line, so that none can pass for a heading of the template. */
export function sessionUpdate(update: SessionUpdate): string {
  return [
    `=== SESSION UPDATE: ${cleanText(update.name, 200)} ===`,
    '',
    'STATUS:',
    statusWord(update.status),
    '',
    'ACTIONS PERFORMED:',
    ...actionLines(update.actions),
    '',
    'NEXT ACTION:',
    nextStep(update.next),
    '',
    'IF PR CREATED:',
    ...pullLines(update.pull),
  ].join('\n');
}

function actionLines(actions: string[]): string[] {
  if (actions.length === 0) return ['- none since the last sweep'];
  const earlier = actions.length - MAX_ACTIONS;
  const shown = actions.slice(-MAX_ACTIONS).map((action) => `- ${cleanText(action, 300)}`);
  return earlier > 0 ? [`- ${count(earlier, 'earlier action')}, not shown here`, ...shown] : shown;
}

function pullLines(pull: SessionUpdate['pull']): string[] {
  if (!pull) return ['no pull request yet'];
  const fate = pull.state === 'open' ? '' : `${pull.state}: `;
  return [cleanText(pull.title, 256), cleanText(pull.url, 500), cleanText(`${fate}${pull.changes}`, 300)];
}

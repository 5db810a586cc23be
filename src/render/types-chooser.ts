/** The answer to `/session types`: which playbook for which goal (P2). */
import type { Playbook } from '../model/playbook.ts';
import { code, table } from './markdown.ts';
import { playbookText } from './playbook/step-line.ts';
import { hoursPhrase } from './playbook/time-budget.ts';

/** In the order given. `sessionPrefix`: `session:` unless renamed. */
export function typesChooser(playbooks: Playbook[], sessionPrefix: string): string {
  if (playbooks.length === 0) return 'There is no playbook in force here yet.';
  const rows = playbooks.map((playbook) => [
    playbookText(playbook.chooseFor, 200),
    code(playbook.type, 50),
    hoursPhrase(playbook.hours),
  ]);
  return [
    '### Which session is it?',
    '',
    table([['Goal', 'Type', 'Time'], ...rows]),
    '',
    `Put the label ${code(`${sessionPrefix}<type>`)} on the issue and it starts.`,
  ].join('\n');
}

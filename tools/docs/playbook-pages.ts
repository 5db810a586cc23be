/** The pages of docs/playbooks: one per type, and the chooser. */
import type { Phase, Playbook, Step } from '../../src/model/playbook.ts';
import { table } from '../../src/render/markdown.ts';
import { fencedBlock } from '../../src/render/playbook/fenced-block.ts';
import { playbookText } from '../../src/render/playbook/step-line.ts';
import { hoursPhrase, minutesPhrase } from '../../src/render/playbook/time-budget.ts';
import { generatedFrom } from './generated-from.ts';

export function playbookPage(playbook: Playbook): string {
  const { type, version, title, goal, chooseFor, hours, reading, phases, criteria, commit } = playbook;
  const count = phases.reduce((sum, { steps }) => sum + steps.length, 0);
  return [
    `# ${playbookText(title)}`,
    '',
    generatedFrom(`playbooks/${type}.yml`),
    '',
    `**Goal:** ${playbookText(goal)}`,
    '',
    table([
      ['Choose it to', 'Start label', 'Time', 'Steps', 'Version'],
      [playbookText(chooseFor), `\`session:${type}\``, hoursPhrase(hours), String(count), version],
    ]),
    '',
    '## Read first',
    '',
    ...reading.map((line) => `- ${playbookText(line)}`),
    '',
    ...phases.flatMap(phaseLines),
    '## Success criteria',
    '',
    ...criteria.flatMap(stepLines),
    '',
    '## Commit message',
    '',
    ...fencedBlock(commit),
    '',
    ...gateLines(playbook),
    'The words in `code` before a step are its id: [a playbook of your own](../configuration.md#playbooks) names it by that.',
    '',
  ].join('\n');
}

function phaseLines({ title, minutes, steps, id, persona }: Phase): string[] {
  const lens = persona ? ` · asks for the persona \`${persona}\`` : '';
  return [
    `## ${playbookText(title)}`,
    '',
    `${minutesPhrase(minutes)} · phase \`${id}\`${lens}`,
    '',
    ...steps.flatMap(stepLines),
    '',
  ];
}

function stepLines({ id, text, details }: Step): string[] {
  return [`- \`${id}\` ${playbookText(text)}`, ...details.map((detail) => `  - ${playbookText(detail)}`)];
}

function gateLines({ gate }: Playbook): string[] {
  const levels = Object.entries(gate).map(([item, level]) => `\`${item}\` is ${level}`);
  return levels.length === 0 ? [] : ['## Gate', '', `In the readiness check, ${levels.join(', ')}.`, ''];
}

export function chooserPage(playbooks: readonly Playbook[]): string {
  const rows = playbooks.map(({ type, title, chooseFor, hours, phases }) => [
    playbookText(chooseFor),
    `[${playbookText(title)}](${type}.md)`,
    `\`session:${type}\``,
    hoursPhrase(hours),
    phases.map((phase) => playbookText(phase.title)).join(' → '),
  ]);
  return [
    '# Which session is it?',
    '',
    generatedFrom('playbooks'),
    '',
    table([['I want to', 'Playbook', 'Start label', 'Time', 'Phases'], ...rows]),
    '',
    'Put the label on an issue, or on a pull request, and the session starts. `/session types` shows this table in a comment, with the playbooks of your own repository. They can be changed, and new ones added: [Configuration](../configuration.md#playbooks).',
    '',
  ].join('\n');
}

/** The answer to `/session prompt` alone: which pattern for which work, and what is known of each (B4, B5). */
import type { Pattern, Tokens } from '../../model/pattern.ts';
import { code, quoteText, table } from '../markdown.ts';
import { playbookText } from '../playbook/step-line.ts';
import { tiersPhrase, timePhrase } from './phrases.ts';

/** What the history says; see src/decide/patterns/runs.ts. */
export interface RunsView {
  ended: number;
  completed: number;
  firstTry: number;
  known: number;
  tokens: Tokens | null;
  hours: number | null;
}

export interface ChooserView {
  patterns: { pattern: Pattern; runs: RunsView | null; proven: boolean }[];
  /** Playbooks with a past, in the order of the repository's playbooks. */
  playbooks: { type: string; runs: RunsView }[];
}

export function patternsChooser({ patterns, playbooks }: ChooserView): string {
  if (patterns.length === 0) return 'There is no prompt pattern here.';
  const rows = patterns.map(({ pattern, runs, proven }) => [
    playbookText(pattern.chooseFor, 200),
    code(pattern.name, 50),
    pattern.variables
      .filter((variable) => variable.default === null)
      .map(({ id }) => code(id))
      .join(', '),
    statusPhrase(pattern, runs, proven),
  ]);
  const [first] = patterns;
  const required = first?.pattern.variables.filter((variable) => variable.default === null) ?? [];
  const example = `/session prompt ${first?.pattern.name} ${required.map(({ id }) => `${id}=…`).join(' ')}`.trim();
  return [
    '### Which prompt is it?',
    '',
    table([['To do', 'Pattern', 'Needs', 'History'], ...rows]),
    '',
    `For example ${code(example, 300)}, or with each value on a line of its own below, as ${code('KEY: value')}.`,
    ...playbookTable(playbooks),
  ].join('\n');
}

function playbookTable(playbooks: ChooserView['playbooks']): string[] {
  if (playbooks.length === 0) return [];
  const rows = playbooks.map(({ type, runs }) => [code(type, 50), ...figures(runs)]);
  const head = ['Playbook', 'Completed', 'First try', 'Tokens (median)', 'Time (median)'];
  return ['', '<details><summary>What the playbooks have taken so far</summary>', '', table([head, ...rows]), '', '</details>'];
}

function figures(runs: RunsView): string[] {
  return [
    `${runs.completed} of ${runs.ended}`,
    runs.known === 0 ? '–' : `${runs.firstTry} of ${runs.known}`,
    runs.tokens === null ? '–' : tiersPhrase(runs.tokens),
    runs.hours === null ? '–' : timePhrase(runs.hours),
  ];
}

/** In a table's cell or a paragraph. */
export function statusPhrase(pattern: Pattern, runs: RunsView | null, proven: boolean): string {
  const ended = runs?.ended ?? 0;
  if (!proven || runs === null) {
    const tried = ended === 0 ? 'not used here yet' : `${ended} used it, none completed`;
    return `**projected** (${tried}); reckoned: ${tiersPhrase(pattern.baseline)} tokens`;
  }
  const first = runs.known === 0 ? '' : `, ${runs.firstTry} of ${runs.known} at the first try`;
  const tokens =
    runs.tokens === null ? `reckoned: ${tiersPhrase(pattern.baseline)} tokens` : `median: ${tiersPhrase(runs.tokens)} tokens`;
  const time = runs.hours === null ? '' : `, ${timePhrase(runs.hours)}`;
  return `**proven** (${runs.completed} of ${ended} completed${first}); ${tokens}${time}`;
}

/** A pattern's title for a heading. */
export function patternTitle({ title }: Pattern): string {
  return quoteText(title, 100);
}

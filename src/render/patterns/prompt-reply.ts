/** The answer to `/session prompt <pattern> KEY=value…`: the prompt to copy, how to check its result, what it costs (B4). */
import type { Pattern, PatternVariable } from '../../model/pattern.ts';
import { code, quoteText } from '../markdown.ts';
import { fencedBlock } from '../playbook/fenced-block.ts';
import { playbookText } from '../playbook/step-line.ts';
import { patternTitle, type RunsView, statusPhrase } from './chooser.ts';

export interface PromptReply {
  pattern: Pattern;
  prompt: string;
  validation: string;
  left: readonly PatternVariable[];
  runs: RunsView | null;
  proven: boolean;
  /** The last completed session that used it; null while there is none, or it kept no values. */
  last: { number: number; values: Record<string, string> } | null;
}

/** Values stand only inside of code blocks, whose fences are longer than any run of backticks in them. */
export function promptReply(reply: PromptReply): string {
  const { pattern, prompt, validation, left, runs, proven, last } = reply;
  const variables = `${pattern.variables.length} ${pattern.variables.length === 1 ? 'variable' : 'variables'}`;
  return [
    `### Prompt: ${patternTitle(pattern)}`,
    '',
    `${code(pattern.name, 50)} ${code(pattern.version, 20)} · ${statusPhrase(pattern, runs, proven)}.`,
    '',
    ...leftLines(pattern, left),
    ...fencedBlock(prompt),
    '',
    ...folded('How to check what comes of it', fencedBlock(validation)),
    ...folded(`${variables}, and when to do otherwise`, [
      ...pattern.variables.map(variableLine),
      '',
      'Do otherwise when:',
      '',
      ...pattern.deviate.map((text) => `- ${playbookText(text)}`),
    ]),
    ...(last === null ? [] : folded(`What #${last.number} filled in`, fencedBlock(valueLines(last.values)))),
  ]
    .join('\n')
    .trimEnd();
}

/** A prompt with gaps goes into no history. */
function leftLines(pattern: Pattern, left: readonly PatternVariable[]): string[] {
  if (left.length === 0) return [];
  const command = `/session prompt ${pattern.name} ${left.map(({ id }) => `${id}="…"`).join(' ')}`;
  const one = left.length === 1;
  return [
    `**${left.length} ${one ? 'placeholder is' : 'placeholders are'} left to fill**, so this run is not counted yet:`,
    '',
    ...left.map(variableLine),
    '',
    `Write the command again with all values, on one line or each on a line of its own below it: ${code(command, 500)}`,
    '',
  ];
}

function variableLine({ id, description, example, default: standard }: PatternVariable): string {
  const otherwise = standard === null ? '' : ` Otherwise: ${code(standard, 200)}`;
  return `- ${code(`[${id}]`)} ${quoteText(description, 300)} For example: ${code(example, 300)}${otherwise}`;
}

function folded(summary: string, lines: string[]): string[] {
  return [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>', ''];
}

function valueLines(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([id, value]) => `${id}: ${value}`)
    .join('\n');
}

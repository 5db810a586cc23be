/** Prompt patterns in a terminal: the list of them, and what a filled one still lacks (B4). */
import type { Pattern, PatternVariable } from '../../model/pattern.ts';
import { tiersPhrase } from './phrases.ts';

export function listText(patterns: readonly Pattern[]): string {
  return patterns.map((pattern) => [...patternLines(pattern), ''].join('\n')).join('\n');
}

function patternLines({ name, title, version, chooseFor, variables, baseline }: Pattern): string[] {
  const width = Math.max(...variables.map(({ id }) => id.length));
  return [
    `${name} ${version}: ${title}`,
    `  when ${chooseFor}`,
    `  reckoned: ${tiersPhrase(baseline)} tokens`,
    ...variables.map((variable) => `    ${variable.id.padEnd(width)}  ${about(variable)}`),
  ];
}

function about({ description, default: standard }: PatternVariable): string {
  return standard === null ? description : `${description} (optional)`;
}

export function leftText({ name }: Pattern, left: readonly PatternVariable[]): string {
  const lines = left.map(({ id, description, example }) => `  ${id}: ${description} For example: ${example}`);
  return [
    `${name}: ${left.length === 1 ? 'one placeholder is' : `${left.length} placeholders are`} left to fill`,
    ...lines,
    '',
  ].join('\n');
}

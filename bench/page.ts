/** docs/benchmarks.md, made of what was measured: pure. */
import type { Figure } from './figure.ts';
import { isMet, round } from './figure.ts';
import type { Machine } from './machine.ts';

export interface Measured {
  name: string;
  about: string;
  figures: Figure[];
  seconds: number;
}

export function page(machine: Machine, date: Date, parts: readonly Measured[]): string {
  const withGoal = parts.flatMap(({ figures }) => figures).filter(({ goal }) => goal !== null);
  const met = withGoal.filter(isMet).length;
  const lines = [
    '# Benchmarks',
    '',
    '<!-- Written by `npm run bench -- --markdown`. Do not edit. -->',
    '',
    `Measured on ${date.toISOString().slice(0, 10)} by \`npm run bench\`: **${met} of ${withGoal.length} goals met**.`,
    '',
    `Machine: ${machine.cores} cores (${machine.processor}), ${round(machine.gibibytes)} GiB, ${machine.system}, Node ${machine.node}. Load when it began: ${round(machine.load)}${busy(machine)}.`,
    '',
    'The load generator, the app and the sandbox that plays GitHub share these cores. A ratio has both its sides from one run, in turns. Figures without a goal explain others.',
    ...parts.flatMap(section),
    '',
    '## Measure again',
    '',
    '```sh',
    'npm ci',
    'npm run bench                      # all but the soak, as a table',
    'npm run bench -- drain recovery    # parts by name',
    'npm run bench -- --all --markdown  # with the soak, and writes this page',
    '```',
    '',
    'With `TEST_DATABASE_URL` the parts that know PostgreSQL measure it as well. The command fails when a goal is missed.',
    '',
  ];
  return lines.join('\n');
}

function busy({ load, cores }: Machine): string {
  return load > cores / 2 ? ' (other work was running: times are longer than on a quiet machine)' : '';
}

function section({ name, about, figures, seconds }: Measured): string[] {
  return ['', `## ${name}`, '', `${about} Took ${round(seconds)} s.`, '', ...table(figures)];
}

function table(figures: Figure[]): string[] {
  const rows = figures.map((figure) => {
    const { name, value, unit, goal } = figure;
    const verdict = isMet(figure) ? 'met' : '**missed**';
    return [name, `${round(value)} ${unit}`.trim(), goal ? `${goal.is} ${goal.value}` : '', goal ? verdict : ''];
  });
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(['figure', 'measured', 'goal', '']), '|---|---:|---|---|', ...rows.map(line)];
}

/** A recovery for the terminal (B6). */
import type { FailedTask, RecoveryCost, RecoveryFacts, RecoveryPlan } from '../../model/recovery.ts';
import { fencedBlock } from '../playbook/fenced-block.ts';
import { wrapped } from '../sweep/columns.ts';
import { assumedWords, batchLines, listed } from './plan-text.ts';
import { recoveryPrompt } from './recovery-prompt.ts';
import { checklist, decisionWords, outcomeWords } from './recovery-words.ts';
import { grouped, hoursWord, idWord } from './words.ts';

const WIDTH = 100;
/** Decisions and prompts in full; more are mended one after the other anyway. */
const MOST_FAILED = 20;

/** Plain text that ends with a line break. Same recovery, same bytes. */
export function recoveryText(plan: RecoveryPlan, { tasks, failed }: RecoveryFacts): string {
  const byId = new Map(failed.map((one) => [one.id, one]));
  const shown = plan.decisions.slice(0, MOST_FAILED);
  const left = plan.decisions.length - shown.length;
  const lines = [
    outcomeWords(plan.outcome),
    '',
    'Why:',
    ...shown.flatMap((decision) => {
      const head = `  ${idWord(decision.id)} (batch ${decision.batch ?? '–'}): `;
      return wrapped(head, decisionWords(decision, byId.get(decision.id)?.kind ?? 'unknown'), WIDTH, 4);
    }),
    ...(left > 0 ? [`  … and ${grouped(left)} more failed tasks`] : []),
    '',
    ...wrapped('Run again: ', listed(plan.rerun), WIDTH),
    ...wrapped('Keep:      ', plan.kept.length === 0 ? 'nothing' : listed(plan.kept), WIDTH),
    '',
    'Still to be done:',
    ...batchLines(plan.next).map((line) => `  ${line}`),
    '',
    ...costTable(plan),
    ...assumptions(plan),
    '',
    'Before you begin:',
    ...checklist(plan, listed).flatMap((line) => wrapped('  [ ] ', line, WIDTH)),
    ...promptLines(
      shown.flatMap(({ id }) => byId.get(id) ?? []),
      tasks,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function costTable({ cost: { recovery, restart, saved } }: RecoveryPlan): string[] {
  const rows: [string, (cost: RecoveryCost) => string][] = [
    ['tasks run again', ({ tasks }) => grouped(tasks)],
    ['work done again', ({ work }) => hoursWord(work)],
    ['plan done in', ({ finish }) => hoursWord(finish)],
    ...(['planner', 'coder', 'validator'] as const).map((tier): [string, (cost: RecoveryCost) => string] => [
      `tokens, ${tier}`,
      ({ tokens }) => (tokens === null ? '' : grouped(tokens[tier])),
    ]),
  ];
  const all = rows
    .map(([name, value]) => [name, value(recovery), value(restart), value(saved)])
    .filter(([, value]) => value !== '');
  const table = [['', 'recovery', 'restart', 'saved'], ...all];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table.map((row) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ')}`.trimEnd(),
  );
}

function assumptions({ assumed, outcome }: RecoveryPlan): string[] {
  return [
    ...(outcome === 'restart' ? ['  Recovery stands here only to compare; it is not advised.'] : []),
    ...(assumed.estimates === null ? [] : wrapped('  Estimates: ', assumedWords(assumed.estimates), WIDTH)),
    ...(assumed.tokens.length === 0
      ? []
      : wrapped(
          '  Tokens:    ',
          `${grouped(assumed.tokens.length)} missing, counted as the median: ${listed(assumed.tokens)}`,
          WIDTH,
        )),
  ];
}

/** Each as a block to be copied. */
function promptLines(failed: readonly FailedTask[], tasks: RecoveryFacts['tasks']): string[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return failed.flatMap(({ id, error, kind }) => {
    const task = byId.get(id);
    const prompt = recoveryPrompt({ title: task?.title ?? id, prompt: task?.prompt ?? null, error, kind });
    return ['', `Prompt for ${idWord(id)}:`, ...fencedBlock(prompt, 'markdown')];
  });
}

/** A plan of batches for the terminal (B1, B2). */
import type { BatchPlan } from '../../model/batches.ts';
import { wrapped } from '../sweep/columns.ts';
import { count } from '../sweep/words.ts';
import { matrixText } from './matrix-text.ts';
import { grouped, hoursWord, idWord } from './words.ts';

/** Characters in a line, unless a single word is longer. */
const WIDTH = 100;
/** Ids of one list; nobody reads more. */
const MOST_IDS = 200;
/** Percent; more is the goal (S1). */
const GOAL = 70;

/** Plain text that ends with a line break. Same plan, same bytes. `plan` has no cycles. */
export function planText(plan: BatchPlan): string {
  const all = plan.batches.reduce((sum, batch) => sum + batch.length, 0);
  if (all === 0) return 'There are no tasks, so nothing is to be planned.\n';
  const { hard, soft, none } = plan.waits;
  const lines = [
    `${count(all, 'task')} in ${count(plan.batches.length, 'batch', 'batches')}; ${hard} must wait for another, ${soft} had better, ${none} can begin at once`,
    '',
    ...batchLines(plan.batches),
    '',
    ...pathLines(plan),
    ...wrapped('Parallel:       ', shareWords(plan), WIDTH),
    ...wrapped('Advice:         ', adviceWords(plan), WIDTH),
    ...notes(plan),
    ...matrixText(plan.matrix, WIDTH),
  ];
  return `${lines.join('\n')}\n`;
}

/** `Batch 2 (3 at once): a, b, c`. */
export function batchLines(batches: readonly string[][]): string[] {
  return batches.flatMap((ids, index) => {
    const beside = ids.length === 1 ? 'alone' : `${grouped(ids.length)} at once`;
    return wrapped(`Batch ${index + 1} (${beside}): `, listed(ids), WIDTH, 4);
  });
}

function pathLines({ criticalPath: { path, hours }, hours: all }: BatchPlan): string[] {
  const [long, shown] = [path.length > MOST_IDS, path.slice(0, MOST_IDS)];
  const way = shown.map(idWord).join(' → ') + (long ? ` → … ${grouped(path.length - MOST_IDS)} more` : '');
  return [
    ...wrapped('Critical path:  ', way, WIDTH),
    `Time:           ${hoursWord(hours)} at the least; ${hoursWord(all)} one after the other`,
  ];
}

function shareWords({ parallelisation }: BatchPlan): string {
  const met = parallelisation > GOAL;
  return `${parallelisation} % of the tasks run beside another (goal: above ${GOAL} %, ${met ? 'met' : 'not met'})`;
}

function adviceWords({ advice, batches }: BatchPlan): string {
  if (advice === null)
    return batches.length === 1 ? 'nothing waits, so no link is to be cut' : 'no single link, if cut, makes the plan shorter';
  const { task, dependsOn, hours } = advice;
  const times =
    hours.before === hours.after
      ? `${hoursWord(hours.before)} as before`
      : `${hoursWord(hours.before)} → ${hoursWord(hours.after)}`;
  const counts =
    advice.batches.before === advice.batches.after
      ? `${batches.length} as before`
      : `${batches.length} → ${advice.batches.after}`;
  return `if ${idWord(task)} need not wait for ${idWord(dependsOn)} (drop the link, or move it to "after"): time ${times}, batches ${counts}`;
}

/** What was taken for granted, and what could not be kept. */
function notes({ assumed, unmet }: BatchPlan): string[] {
  const unkept = unmet.map(({ task, after }) => `${idWord(task)} before ${idWord(after)}`);
  return [
    ...(assumed === null ? [] : wrapped('Estimates:      ', assumedWords(assumed), WIDTH)),
    ...(unkept.length === 0 ? [] : wrapped('Soft, not kept: ', `${cut(unkept).join(', ')}, as other links ask for it`, WIDTH)),
  ];
}

export function assumedWords({ hours, from, tasks }: NonNullable<BatchPlan['assumed']>): string {
  const why = from === 'median' ? `as ${hoursWord(hours)} each, the median of the others` : `as ${hoursWord(hours)} each`;
  return `${grouped(tasks.length)} missing, counted ${why}: ${listed(tasks)}`;
}

/** `a, b, c`, or the first 200 and how many more. */
export function listed(ids: readonly string[]): string {
  return cut(ids.map(idWord)).join(', ');
}

function cut(words: string[]): string[] {
  return words.length <= MOST_IDS ? words : [...words.slice(0, MOST_IDS), `… ${grouped(words.length - MOST_IDS)} more`];
}

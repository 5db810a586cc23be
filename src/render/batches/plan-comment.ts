/** The plan of a parent's sub-issues, as one comment that is kept up to date (B1, B2). Same facts, same bytes. */
import type { BatchPlan, PlanTask } from '../../model/batches.ts';
import type { InPlan, PlanRecord } from '../../model/sub-plan.ts';
import { code, quoteText, sizeOf } from '../markdown.ts';
import { hoursWord } from '../plan/words.ts';
import { count } from '../sweep/words.ts';
import { batchRows, TABLE_HEAD } from './batch-rows.ts';
import { graphBlock, matrixBlock } from './drawings.ts';
import { type CommonFileView, commonLines, cycleLines, type OddLinkView, oddLines } from './odd-links.ts';
import { questionsBlock } from './questions.ts';

export interface PlanView {
  /** Number of the parent. */
  parent: number;
  plan: BatchPlan;
  tasks: PlanTask[];
  places: Record<string, InPlan>;
  odd: OddLinkView[];
  counted: { said: number; playbook: number; default: number };
  /** Sub-issues that say nothing of what they wait for. */
  silent: number[];
  run: PlanRecord['run'];
  common: CommonFileView[];
  /** `owner/name#12` */
  foreign: string[];
  beyond: number;
  unread: number[];
  /** Ids of the questions that someone ticked. */
  ticks: ReadonlySet<string>;
}

/** GitHub takes 65,536 characters; counted in UTF-8 bytes to be on the safe side. */
const MAX_BODY = 65_000;
/** Percent; more is the goal (S1). */
const GOAL = 70;
const MOST_PATH = 40;

export function planComment(view: PlanView): string {
  const { plan, tasks } = view;
  const top = ['<!-- playcaller:plan -->', heading(view), runLine(view)];
  if (tasks.length === 0) return [...top.slice(0, 2), ...asides(view)].join('\n\n');
  const below = [...figures(view), ...cycleLines(plan), ...oddLines(view.odd), ...commonLines(view.common), ...asides(view)];
  const least = [...top, TABLE_HEAD, ...below].join('\n\n');
  const parts = fitting([graphBlock(plan, tasks), matrixBlock(plan.matrix), questionsBlock(view)], MAX_BODY / 2 - sizeOf(least));
  const table = tableOf(batchRows(view), MAX_BODY - sizeOf([least, ...parts].join('\n\n')) - 100);
  return [...top, table, ...below, ...parts].join('\n\n');
}

/** Those that find room, in their order; what does not is named. The table has at least the other half of the comment. */
function fitting(parts: readonly { name: string; body: string }[], room: number): string[] {
  let left = room;
  const kept: string[] = [];
  const dropped: string[] = [];
  for (const { name, body } of parts.filter((part) => part.body !== '')) {
    if (sizeOf(body) > left) dropped.push(name);
    else {
      kept.push(body);
      left -= sizeOf(body) + 2;
    }
  }
  return dropped.length === 0 ? kept : [...kept, `_Left out, as it is too long for GitHub: ${dropped.join(', ')}._`];
}

function tableOf(rows: readonly string[], room: number): string {
  let left = room - sizeOf(TABLE_HEAD);
  const kept = rows.filter((row) => {
    left -= sizeOf(row) + 1;
    return left >= 0;
  });
  const gone = rows.length - kept.length;
  return (
    [TABLE_HEAD, ...kept].join('\n') +
    (gone > 0 ? `\n\n_${count(gone, 'more row was', 'more rows were')} left out: too long for GitHub._` : '')
  );
}

function heading({ plan, tasks }: PlanView): string {
  if (tasks.length === 0) return '### Plan\n\nThere are no sub-issues in this repository to plan.';
  const batches = count(plan.batches.length, 'batch', 'batches');
  const done = tasks.filter(({ state }) => state === 'completed').length;
  return `### Plan: ${count(tasks.length, 'sub-issue')} in ${batches}, ${done} done`;
}

function runLine({ run, tasks }: PlanView): string {
  if (tasks.every(({ state }) => state === 'completed' || state === 'abandoned')) return 'Nothing is left to start.';
  return run === null
    ? 'Sub-issues with a session label start batch by batch. `/session plan run` starts the others too, each as soon as what it waits for is completed and a slot is free.'
    : `**This plan runs by itself** since ${run.at.slice(0, 10)}, as ${quoteText(run.by, 40)} asked: each sub-issue starts as soon as what it waits for is completed and a slot is free. \`/session plan stop\` ends that.`;
}

function figures({ plan, counted }: PlanView): string[] {
  const { hard, soft, none } = plan.waits;
  const { path, hours } = plan.criticalPath;
  const way = path.slice(0, MOST_PATH).join(' → ') + (path.length > MOST_PATH ? ` → … ${path.length - MOST_PATH} more` : '');
  const met = plan.parallelisation > GOAL ? 'met' : 'not met';
  const lines = [
    `- **Side by side:** ${plan.parallelisation} % of the sub-issues stand in a batch with others (goal: above ${GOAL} %, ${met}).`,
    `- **Waiting:** ${hard} must wait for another, ${soft} had better, ${none} can begin at once.`,
    ...(path.length > 0
      ? [`- **Critical path:** ${way}, ${hoursWord(hours)}. One after the other, all would take ${hoursWord(plan.hours)}.`]
      : []),
    `- **Advice:** ${adviceWords(plan)}`,
    `- **Estimates:** ${countedWords(counted)}.`,
    ...unmetLine(plan),
  ];
  return [lines.join('\n')];
}

function adviceWords({ advice, batches, cycles }: BatchPlan): string {
  if (cycles.length > 0) return 'first open the cycles below; what stands in one never starts by itself.';
  if (advice === null)
    return batches.length <= 1 ? 'nothing waits, so no link is to be cut.' : 'no single link, if cut, makes the plan shorter.';
  const { task, dependsOn, hours, batches: layers } = advice;
  const change = (before: string, after: string) => (before === after ? `${before} as before` : `${before} → ${after}`);
  const times = change(hoursWord(hours.before), hoursWord(hours.after));
  const counts = change(count(layers.before, 'batch', 'batches'), count(layers.after, 'batch', 'batches'));
  return `if ${task} need not wait for ${dependsOn}, the plan gets shortest: ${times}, ${counts}. Drop that link, or write \`After ${dependsOn}\` instead.`;
}

function countedWords({ said, playbook, default: other }: PlanView['counted']): string {
  const parts = [
    said > 0 ? `${said} as said in the descriptions` : '',
    playbook > 0 ? `${playbook} as the middle of the playbook’s hours` : '',
    other > 0 ? `${other} as 2 h each, as nothing tells more (a line \`Estimate: 3h\` does)` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function unmetLine({ unmet }: BatchPlan): string[] {
  if (unmet.length === 0) return [];
  const shown = unmet.slice(0, 10).map(({ task, after }) => `${task} before ${after}`);
  const more = unmet.length > 10 ? ` and ${unmet.length - 10} more` : '';
  return [`- **Not kept:** ${shown.join(', ')}${more}; these \`After\` lines go against other links.`];
}

/** What takes no part, and what could not be read. */
function asides({ foreign, beyond, unread }: PlanView): string[] {
  const lines = [
    foreign.length > 0
      ? `- ${count(foreign.length, 'sub-issue in another repository takes', 'sub-issues in other repositories take')} no part: ${foreign
          .slice(0, 20)
          .map((one) => code(one))
          .join(', ')}${foreign.length > 20 ? ` and ${foreign.length - 20} more` : ''}.`
      : '',
    beyond > 0
      ? `- ${count(beyond, 'more sub-issue was', 'more sub-issues were')} not read: a plan holds 1,000, and GitHub shows only those that Playcaller may see.`
      : '',
    unread.length > 0
      ? `- GitHub did not show all that ${unread
          .slice(0, 20)
          .map((one) => `#${one}`)
          .join(
            ', ',
          )}${unread.length > 20 ? ` and ${unread.length - 20} more` : ''} ${unread.length === 1 ? 'is' : 'are'} blocked by: it may be in a repository that Playcaller may not see. The plan goes without it, and does not start ${unread.length === 1 ? 'it' : 'them'} by itself.`
      : '',
  ].filter((line) => line !== '');
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** The comment that answers `/session recover`: the way, what runs again, what it costs, the prompts, what comes next (B6). */
import type { FailedTask, RecoveryFacts, RecoveryOutcome, RecoveryPlan } from '../../model/recovery.ts';
import { quoteText, sizeOf, truncateMarkdown } from '../markdown.ts';
import { recoveryPrompt } from '../plan/recovery-prompt.ts';
import { checklist, decisionWords, outcomeWords, shortOutcome } from '../plan/recovery-words.ts';
import { grouped } from '../plan/words.ts';
import { fencedBlock } from '../playbook/fenced-block.ts';
import { costBlock } from './costs.ts';
import { nextBlock } from './next.ts';

export interface RecoveryView {
  plan: RecoveryPlan;
  facts: RecoveryFacts;
  /** What was asked for instead of advice. */
  chosen: RecoveryOutcome | null;
  /** Numbers of sessions: failed ones whose issues are closed, failed ones that are planned again. */
  closed: number[];
  revived: number[];
  /** Others that run again: back to planned, or merged already. */
  setBack: number[];
  merged: number[];
  /** The plan's issue; null where this is it, or there is none. */
  parent: number | null;
}

/** GitHub takes 65,536; the rest is for what stands around the prompts. */
const MAX = 64_000;
const MOST_NAMED = 50;
const MOST_FAILED = 20;

export function recoveryComment(view: RecoveryView): string {
  const { plan } = view;
  const head = [
    '<!-- playcaller:recovery -->',
    `### Recovery of ${named(view.facts.failed.map(({ id }) => id))} · ${shortOutcome(plan.outcome)}`,
    '',
    ...way(view),
    '',
    '**What runs again**',
    '',
    ...sessions(view),
    '',
    ...costBlock(plan),
    '',
    '**Before it begins**',
    '',
    ...checklist({ ...plan, early: plan.early.filter(({ task }) => plan.kept.includes(task)) }, named).map(
      (line) => `- [ ] ${line}`,
    ),
    '',
    ...nextBlock(view),
  ].join('\n');
  const room = MAX - sizeOf(head);
  return `${truncateMarkdown(head.split('\n'), MAX)}${prompts(view, room)}`;
}

/** The outcome, and the way through the tree for each failed session. */
function way({ plan, facts, chosen }: RecoveryView): string[] {
  const kinds = new Map(facts.failed.map(({ id, kind }) => [id, kind]));
  const shown = plan.decisions.slice(0, MOST_FAILED);
  const advised = plan.decisions.some(({ outcome }) => outcome === plan.outcome);
  return [
    `**${outcomeWords(plan.outcome)}**${chosen !== null && !advised ? ' This was asked for; the advice is another:' : ''}`,
    '',
    ...shown.map((decision) => {
      const batch = decision.batch === null || facts.tasks.length === 1 ? '' : ` (batch ${decision.batch})`;
      return `- ${decision.id}${batch}: ${decisionWords(decision, kinds.get(decision.id) ?? 'unknown')}`;
    }),
    ...(plan.decisions.length > shown.length ? [`- and ${plan.decisions.length - shown.length} more`] : []),
  ];
}

function sessions({ plan, facts: { tasks } }: RecoveryView): string[] {
  const titles = new Map(tasks.map(({ id, title }) => [id, title]));
  const shown = plan.rerun.slice(0, MOST_NAMED).map((id) => `- ${id} ${quoteText(titles.get(id) ?? '', 120)}`.trimEnd());
  const more = plan.rerun.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
    plan.kept.length === 0 ? 'Nothing else has begun yet.' : `Kept as it is: ${named(plan.kept)}.`,
  ];
}

/** Folded, each as a block to be copied. Those without room are asked for on their own session. */
function prompts({ facts: { tasks, failed }, closed }: RecoveryView, room: number): string {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  let left = room - 300;
  let text = '';
  const without: string[] = [];
  for (const one of failed.filter(({ id }) => !closed.includes(Number(id.slice(1))))) {
    const task = byId.get(one.id);
    const block = promptBlock(one, task?.title ?? '', task?.prompt ?? null, failed.length === 1);
    left -= sizeOf(block);
    if (left < 0) without.push(one.id);
    else text += block;
  }
  if (without.length === 0) return text;
  return `${text}\n\nNo room was left for the ${without.length === 1 ? 'prompt' : 'prompts'} of ${named(without)}.`;
}

function promptBlock({ id, error, kind }: FailedTask, title: string, prompt: string | null, open: boolean): string {
  const block = fencedBlock(unmarked(recoveryPrompt({ title, prompt, error, kind })), 'markdown');
  const summary = `<summary>Prompt for ${id}</summary>`;
  return ['', '', `<details${open ? ' open' : ''}>${summary}`, '', ...block, '', '</details>'].join('\n');
}

/** In a code block nothing takes effect but our own markers, which are looked for in the source. */
function unmarked(text: string): string {
  return text.replaceAll('<!-- playcaller:', '<!-- playcaller\u200B:');
}

/** Issue numbers, which GitHub makes links of. */
export function named(ids: readonly string[]): string {
  const more = ids.length - MOST_NAMED;
  return `${ids.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`;
}

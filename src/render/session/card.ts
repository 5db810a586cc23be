/** The card: one comment per session that says where it stands (L6). No clock in it: same state, same bytes. */
import type { NextAction } from '../../model/plan.ts';
import type { Criterion, Session, VerdictState } from '../../model/session.ts';
import { code, quoteText } from '../markdown.ts';
import { nearBlock, patternRows } from '../patterns/near.ts';
import { failedMark, failureRow } from '../recover/card.ts';
import { nextStep } from '../sweep/next-step.ts';
import { blockerLines, slotHandedOn } from './blocks.ts';
import { childrenBlock } from './children.ts';
import { holdPhrase } from './holds.ts';
import { type ModuleView, moduleBlock } from './module.ts';
import { planLine } from './plan-line.ts';
import { scopeBlock } from './scope.ts';
import { stalledLine } from './stalled.ts';

export interface CardPull {
  number: number;
  state: 'open' | 'merged' | 'closed';
  draft: boolean;
  verdict: VerdictState | null;
  /** The verdict in a phrase. */
  headline: string | null;
}

export interface CardView {
  session: Session;
  /** Place in the queue, from 1; null when it does not wait. */
  place: number | null;
  slots: { active: number; capacity: number; reserve: number };
  pulls: CardPull[];
  playbook: {
    title: string;
    done: number;
    total: number;
    phases: { title: string; done: number; total: number }[];
    criteria: { done: number; total: number };
  } | null;
  next: NextAction;
  /** When it last moved, if it shows no movement for two sweeps (ISO 8601); else null or absent. */
  stalledSince?: string | null;
  /** Nothing has begun yet: what the scope lacks is asked for. */
  wantsScope?: boolean;
  /** Null or absent where there is no registry. */
  module?: ModuleView | null;
  /** Newest last. */
  log: { day: string; who: string; text: string }[];
}

const STATE_WORDS = { planned: '🗓️ planned', active: '🚀 active', completed: '✅ completed', abandoned: '🗄️ abandoned' } as const;
const LOG_LINES = 8;
const CRITERIA_LINES = 30;

export function renderCard(view: CardView): string {
  const { session } = view;
  const blocks = [
    '<!-- playcaller:card -->',
    `### Session ${code(session.id)} · ${STATE_WORDS[session.state]}${failedMark(session)}${view.stalledSince ? ' · 🐌 stalled' : ''}`,
    facts(view),
    `**Next:** ${nextStep(view.next, quoteText)}`,
    scopeBlock(session.scope, view.wantsScope ?? false),
    moduleBlock(view.module),
    nearBlock(session),
    progressBlock(view),
    criteriaBlock(session.criteria),
    childrenBlock(session.children),
    logBlock(view),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function facts(view: CardView): string {
  const { session } = view;
  const rows: [string, string][] = [
    ['Playbook', `${session.type}${session.fastLane ? ' · fast lane' : ''}${session.blocked ? ' · **blocked**' : ''}`],
    ['Category', session.category === null ? '–' : quoteText(session.category, 60)],
    ['Branch', code(session.branch)],
    [session.startedAt === null ? 'Planned' : 'Started', (session.startedAt ?? session.plannedAt).slice(0, 10)],
    ['Pull request', view.pulls.length === 0 ? 'none yet' : view.pulls.map(pullLine).join('<br>')],
  ];
  rows.push(...patternRows(session));
  if (view.stalledSince) rows.push(['Stalled', stalledLine(view.stalledSince, session.blocked)]);
  const failure = failureRow(session);
  if (failure) rows.push(failure);
  const blockers = blockerLines(session);
  if (blockers.length > 0) rows.push(['Blocked', blockers.join('<br>')]);
  if (session.state === 'active' && session.blocked) rows.push(['Slot', slotHandedOn()]);
  if (session.plan) rows.push(['Plan', planLine(session.plan)]);
  if (session.state === 'planned') rows.push(['Queue', queueLine(view)]);
  const [first, ...rest] = rows.map(([name, value]) => `| ${name} | ${value} |`);
  return [first, '|---|---|', ...rest].join('\n');
}

function queueLine(view: CardView): string {
  const { active, capacity, reserve } = view.slots;
  const { blocked, holds } = view.session;
  if (holds && !blocked) return `not in the queue: ${holds.map(holdPhrase).join('; ')}`;
  const place = blocked ? 'not in the queue while it is blocked' : `place ${view.place}`;
  return `${place} · ${active} of ${capacity} slots taken${reserve > 0 ? `, ${reserve} of them reserved for the fast lane` : ''}`;
}

function pullLine(pull: CardPull): string {
  const state = pull.state === 'open' ? (pull.draft ? 'draft' : 'open') : pull.state;
  return `#${pull.number} ${state}${pull.state === 'open' && pull.headline !== null ? ` · ${pull.headline}` : ''}`;
}

function progressBlock({ playbook }: CardView): string {
  if (!playbook) return '**Progress:** this playbook is no longer there; its steps are kept.';
  const phases = playbook.phases.map((phase) => `${quoteText(phase.title, 100)} ${phase.done}/${phase.total}`).join(' · ');
  const criteria = `success criteria ${playbook.criteria.done}/${playbook.criteria.total}`;
  const left = playbook.total - playbook.done;
  return `**Progress:** ${playbook.done} of ${playbook.total} steps, ${left} left · ${criteria}\n<sub>${phases}</sub>`;
}

function criteriaBlock(criteria: readonly Criterion[]): string {
  if (criteria.length === 0) return '';
  const shown = criteria
    .slice(0, CRITERIA_LINES)
    .map((criterion) => `- ${criterion.met ? '✅' : '⬜'} ${quoteText(criterion.text, 200)}`);
  const more = criteria.length > CRITERIA_LINES ? [`- and ${criteria.length - CRITERIA_LINES} more`] : [];
  const met = criteria.filter((criterion) => criterion.met).length;
  return [`**Acceptance criteria:** ${met} of ${criteria.length} met`, ...shown, ...more].join('\n');
}

function logBlock({ log }: CardView): string {
  if (log.length === 0) return '';
  const lines = log
    .slice(-LOG_LINES)
    .map((entry) => `- ${entry.day} · ${quoteText(entry.who, 40)}: ${quoteText(entry.text, 200)}`);
  return ['<details><summary>Worklog</summary>', '', ...lines, '', '</details>'].join('\n');
}

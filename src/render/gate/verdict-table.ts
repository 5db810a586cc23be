/** The parts that a verdict is shown with, alone or beside others on the same commit: its opening words, its table's rows. */
import type { VerdictState } from '../../model/session.ts';
import type { Annotation, Verdict, VerdictItem } from '../../model/verdict.ts';
import { tableRow } from '../markdown.ts';
import { INTRO } from './group.ts';
import { named, rank, required } from './headline.ts';
import { count } from './phrases.ts';

/** GitHub's limits for a check run: 65,535 for summary and text (more is a 422), 50 annotations a request. */
export const MAX_TEXT = 65_535;
export const MAX_ANNOTATIONS = 50;
export const MAX_TITLE = 120;

export const ABOUT =
  'This looks again by itself at every push, edit, tick and check. ' +
  'What is asked for is set in `.github/playcaller.yml` on the default branch (`gate.items`), and by the session’s playbook.';

export const TABLE_HEAD = [tableRow(['Item', 'State', 'Evidence', 'How to mend']), tableRow(['---', '---', '---', '---'])];

export interface ItemRow {
  item: VerdictItem;
  row: string;
}

/** One line of the table for each item, the most urgent first. */
export function itemRows({ items }: Verdict): ItemRow[] {
  return items.map((item) => ({ item, row: tableRow(cells(item)) })).sort((a, b) => rank(a.item) - rank(b.item));
}

/** What the table says, in a sentence or two. */
export function lead({ state, draft, inQueue = false, items }: Verdict): string {
  const advice = items.filter((item) => item.level === 'advisory' && (item.status === 'fail' || item.status === 'waiting'));
  const waits = required(items, 'waiting');
  const lines = [opening(state, draft ?? false, required(items, 'fail').length, waits)];
  if (inQueue) lines.unshift(INTRO);
  if (state === 'fail' && waits.length > 0) lines.push(`Waiting too: ${named(waits.map((item) => item.title))}.`);
  if (advice.length > 0) lines.push(`Advice, which blocks nothing: ${named(advice.map((item) => item.title))}.`);
  if (draft && state !== 'neutral') lines.push('This is how it stands:');
  return lines.join(' ');
}

/** Says how many annotations GitHub has no room for; none when all have. */
export function unmarked(annotations: number): string[] {
  const more = annotations - MAX_ANNOTATIONS;
  return more > 0 ? [`${count(more, 'more place')} in the files could not be marked; GitHub takes 50.`] : [];
}

export function leftOut(rows: number): string {
  return `_${count(rows, 'row')} left out: too long for GitHub._`;
}

/** What comes without a person's doing. */
const BY_ITSELF = new Set(['ci', 'coverage']);

function opening(state: VerdictState, draft: boolean, failing: number, waits: readonly VerdictItem[]): string {
  if (state === 'neutral') return 'All gate items are off for this repository or playbook.';
  if (draft) return 'This is a draft, so the verdict waits until it is marked ready for review.';
  if (state === 'pass') return 'Everything that is asked for is there.';
  if (state === 'waiting') {
    const names = named(waits.map((item) => item.title));
    return waits.every(({ id }) => BY_ITSELF.has(id))
      ? `Nothing to do: this check ends by itself once ${names} ${waits.length === 1 ? 'has' : 'have'} reported.`
      : `Nothing is wrong, only not done yet: ${names}. The first ${waits.length === 1 ? 'row says' : `${waits.length} rows say`} what is left.`;
  }
  return failing === 1
    ? 'One thing stands between this and the merge.'
    : 'These stand between this and the merge; the rest is below them.';
}

function cells(item: VerdictItem): string[] {
  return [item.title, stateWords(item), item.evidence, item.mend ?? ''];
}

function stateWords({ level, status }: VerdictItem): string {
  if (level === 'advisory' && status === 'fail') return '🔕 advice';
  if (level === 'advisory' && status === 'waiting') return '🔕 waiting, advice';
  return { pass: '✅ pass', fail: '❌ mend', waiting: '⏳ waiting', waived: '🔕 waived', 'not-applicable': '➖ not needed' }[
    status
  ];
}

const SEVERITY = { failure: 0, warning: 1, notice: 2 };

/** The worst first. */
export function bySeverity(a: Annotation, b: Annotation): number {
  return SEVERITY[a.level] - SEVERITY[b.level] || compare(a.path, b.path) || a.line - b.line || compare(a.title, b.title);
}

/** By code unit: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The check run that shows a verdict: title, table, annotations (G1). The same verdict gives the same bytes. */
import { digest } from '../../model/digest.ts';
import type { VerdictState } from '../../model/session.ts';
import type { Annotation, Verdict, VerdictItem } from '../../model/verdict.ts';
import { faultLines } from '../config-faults.ts';
import { cleanText, sizeOf, tableRow } from '../markdown.ts';
import { headline, named, rank, required } from './headline.ts';
import { count } from './phrases.ts';

export { verdictHeadline } from './headline.ts';

export interface ShownVerdict {
  title: string;
  summary: string;
  text: string;
  annotations: Annotation[];
}

/** GitHub's limits for a check run: 65,535 for summary and text (more is a 422), 50 annotations a request. */
const MAX_TEXT = 65_535;
const MAX_ANNOTATIONS = 50;
const MAX_TITLE = 120;

export function checkOutput(verdict: Verdict): ShownVerdict {
  const all = verdict.items.flatMap(({ annotations }) => annotations).sort(bySeverity);
  return {
    title: cleanText(headline(verdict), MAX_TITLE),
    summary: summary(verdict, all.length - MAX_ANNOTATIONS),
    text: [verdict.items.length === 0 ? '' : `${ABOUT}\n`, ...faultLines(verdict.faults ?? [])].join('\n').trim(),
    annotations: all.slice(0, MAX_ANNOTATIONS),
  };
}

/** Changes when the verdict or anything that is shown of it changes. */
export function verdictDigest(verdict: Verdict): string {
  return digest(JSON.stringify([verdict.state, verdict.headSha, verdict.draft ?? false, verdict.items, checkOutput(verdict)]));
}

function lead({ state, draft, items }: Verdict, moreAnnotations: number): string {
  const advice = items.filter((item) => item.level === 'advisory' && (item.status === 'fail' || item.status === 'waiting'));
  const waits = required(items, 'waiting');
  const lines = [opening(state, draft ?? false, required(items, 'fail').length, named(waits.map((item) => item.title)))];
  if (state === 'fail' && waits.length > 0) lines.push(`Waiting too: ${named(waits.map((item) => item.title))}.`);
  if (advice.length > 0) lines.push(`Advice, which blocks nothing: ${named(advice.map((item) => item.title))}.`);
  if (moreAnnotations > 0)
    lines.push(`${count(moreAnnotations, 'more place')} in the files could not be marked; GitHub takes 50.`);
  return lines.join(' ');
}

function opening(state: VerdictState, draft: boolean, failing: number, waits: string): string {
  if (state === 'neutral') return 'All gate items are off for this repository or playbook.';
  if (draft) return 'This is a draft, so the verdict waits until it is marked ready for review. This is how it stands:';
  if (state === 'pass') return 'Everything that is asked for is there.';
  if (state === 'waiting')
    return `Nothing to mend. This check ends by itself once ${waits} ${waits.includes(' and ') ? 'are' : 'is'} done.`;
  return failing === 1
    ? 'One thing stands between this and the merge.'
    : 'These stand between this and the merge; the rest is below them.';
}

const ABOUT =
  'This looks again by itself at every push, edit, tick and check. ' +
  'What is asked for is set in `.github/playcaller.yml` on the default branch (`gate.items`), and by the session’s playbook.';

function summary(verdict: Verdict, moreAnnotations: number): string {
  const first = lead(verdict, moreAnnotations);
  if (verdict.items.length === 0) return first;
  const head = [first, '', tableRow(['Item', 'State', 'Evidence', 'How to mend']), tableRow(['---', '---', '---', '---'])];
  const rows = verdict.items.map((item) => ({ item, row: tableRow(cells(item)) })).sort((a, b) => rank(a.item) - rank(b.item));
  const left = (dropped: number) => `\n\n_${count(dropped, 'row')} left out: too long for GitHub._`;
  let room = MAX_TEXT - sizeOf(head.join('\n')) - sizeOf(left(rows.length));
  const kept = rows.filter(({ row }) => {
    room -= sizeOf(row) + 1;
    return room >= 0;
  });
  const text = [...head, ...kept.map(({ row }) => row)].join('\n');
  return kept.length === rows.length ? text : `${text}${left(rows.length - kept.length)}`;
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

function bySeverity(a: Annotation, b: Annotation): number {
  return SEVERITY[a.level] - SEVERITY[b.level] || compare(a.path, b.path) || a.line - b.line || compare(a.title, b.title);
}

/** By code unit: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

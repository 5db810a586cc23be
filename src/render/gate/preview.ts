/** Words of the check run `Playcaller / config`: what is wrong in the proposed files, or what they would change (G4). */
import type { ConfigSource, Fault } from '../../model/config.ts';
import { digest } from '../../model/digest.ts';
import type { VerdictState } from '../../model/session.ts';
import type { Annotation, VerdictItem } from '../../model/verdict.ts';
import { cleanText, code, link, quoteText, sizeOf, tableRow } from '../markdown.ts';
import type { ShownVerdict } from './check-output.ts';
import { count, listing } from './phrases.ts';
import { leftOut, MAX_ANNOTATIONS, MAX_TEXT } from './verdict-table.ts';

type ItemState = Pick<VerdictItem, 'status' | 'level'>;

/** Null: the item is off. */
export interface ChangedItem {
  title: string;
  before: ItemState | null;
  after: ItemState | null;
}

export interface ChangedVerdict {
  number: number;
  title: string;
  url: string;
  before: VerdictState;
  after: VerdictState;
  items: ChangedItem[];
}

export interface PreviewView {
  faults: readonly Fault[];
  /** Where the configuration would come from after the merge. */
  source: ConfigSource;
  /** The pull request takes the repository's file away. */
  gone: boolean;
  /** Newest first. */
  changed: readonly ChangedVerdict[];
  /** Pull requests whose verdict stays while items of it change. */
  otherItems: number;
  judged: number;
  /** Open pull requests that were not judged. */
  leftOut: number;
}

export function previewOutput(view: PreviewView): ShownVerdict {
  const broken = view.faults.length > 0;
  return {
    title: title(view),
    summary: broken ? faultSummary(view.faults) : changeSummary(view),
    text: 'What stands here has no effect before it is merged: the gate is ruled by the files on the default branch alone.',
    annotations: view.faults.slice(0, MAX_ANNOTATIONS).map(annotation),
  };
}

/** Changes when anything that is shown changes. */
export function previewDigest(view: PreviewView): string {
  return digest(JSON.stringify(previewOutput(view)));
}

function title({ faults, changed }: PreviewView): string {
  if (faults.length > 0) return `${count(faults.length, 'fault')} in the configuration`;
  if (changed.length === 0) return 'Sound, and no open verdict would change';
  return `Sound, and ${count(changed.length, 'open verdict')} would change`;
}

function faultSummary(faults: readonly Fault[]): string {
  const opening =
    'Merged like this, it would not be taken: the last good configuration would stay in force, or the defaults. ' +
    'Each line below says where to mend what.';
  const more = faults.length - MAX_ANNOTATIONS;
  const unmarked = more > 0 ? ` ${count(more, 'more line')} could not be marked in the files; GitHub takes 50.` : '';
  return bounded(`${opening}${unmarked}`, ['File and line', 'Field', 'What is wrong'], faults.map(faultRow));
}

function faultRow({ file, line, field, message }: Fault): string {
  return tableRow([code(`${file}:${line}`, 200), code(field, 200), quoteText(message, 500)]);
}

function annotation({ file, line, field, message }: Fault): Annotation {
  const title = cleanText(field, 200) || 'Configuration';
  return { path: file, line, level: 'failure', title, message: cleanText(message, 1000) };
}

function changeSummary(view: PreviewView): string {
  const { changed, otherItems, judged, leftOut: unjudged } = view;
  const lines = ['The files are sound.'];
  if (view.gone) lines.push(`This takes \`.github/playcaller.yml\` away: ${inForce(view.source)} would hold then.`);
  if (changed.length === 0) lines.push(`${scope(judged)} would keep ${judged === 1 ? 'its verdict' : 'their verdicts'}.`);
  else lines.push(`${scope(judged)} ${judged === 1 ? 'was' : 'were'} tried: ${count(changed.length, 'verdict')} would change.`);
  if (otherItems > 0) lines.push(`${count(otherItems, 'other')} would keep the verdict, with other items in the table.`);
  if (unjudged > 0) lines.push(`${count(unjudged, 'open pull request')} ${unjudged === 1 ? 'was' : 'were'} left out.`);
  lines.push('Each is taken as it was when its own check was last written.');
  const opening = lines.join(' ');
  return changed.length === 0
    ? opening
    : bounded(opening, ['Pull request', 'Verdict', 'Items that differ'], changed.map(changedRow));
}

function scope(judged: number): string {
  return judged === 1 ? 'This pull request' : count(judged, 'open pull request');
}

function inForce(source: ConfigSource): string {
  return source === 'owner' ? 'the file of the owner’s `.github` repository' : 'the defaults';
}

const STATE: Record<VerdictState, string> = {
  pass: '✅ pass',
  fail: '❌ fail',
  waiting: '⏳ waiting',
  neutral: '➖ nothing asked',
};

function changedRow({ number, title: name, url, before, after, items }: ChangedVerdict): string {
  const words = items.map((item) => `${item.title}: ${itemWords(item.before)} → ${itemWords(item.after)}`);
  return tableRow([link(`#${number} ${name}`, url), `${STATE[before]} → ${STATE[after]}`, listing(words, 20)]);
}

function itemWords(state: ItemState | null): string {
  if (state === null) return 'off';
  const status = state.status === 'not-applicable' ? 'not needed' : state.status;
  return state.level === 'advisory' ? `${status} (advice)` : status;
}

/** Whole rows, as many as GitHub takes; the rest is counted. */
function bounded(opening: string, head: string[], rows: readonly string[]): string {
  const top = [opening, '', tableRow(head), tableRow(head.map(() => '---'))].join('\n');
  let room = MAX_TEXT - sizeOf(top) - sizeOf(leftOut(rows.length)) - 2;
  const kept: string[] = [];
  for (const row of rows) {
    room -= sizeOf(row) + 1;
    if (room < 0) break;
    kept.push(row);
  }
  const text = [top, ...kept].join('\n');
  return kept.length === rows.length ? text : `${text}\n\n${leftOut(rows.length - kept.length)}`;
}

/** The check run of a commit that several pull requests have as their head: GitHub keeps one, so it shows the worst (G5). */
import { digest } from '../../model/digest.ts';
import type { VerdictState } from '../../model/session.ts';
import type { PullVerdict, Verdict } from '../../model/verdict.ts';
import { faultLines } from '../config-faults.ts';
import { cleanText, quoteText, sizeOf, tableRow } from '../markdown.ts';
import { type ShownVerdict, verdictDigest } from './check-output.ts';
import { headline, rank } from './headline.ts';
import { count, listing } from './phrases.ts';
import {
  ABOUT,
  bySeverity,
  itemRows,
  lead,
  leftOut,
  MAX_ANNOTATIONS,
  MAX_TEXT,
  MAX_TITLE,
  TABLE_HEAD,
  unmarked,
} from './verdict-table.ts';

const WORST_FIRST = ['fail', 'waiting', 'pass', 'neutral'] as const;
const LOOK: Record<VerdictState, string> = { fail: '❌', waiting: '⏳', pass: '✅', neutral: '➖' };
/** In UTF-8 bytes; the tables below need the rest. */
const MAX_OVERVIEW = 16_000;

/** Of a pull request that its lane has not looked at yet nothing is known: it waits, for unknown is never green. */
export function worstOf(pulls: readonly PullVerdict[]): VerdictState {
  return WORST_FIRST.find((state) => pulls.some((pull) => stateOf(pull) === state)) ?? 'neutral';
}

/** @param pulls all open ones with this head, by number: then it is the same whoever of them writes it */
export function sharedOutput(pulls: readonly PullVerdict[]): ShownVerdict {
  const verdicts = pulls.flatMap(({ verdict }) => (verdict ? [verdict] : []));
  const marks = verdicts.flatMap(({ items }) => items.flatMap(({ annotations }) => annotations));
  const annotations = distinct(marks).sort(bySeverity);
  const asked = verdicts.some(({ items }) => items.length > 0);
  const faults = faultLines(distinct(verdicts.flatMap((verdict) => verdict.faults ?? [])));
  return {
    title: cleanText(`${count(pulls.length, 'pull request')} share this commit. ${worstWords(pulls)}`, MAX_TITLE),
    summary: summary(pulls, annotations.length),
    text: [asked ? `${ABOUT}\n` : '', ...faults].join('\n').trim(),
    annotations: annotations.slice(0, MAX_ANNOTATIONS),
  };
}

/** Changes when anything that is shown changes, or a verdict behind it. */
export function sharedDigest(pulls: readonly PullVerdict[]): string {
  const parts = pulls.map(({ number, title, verdict }) => [number, title, verdict && verdictDigest(verdict)]);
  return digest(JSON.stringify([parts, sharedOutput(pulls)]));
}

function stateOf({ verdict }: PullVerdict): VerdictState {
  return verdict?.state ?? 'waiting';
}

function worstWords(pulls: readonly PullVerdict[]): string {
  const worst = worstOf(pulls);
  const names = (some: readonly PullVerdict[]) => listing(some.map(({ number }) => `#${number}`));
  if (worst === 'neutral') return `Nothing is asked of ${names(pulls)}`;
  if (worst === 'pass') return `Ready to ship: ${names(pulls)}`;
  const those = pulls.filter((pull) => stateOf(pull) === worst);
  const [only] = those;
  if (only && those.length === 1) return `#${only.number}: ${inWords(only)}`;
  return worst === 'fail' ? `${names(those)} have things to mend` : `Waiting for ${names(those)}`;
}

function inWords({ verdict }: PullVerdict): string {
  return verdict ? headline(verdict) : 'not looked at yet';
}

function summary(pulls: readonly PullVerdict[], annotations: number): string {
  const about =
    `GitHub keeps one check of this name for a commit, and ${count(pulls.length, 'open pull request')} have this one as their head. ` +
    'So it shows the worst of their verdicts; each has its own again once their heads differ.';
  const opening = [[about, ...unmarked(annotations)].join(' '), '', ...overview(pulls)].join('\n');
  return [opening, ...tables(pulls, MAX_TEXT - sizeOf(opening))].join('\n\n');
}

function overview(pulls: readonly PullVerdict[]): string[] {
  const rows = pulls.map((pull) => {
    const name = `#${pull.number} ${quoteText(pull.title, 80)}`;
    return { pull, row: tableRow([name, `${LOOK[stateOf(pull)]} ${quoteText(inWords(pull), MAX_TITLE)}`]) };
  });
  let room = MAX_OVERVIEW;
  const kept = new Set<string>();
  for (const { row } of rows.toSorted((a, b) => urgency(a.pull) - urgency(b.pull))) {
    const size = sizeOf(row) + 1;
    if (size > room) continue;
    room -= size;
    kept.add(row);
  }
  const shown = rows.filter(({ row }) => kept.has(row)).map(({ row }) => row);
  const more = rows.length - shown.length;
  return [tableRow(['Pull request', 'Verdict']), tableRow(['---', '---']), ...shown, ...(more > 0 ? ['', leftOut(more)] : [])];
}

function urgency(pull: PullVerdict): number {
  return WORST_FIRST.indexOf(stateOf(pull));
}

interface Section {
  head: string;
  rows: string[];
}

/** A table for each pull request, in order; where room is short the most urgent rows of all go first. */
function tables(pulls: readonly PullVerdict[], max: number): string[] {
  const sections = pulls.flatMap((pull) => (pull.verdict ? [sectionOf(pull, pull.verdict)] : []));
  const rows = sections.flatMap(({ section, items }) => items.map((item) => ({ section, ...item })));
  // The note, and what joins it to the rest.
  let room = max - sizeOf(leftOut(rows.length)) - 4;
  let dropped = 0;
  for (const { section, row } of rows.toSorted((a, b) => rank(a.item) - rank(b.item))) {
    const size = sizeOf(row) + 1 + (section.rows.length === 0 ? sizeOf(section.head) + 2 : 0);
    if (size > room) dropped += 1;
    else {
      room -= size;
      section.rows.push(row);
    }
  }
  const shown = sections.map(({ section }) => section).filter((section) => section.rows.length > 0);
  return [...shown.map(({ head, rows: kept }) => [head, ...kept].join('\n')), ...(dropped > 0 ? [leftOut(dropped)] : [])];
}

function sectionOf({ number, title }: PullVerdict, verdict: Verdict) {
  const head = [`### #${number} ${quoteText(title, 80)}`.trim(), '', lead(verdict), '', ...TABLE_HEAD].join('\n');
  const section: Section = { head, rows: [] };
  return { section, items: itemRows(verdict) };
}

/** Two pull requests of one commit often show the same place. */
function distinct<T>(things: readonly T[]): T[] {
  return [...new Map(things.map((thing) => [JSON.stringify(thing), thing])).values()];
}

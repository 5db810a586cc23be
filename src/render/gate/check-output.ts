/** The check run that shows a verdict: title, table, annotations (G1). The same verdict gives the same bytes. */
import { digest } from '../../model/digest.ts';
import type { Annotation, Verdict } from '../../model/verdict.ts';
import { faultLines } from '../config-faults.ts';
import { cleanText, sizeOf } from '../markdown.ts';
import { headline } from './headline.ts';
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

export { verdictHeadline } from './headline.ts';

export interface ShownVerdict {
  title: string;
  summary: string;
  text: string;
  annotations: Annotation[];
}

export function checkOutput(verdict: Verdict): ShownVerdict {
  const all = verdict.items.flatMap(({ annotations }) => annotations).sort(bySeverity);
  return {
    title: cleanText(headline(verdict), MAX_TITLE),
    summary: summary(verdict, all.length),
    text: [verdict.items.length === 0 ? '' : `${ABOUT}\n`, ...faultLines(verdict.faults ?? [])].join('\n').trim(),
    annotations: all.slice(0, MAX_ANNOTATIONS),
  };
}

/** Changes when the verdict or anything that is shown of it changes. */
export function verdictDigest(verdict: Verdict): string {
  return digest(JSON.stringify([verdict.state, verdict.headSha, verdict.draft ?? false, verdict.items, checkOutput(verdict)]));
}

function summary(verdict: Verdict, annotations: number): string {
  const first = [lead(verdict), ...unmarked(annotations)].join(' ');
  if (verdict.items.length === 0) return first;
  const head = [first, '', ...TABLE_HEAD];
  const rows = itemRows(verdict);
  const left = (dropped: number) => `\n\n${leftOut(dropped)}`;
  let room = MAX_TEXT - sizeOf(head.join('\n')) - sizeOf(left(rows.length));
  const kept = rows.filter(({ row }) => {
    const size = sizeOf(row) + 1;
    if (size > room) return false;
    room -= size;
    return true;
  });
  const text = [...head, ...kept.map(({ row }) => row)].join('\n');
  return kept.length === rows.length ? text : `${text}${left(rows.length - kept.length)}`;
}

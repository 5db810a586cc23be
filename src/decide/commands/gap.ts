/** `/session gap` with its lines: notes what an audit found (P7). */
import { GAP_PRIORITIES, type Gap } from '../../model/records.ts';
import { cleanText } from '../../render/markdown.ts';
import * as log from '../../render/special/log.ts';
import * as say from '../../render/special/replies.ts';
import { notebookOf, putRecord, refusal, sameText } from '../special/notebook.ts';
import type { Command } from './types.ts';

const FIELDS: readonly say.GapField[] = ['Current', 'Gap', 'Risk', 'Impact', 'Mitigation', 'Owner', 'Priority', 'Effort'];
const IMPACTS = ['high', 'medium', 'low'] as const;
const MAX_DAYS = 1000;

export const gap: Command = {
  verb: 'gap',
  usage: '/session gap',
  does: 'notes a gap; the lines `Current: Gap: Risk: Impact: Mitigation: Owner: Priority: Effort:` follow it in any order',
  permission: 'triage',
  examples: [
    [
      '/session gap',
      'Current: orders are stored once',
      'Gap: no backup',
      'Risk: a broken disk loses the day',
      'Impact: high',
      'Mitigation: copy them every hour',
      'Owner: storage',
      'Priority: P1',
      'Effort: 2',
    ].join('\n'),
  ],
  takesLines: () => true,
  run({ facts, author, rest, below, key }) {
    const session = notebookOf(facts);
    const read = readFields([rest, ...below]);
    const said = (other: Gap) => sameText(other.gap, read.gap.gap);
    const gaps = session?.records.gaps ?? [];
    const known = gaps.some((other) => other.key === key || said(other));
    const closed = refusal(session, known ? 0 : gaps.length);
    if (closed !== null) return { kind: 'wrong', because: closed };
    if (read.faults.length > 0) return { kind: 'wrong', because: say.faults(read.faults) };
    const record: Gap = { key, by: author, at: facts.now, ...read.gap, issue: null };
    return {
      kind: 'ask',
      log: log.gapNoted(record.gap, record.priority),
      ask: {
        by: author,
        update: (records) => {
          const old = records.gaps.find((other) => other.key === key || said(other));
          return { ...records, gaps: putRecord(records.gaps, { ...record, issue: old?.issue ?? null }, said) };
        },
      },
    };
  },
};

type Fields = Omit<Gap, 'key' | 'by' | 'at' | 'issue'>;

function readFields(lines: readonly string[]): { gap: Fields; faults: string[] } {
  const { texts, faults } = textsOf(lines);
  const text = (field: say.GapField) => cleanText(texts.get(field) ?? '', 300);
  const impact = IMPACTS.find((known) => known === text('Impact').toLowerCase());
  const priority = GAP_PRIORITIES.find((known) => known === text('Priority').toUpperCase());
  const effort = daysOf(text('Effort'));
  for (const field of FIELDS) {
    const bad =
      (field === 'Impact' && impact === undefined) ||
      (field === 'Priority' && priority === undefined) ||
      (field === 'Effort' && effort === null);
    if (!texts.has(field)) faults.push(say.gap.missing(field));
    else if (text(field) === '') faults.push(say.gap.empty(field));
    else if (bad) faults.push(say.gap.bad(field, text(field)));
  }
  const gap: Fields = {
    current: text('Current'),
    gap: text('Gap'),
    risk: text('Risk'),
    impact: impact ?? 'low',
    mitigation: text('Mitigation'),
    owner: text('Owner'),
    priority: priority ?? 'P4',
    effort: effort ?? 0,
  };
  return { gap, faults };
}

/** A line without a field's name goes on with the field above it. */
function textsOf(lines: readonly string[]): { texts: Map<say.GapField, string>; faults: string[] } {
  const texts = new Map<say.GapField, string>();
  const faults: string[] = [];
  let open: say.GapField | null = null;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const match = /^(?:[-*+]\s+)?(?:\*\*|__)?([a-z]+)(?:\*\*|__)?\s*:(?:\*\*|__)?\s*(.*)$/i.exec(line.trim());
    const field = FIELDS.find((known) => known.toLowerCase() === match?.[1]?.toLowerCase());
    if (field !== undefined) {
      if (texts.has(field)) faults.push(say.gap.twice(field));
      else texts.set(field, match?.[2] ?? '');
      open = field;
    } else if (open === null) faults.push(say.gap.stray(line));
    else texts.set(open, `${texts.get(open) ?? ''} ${line.trim()}`);
  }
  return { texts, faults };
}

/** More than zero and at most a thousand: `2`, `0.5`, `3 days`, `1d`. */
function daysOf(text: string): number | null {
  const match = /^(\d{1,4}(?:\.\d{1,2})?)\s*(?:d|days?)?$/i.exec(text);
  const days = Number(match?.[1] ?? 0);
  return days > 0 && days <= MAX_DAYS ? days : null;
}

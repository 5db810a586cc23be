/** What the commands of the special sessions answer when they were written wrongly. */
import { GAP_PRIORITIES, IDEA_KINDS, IDEA_LENSES } from '../../model/records.ts';
import { code, quoteText } from '../markdown.ts';

export const noSession = (): string =>
  'There is no session here. Write the command on an issue or pull request that carries a session, or on a pull request that serves one.';

export const ended = (state: 'completed' | 'abandoned'): string =>
  `This session is ${state}, so nothing more is written into its notebook.`;

export const full = (max: number): string => `This session's notebook is full: it takes ${max} of each kind.`;

/** Several faults in one reply; each is a sentence. */
export function faults(list: readonly string[]): string {
  return list.length === 1 ? (list[0] ?? '') : list.map((fault) => `- ${fault}`).join('\n');
}

export const twice = (keys: readonly string[]): string => `Given twice: ${keys.map((key) => code(key)).join(', ')}.`;
export const unclosed = (): string => 'A quotation mark is not closed.';

export function unknownOption(key: string, near: string | null): string {
  return `There is no option ${code(`${key}=`, 40)}.${near === null ? '' : ` Did you mean ${code(`${near}=`)}?`}`;
}

function given(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `, not ${code(text, 40)}`;
}

export const idea = {
  noTitle: (): string => 'The idea has no title: say it in a few words before the scores.',
  score: (key: 'i' | 'c' | 'e', text: string | undefined): string =>
    `${code(key)} (${{ i: 'impact', c: 'confidence', e: 'ease' }[key]}) must be a number from 1 to 10${given(text)}${text === undefined ? ': it is missing' : ''}.`,
  kind: (text: string, near: string | null): string =>
    `${code('kind')} is one of ${IDEA_KINDS.map((kind) => code(kind)).join(', ')}${given(text)}.${meant(near)}`,
  lens: (text: string, near: string | null): string =>
    `${code('lens')} is one of ${IDEA_LENSES.map((lens) => code(lens)).join(', ')}${given(text)}.${meant(near)}`,
  whichNumber: (): string => `Say which idea: its number stands in the list of ideas, as in ${code('/session idea promote 2')}.`,
  noSuch: (number: number, count: number): string =>
    count === 0
      ? 'This session has no ideas yet.'
      : `There is no idea ${number}: this session has ${count === 1 ? 'one idea' : `ideas 1 to ${count}`}.`,
  promoted: (issue: number): string => `This idea is issue #${issue} already.`,
  noIssues: (): string => 'Issues are switched off in this repository, so an idea cannot become one.',
};

export type GapField = 'Current' | 'Gap' | 'Risk' | 'Impact' | 'Mitigation' | 'Owner' | 'Priority' | 'Effort';

const GAP_NEEDS: Record<GapField, string> = {
  Current: 'what there is',
  Gap: 'what is missing',
  Risk: 'what can go wrong',
  Impact: 'high, medium or low',
  Mitigation: 'how to mend it',
  Owner: 'whose it is: a person or a module',
  Priority: `${GAP_PRIORITIES[0]} to ${GAP_PRIORITIES.at(-1)}`,
  Effort: 'days, such as 0.5 or 3',
};

export const gap = {
  missing: (field: GapField): string => `${code(`${field}:`)} is missing (${GAP_NEEDS[field]}).`,
  empty: (field: GapField): string => `${code(`${field}:`)} has no text (${GAP_NEEDS[field]}).`,
  bad: (field: GapField, text: string): string => `${code(`${field}:`)} must be ${GAP_NEEDS[field]}${given(text)}.`,
  twice: (field: GapField): string => `${code(`${field}:`)} stands twice.`,
  stray: (text: string): string => `${quoted(text)} belongs to no field.`,
};

export const measure = {
  noMetric: (): string => 'Name what was measured, before the figures.',
  nothing: (): string => `Give at least one of ${['before=', 'after=', 'runs=', 'same'].map((key) => code(key)).join(', ')}.`,
  value: (key: string, text: string): string =>
    `${code(key)} must be a number of zero or more, with a unit if it has one (${code('12.5s')}, ${code('340 ms')}, ${code('45%')})${given(text)}.`,
  runs: (text: string): string => `${code('runs')} must be a whole number of 1 or more${given(text)}.`,
  unit: (text: string): string => `${code('unit')} must be one short word such as ${code('ms')}${given(text)}.`,
  otherKind: (key: string, unit: string, known: string): string =>
    `${code(key)} is in ${code(unit, 30)}, which cannot be compared with ${code(known === '' ? 'a bare number' : known, 30)}.`,
};

export const joint = {
  shape: (): string => 'Write the producer, an arrow, the consumer, a colon, and what passes between them.',
  same: (name: string): string => `${quoted(name)} cannot be joined to itself.`,
};

export const waive = {
  noItem: (items: readonly string[]): string => `Say which item: ${items.map((item) => code(item)).join(', ')}.`,
  unknownItem: (item: string, items: readonly string[], near: string | null): string =>
    `There is no gate item ${code(item, 40)}.${meant(near)} Items are ${items.map((each) => code(each)).join(', ')}.`,
  noWhy: (): string => 'Say in a few words why: it is shown beside the item.',
  noPull: (): string =>
    `No open pull request serves this session. A waiver holds for one commit; with ${code('--sticky')} it holds for all to come.`,
  severalPulls: (numbers: readonly number[]): string =>
    `Several pull requests serve this session (${numbers.map((number) => `#${number}`).join(', ')}). Write the command on the one that is meant, or add ${code('--sticky')}.`,
  none: (item: string): string => `Nothing is waived for ${code(item)}.`,
};

function meant(near: string | null): string {
  return near === null ? '' : ` Did you mean ${code(near)}?`;
}

function quoted(text: string): string {
  return `“${quoteText(text, 60)}”`;
}

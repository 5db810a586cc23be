/** `/session measure`: figures before and after, of one metric (P8). */

import type { Measure } from '../../model/records.ts';
import { cleanText } from '../../render/markdown.ts';
import * as log from '../../render/special/log.ts';
import { figuresOf } from '../../render/special/measures.ts';
import * as say from '../../render/special/replies.ts';
import { notebookOf, putRecord, refusal, sameText } from '../special/notebook.ts';
import { changeInPercent, inUnit, type Quantity, readQuantity, unitOf } from '../special/quantity.ts';
import { nearest } from './nearest.ts';
import { type Given, readOptions } from './options.ts';
import type { Command } from './types.ts';

const KINDS = { before: 'text', after: 'text', runs: 'word', unit: 'word' } as const;
type Key = keyof typeof KINDS;

export const measure: Command = {
  verb: 'measure',
  usage: '/session measure <metric> [before=…] [after=…] [runs=…] [unit=…] [same]',
  does: 'notes what was measured before and after; `same` confirms that the output is unchanged',
  permission: 'write',
  examples: [
    '/session measure nightly import before=45s after=27s runs=100 same',
    '/session measure search before=340ms runs=50',
    '/session measure search after=0.12s same',
  ],
  run({ facts, author, rest, key }) {
    const session = notebookOf(facts);
    const { given, same } = readSame(readOptions<Key>(rest, KINDS));
    const metric = cleanText(given.text, 100);
    const said = (other: Measure) => sameText(other.metric, metric);
    const measures = session?.records.measures ?? [];
    const old = measures.find(said) ?? null;
    const closed = refusal(session, old ? 0 : measures.length);
    if (closed !== null) return { kind: 'wrong', because: closed };
    const read = readFigures(given, old);
    const faults = [...faultsOf(given, metric, same), ...read.faults];
    if (faults.length > 0) return { kind: 'wrong', because: say.faults(faults) };
    const { before, after, unit, runs } = read;
    const record: Measure = {
      key,
      by: author,
      at: facts.now,
      metric,
      before,
      after,
      unit,
      runs,
      same: same || isStill(old, given),
    };
    return {
      kind: 'ask',
      log: log.measured(metric, figuresOf(record, changeInPercent(before, after))),
      ask: { by: author, update: (records) => ({ ...records, measures: putRecord(records.measures, record, said) }) },
    };
  },
};

/** A new result has to be confirmed anew. */
function isStill(old: Measure | null, given: Given<Key>): boolean {
  return (old?.same ?? false) && given.options.after === undefined;
}

/** `same` stands as a word of its own at the end of the text or of the last value. */
function readSame(given: Given<Key>): { given: Given<Key>; same: boolean } {
  const cut = (text: string) => text.replace(/(?:^|\s+)same$/i, '');
  const options = Object.fromEntries(Object.entries(given.options).map(([key, value]) => [key, cut(value)]));
  const inOptions = Object.entries(given.options).some(([key, value]) => options[key] !== value);
  const text = given.text.replace(/\s+same$/i, '');
  return { given: { ...given, text, options }, same: inOptions || text !== given.text };
}

interface Figures extends Pick<Measure, 'before' | 'after' | 'unit' | 'runs'> {
  faults: string[];
}

/** All in the unit that was asked for, else in the one that came first. */
function readFigures({ options }: Given<Key>, old: Measure | null): Figures {
  const faults: string[] = [];
  const read = (key: 'before' | 'after'): Quantity | null => {
    const text = options[key];
    if (text === undefined) return null;
    const quantity = readQuantity(text);
    if (!quantity) faults.push(say.measure.value(key, text));
    return quantity;
  };
  const told = { before: read('before'), after: read('after') };
  const asked = options.unit === undefined ? '' : unitOf(options.unit);
  if (asked === null) faults.push(say.measure.unit(options.unit ?? ''));
  const unit = asked || old?.unit || told.before?.unit || told.after?.unit || '';
  const into = (key: 'before' | 'after'): number | null => {
    const kept = old?.[key] ?? null;
    const quantity = told[key] ?? (kept === null ? null : { value: kept, unit: old?.unit ?? '' });
    if (!quantity) return null;
    const value = inUnit(quantity, unit);
    if (value === null) faults.push(say.measure.otherKind(key, quantity.unit, unit));
    return value;
  };
  const runs = options.runs;
  if (runs !== undefined && !/^[1-9]\d{0,8}$/.test(runs)) faults.push(say.measure.runs(runs));
  return {
    before: into('before'),
    after: into('after'),
    unit,
    runs: runs === undefined ? (old?.runs ?? null) : Number(runs),
    faults,
  };
}

function faultsOf({ options, twice, unknown, unclosed }: Given<Key>, metric: string, same: boolean): string[] {
  const faults: string[] = [];
  if (metric === '') faults.push(say.measure.noMetric());
  if (!same && options.before === undefined && options.after === undefined && options.runs === undefined)
    faults.push(say.measure.nothing());
  if (twice.length > 0) faults.push(say.twice(twice));
  for (const key of unknown) faults.push(say.unknownOption(key, nearest(key, Object.keys(KINDS))));
  if (unclosed) faults.push(say.unclosed());
  return faults;
}

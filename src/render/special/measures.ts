/** The report of a performance session: before, after, the change, and whether the output is the same (P8). */
import type { Measure } from '../../model/records.ts';
import { quoteText, table } from '../markdown.ts';
import { report } from './report.ts';

export interface ShownMeasure {
  measure: Measure;
  /** In percent of the baseline; null when it cannot be told. */
  change: number | null;
}

export function measuresReport(measures: readonly ShownMeasure[]): string {
  const rows = measures.map(({ measure, change }) => [
    quoteText(measure.metric, 100),
    value(measure.before, measure.unit),
    value(measure.after, measure.unit),
    changeWords(change),
    measure.runs === null ? 'not said' : measure.runs.toLocaleString('en-US'),
    measure.same ? '✅ the same' : '⬜ not confirmed',
  ]);
  const open = measures.filter(({ measure }) => measure.before === null || measure.after === null || !measure.same);
  const left =
    open.length === 0
      ? 'Baseline, result and unchanged output are there for every metric.'
      : `Not complete yet: ${open.map(({ measure }) => quoteText(measure.metric, 100)).join(', ')}.`;
  return report('measures', [
    '### Measurements',
    table([['Metric', 'Before', 'After', 'Change', 'Runs', 'Output'], ...rows]),
    left,
  ]);
}

/** `45 s to 27 s (−40 %)`: for the worklog and the gate. Plain text; a unit that people made up is in it. */
export function figuresOf({ before, after, unit, runs, same }: Measure, change: number | null): string {
  const parts = [
    `${plain(before, unit)} to ${plain(after, unit)}`,
    change === null ? null : `(${changeWords(change)})`,
    runs === null ? null : `over ${runs.toLocaleString('en-US')} ${runs === 1 ? 'run' : 'runs'}`,
    same ? 'same output' : null,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

/** With a real minus, one decimal: `−40 %`, `+3.5 %`. */
function changeWords(change: number | null): string {
  if (change === null) return '–';
  const size = Math.abs(change);
  const shown = size.toLocaleString('en-US', { maximumFractionDigits: size < 10 ? 1 : 0 });
  return shown === '0' ? '±0 %' : `${change < 0 ? '−' : '+'}${shown} %`;
}

function value(number: number | null, unit: string): string {
  return number === null ? '⬜ to measure' : quoteText(plain(number, unit), 60);
}

function plain(number: number | null, unit: string): string {
  if (number === null) return '?';
  const shown = number.toLocaleString('en-US', { maximumSignificantDigits: 6 });
  return unit === '' ? shown : `${shown} ${unit}`;
}

/** The figures of a sweep as tables, folded away (S2, W12). */
import type { SweepMetrics } from '../../model/sweep-figures.ts';
import { quoteText, table } from '../markdown.ts';
import { ageWords, figures, type HeatRow, heatWord } from './section-figures.ts';
import { folded } from './section-markdown.ts';
import type { SweepReport } from './sweep-report.ts';
import { MARKDOWN } from './tongue.ts';

/** Longest heat map. */
const MAX_ROWS = 20;

/** @param drawn charts, whole or none */
export function figuresMarkdown(report: SweepReport, drawn: string[]): string[] {
  const { metrics } = report.plan;
  const known = figures(report, MARKDOWN);
  const parts = [
    known.length === 0 ? '' : table([['Figure', 'Now'], ...known]),
    ageTable(metrics),
    heatTable(metrics),
    ...drawn,
  ].filter((part) => part !== '');
  if (parts.length === 0) return [];
  return folded(
    'How we do: figures and heat map',
    parts.flatMap((part, index) => (index === 0 ? [part] : ['', part])),
  );
}

function ageTable({ ages }: SweepMetrics): string {
  if (!ages.some(({ sessions }) => sessions > 0)) return '';
  return table([
    ['Age of open sessions', ...ageWords(ages)],
    ['Sessions', ...ages.map(({ sessions }) => String(sessions))],
  ]);
}

function heatTable({ heat }: SweepMetrics): string {
  // Where nothing is and nothing moves, the line of cold categories says it all.
  if (heat.every(({ active, planned, moved }) => active + planned === 0 && !moved)) return '';
  const row = (one: HeatRow) => [
    quoteText(one.category, 50),
    ...[one.active, one.planned, one.blocked].map(String),
    heatWord(one),
  ];
  const rest = heat.length - MAX_ROWS;
  return table([
    ['Category', 'Active', 'Planned', 'Blocked', 'Heat'],
    ...heat.slice(0, MAX_ROWS).map(row),
    ...(rest > 0 ? [[`… and ${rest} more`, '', '', '', '']] : []),
  ]);
}

/** Charts in Mermaid, as GitHub draws them: bounded, and no word of a user in them (W12). */
import type { SweepMetrics } from '../../model/sweep-figures.ts';
import { ageWords } from './section-figures.ts';

/** Points of one chart; more could not be read. */
const POINTS = 14;

/** Whole code blocks; a chart without anything to show is left out. */
export function charts({ ages, throughput }: SweepMetrics): string[] {
  const words = ageWords(ages);
  const bars = ages.map(({ sessions }, index) => ({ label: words[index] ?? '', values: [sessions] }));
  const cycles = throughput.slice(-POINTS).map(({ day, opened, merged }) => ({ label: day.slice(5), values: [merged, opened] }));
  return [
    chart('Age of the open sessions', 'Sessions', bars.slice(0, POINTS), ['bar']),
    ...(cycles.length > 1
      ? [chart('Pull requests by sweep: bars merged, line opened', 'Pull requests', cycles, ['bar', 'line'])]
      : []),
  ].filter((text) => text !== '');
}

interface Point {
  label: string;
  values: number[];
}

/** `xychart-beta` is known to every Mermaid since 10.3; the plain name only to newer ones. */
function chart(title: string, axis: string, points: Point[], series: ('bar' | 'line')[]): string {
  const most = Math.max(0, ...points.flatMap(({ values }) => values.map(whole)));
  if (most === 0) return '';
  return [
    '```mermaid',
    'xychart-beta',
    `  title "${title}"`,
    `  x-axis [${points.map(({ label }) => `"${safe(label)}"`).join(', ')}]`,
    `  y-axis "${axis}" 0 --> ${most}`,
    ...series.map((kind, index) => `  ${kind} [${points.map(({ values }) => whole(values[index] ?? 0)).join(', ')}]`),
    '```',
  ].join('\n');
}

/** What is no count would break the whole chart. */
function whole(value: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0;
}

/** Labels are our own words and days of the configured calendar; whatever else came would end the string. */
function safe(label: string): string {
  return label.replace(/[^\p{L}\p{N} -]/gu, '').slice(0, 30);
}

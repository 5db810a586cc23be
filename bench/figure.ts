/** One measured figure with its goal, and how figures are shown. */

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What issue and design ask for; null for a figure that only explains another. */
  goal: { is: 'at least' | 'at most'; value: number } | null;
}

/** One of the bench's parts; a part lives in a file of its own. */
export type Measure = () => Promise<Figure[]>;

export function isMet({ value, goal }: Figure): boolean {
  if (!goal) return true;
  return goal.is === 'at least' ? value >= goal.value : value <= goal.value;
}

export function toTable(figures: Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${round(figure.value)} ${figure.unit}`.trim(),
    figure.goal ? `${figure.goal.is} ${figure.goal.value}` : '',
    figure.goal ? (isMet(figure) ? 'met' : 'MISSED') : '',
  ]);
  const all = [['figure', 'measured', 'goal', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(all[0] ?? []), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export function round(value: number): number {
  return Number(value.toPrecision(value >= 100 ? 4 : 3));
}

/** `share` 0.5 is the median, 0.99 the 99th percentile, 0 the least; NaN of nothing. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

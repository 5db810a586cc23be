/** Who waits for whom, as a small matrix for the terminal. */
import type { LinkKind, Matrix } from '../../model/batches.ts';
import { columnsOf, inColumns } from '../sweep/columns.ts';
import { idWord } from './words.ts';

const MARKS: Record<LinkKind | 'none', string> = { hard: 'H', soft: 's', none: '·' };
const MOST_COLUMNS = 40;

/** Rows wait for columns, both numbered in the order of the plan. Nothing where no task waits, or for too many of them. */
export function matrixText(matrix: Matrix | null, width: number): string[] {
  if (matrix === null || matrix.rows.every((row) => row.every((kind) => kind === 'none'))) return [];
  const digits = String(matrix.ids.length).length;
  const number = (index: number) => String(index + 1).padStart(digits);
  const names = matrix.ids.map((id, index) => `${number(index)} ${idWord(id)}`);
  const widest = Math.min(
    MOST_COLUMNS,
    names.reduce((most, name) => Math.max(most, columnsOf(name)), 0),
  );
  if (2 + widest + matrix.ids.length * (digits + 1) > width) return [];
  const cells = (words: string[]) => words.map((word) => ` ${word.padStart(digits)}`).join('');
  const label = (name: string) =>
    inColumns(
      columnsOf(name) > widest
        ? `${Array.from(name)
            .slice(0, widest - 2)
            .join('')}…`
        : name,
      widest,
    );
  return [
    '',
    'Who waits for whom (H must, s had better):',
    `  ${' '.repeat(widest)}${cells(matrix.ids.map((_, index) => number(index)))}`,
    ...matrix.rows.map((row, index) => `  ${label(names[index] ?? '')}${cells(row.map((kind) => MARKS[kind]))}`),
  ];
}

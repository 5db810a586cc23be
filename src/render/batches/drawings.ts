/** The plan drawn: a Mermaid graph coloured by state, and the matrix of who waits for whom. */
import type { BatchPlan, Matrix, PlanTask } from '../../model/batches.ts';
import { tableRow } from '../markdown.ts';
import { planGraph } from '../plan/graph.ts';

/** Mermaid's own limit of a text, in characters. */
const MAX_GRAPH = 50_000;
const MARKS = { hard: '●', soft: '○', none: ' ' } as const;

export function graphBlock(plan: BatchPlan, tasks: readonly PlanTask[]): { name: string; body: string } {
  const text = planGraph(plan, tasks).join('\n');
  const body = plan.batches.length === 0 || text.length > MAX_GRAPH ? '' : ['```mermaid', text, '```'].join('\n');
  return { name: 'the graph', body };
}

/** Folded. Nothing where nobody waits, or for more sub-issues than anyone reads so. */
export function matrixBlock(matrix: Matrix | null): { name: string; body: string } {
  const waits = matrix?.rows.some((row) => row.some((kind) => kind !== 'none')) ?? false;
  if (matrix === null || !waits) return { name: 'the matrix', body: '' };
  const { ids, rows } = matrix;
  const lines = [
    tableRow(['', ...ids]),
    tableRow(['---', ...ids.map(() => ':-:')]),
    ...rows.map((row, index) => tableRow([ids[index] ?? '', ...row.map((kind) => MARKS[kind])])),
  ];
  const summary = '<details><summary>Who waits for whom (rows wait for columns: ● must, ○ had better)</summary>';
  return { name: 'the matrix', body: [summary, '', ...lines, '', '</details>'].join('\n') };
}

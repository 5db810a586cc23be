/** The plan's table: one row a sub-issue, batch by batch. */
import type { BatchPlan, PlanTask } from '../../model/batches.ts';
import type { InPlan } from '../../model/sub-plan.ts';
import { quoteText, tableRow } from '../markdown.ts';
import { hoursWord } from '../plan/words.ts';

const STATES: Record<PlanTask['state'], string> = {
  planned: '🗓️ planned',
  active: '🚀 active',
  completed: '✅ done',
  abandoned: '🗄️ given up',
  failed: '❌ failed',
};

export const TABLE_HEAD = '| Batch | Sub-issue | State | Estimate | Waits for |\n| --- | --- | --- | --- | --- |';

export interface RowsView {
  plan: BatchPlan;
  tasks: readonly PlanTask[];
  places: Record<string, InPlan>;
}

/** In the order in which they start; what stands in no batch comes last. */
export function batchRows({ plan, tasks, places }: RowsView): string[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const row = (batch: string, id: string): string[] => {
    const task = byId.get(id);
    if (!task) return [];
    const estimate = task.estimate === null ? '–' : hoursWord(task.estimate);
    const place = places[id.slice(1)];
    return [tableRow([batch, `${id} ${quoteText(task.title, 120)}`, STATES[task.state], estimate, waitsWords(task, place)])];
  };
  return [
    ...plan.batches.flatMap((ids, index) => ids.flatMap((id) => row(String(index + 1), id))),
    ...plan.unplanned.flatMap((id) => row('–', id)),
  ];
}

function waitsWords({ state }: PlanTask, place: InPlan | undefined): string {
  if (!place || state === 'completed' || state === 'abandoned') return '–';
  const named = (numbers: readonly number[]) => numbers.map((number) => `#${number}`).join(', ');
  const given = place.abandoned.length > 0 ? ` (given up: ${named(place.abandoned)})` : '';
  const soft = place.after ? `${place.waits.length > 0 ? '; ' : ''}better after ${named(place.after)}` : '';
  return `${named(place.waits)}${given}${soft}` || 'nothing';
}

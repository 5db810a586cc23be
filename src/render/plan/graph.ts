/** A plan as a Mermaid graph: tasks by batch, coloured by state; of a big plan only its batches. */
import type { BatchPlan, PlanTask } from '../../model/batches.ts';
import { cleanText } from '../markdown.ts';
import { count } from '../sweep/words.ts';

/** Mermaid draws 500 links at most, and nobody reads so many. */
const MOST_TASKS = 100;
const MOST_LINKS = 300;
const MOST_BATCHES = 100;
const MAX_LABEL = 60;

/** Each with its own border, so that the states differ without colours too. */
const STATES: Record<PlanTask['state'], string> = {
  planned: 'fill:#ddf4ff,stroke:#0969da,color:#1f2328',
  active: 'fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-width:3px',
  completed: 'fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  abandoned: 'fill:#f6f8fa,stroke:#6e7781,color:#57606a,stroke-dasharray:4',
  failed: 'fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:3px',
};

/** The lines of a `mermaid` block, without its fence. Labels are escaped. */
export function planGraph(plan: BatchPlan, tasks: readonly PlanTask[]): string[] {
  const ids = plan.batches.flat();
  const nodes = new Map(ids.map((id, index) => [id, `t${index + 1}`]));
  const links = tasks.reduce((sum, { depends, after }) => sum + depends.length + after.length, 0);
  return ids.length > MOST_TASKS || links > MOST_LINKS ? batchGraph(plan.batches) : taskGraph(plan, tasks, nodes);
}

function taskGraph({ batches }: BatchPlan, tasks: readonly PlanTask[], nodes: ReadonlyMap<string, string>): string[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const used = new Set(tasks.map(({ state }) => state));
  const node = (id: string) => {
    const task = byId.get(id);
    return `    ${nodes.get(id)}["${label(id, task?.title ?? id)}"]:::${task?.state ?? 'planned'}`;
  };
  return [
    'flowchart LR',
    ...batches.flatMap((ids, index) => [`  subgraph b${index + 1}["Batch ${index + 1}"]`, ...ids.map(node), '  end']),
    ...batches.flat().flatMap((id) => linkLines(byId.get(id), nodes)),
    ...Object.entries(STATES).flatMap(([state, look]) =>
      used.has(state as PlanTask['state']) ? `  classDef ${state} ${look}` : [],
    ),
  ];
}

/** Soft links are dotted. */
function linkLines(task: PlanTask | undefined, nodes: ReadonlyMap<string, string>): string[] {
  const [depends, after] = [new Set(task?.depends).difference(new Set([task?.id])), new Set(task?.after)];
  const lines = (from: ReadonlySet<string>, arrow: string) =>
    [...from].flatMap((id) => (nodes.has(id) ? `  ${nodes.get(id)} ${arrow} ${nodes.get(task?.id ?? '')}` : []));
  return [...lines(depends, '-->'), ...lines(after.difference(depends).difference(new Set([task?.id])), '-.->')];
}

function batchGraph(batches: readonly string[][]): string[] {
  const shown = batches.slice(0, MOST_BATCHES);
  const left = batches.length - shown.length;
  const labels = shown.map((ids, index) => `Batch ${index + 1}: ${count(ids.length, 'task')}`);
  if (left > 0) labels.push(`${count(left, 'more batch', 'more batches')}`);
  return [
    'flowchart LR',
    ...labels.map((text, index) => `  b${index + 1}["${text}"]`),
    ...labels.slice(1).map((_, index) => `  b${index + 1} --> b${index + 2}`),
  ];
}

/** `id: title`; everything but letters, digits and plain marks as Mermaid's entities. */
function label(id: string, title: string): string {
  const [name, words] = [cleanText(id, MAX_LABEL), cleanText(title, MAX_LABEL)];
  const text = words === '' || words === name ? name : `${name}: ${words}`;
  return Array.from(text.replace(/[^\p{L}\p{M}\p{N}\p{Emoji_Presentation} .,:!?()/+-]/gu, (char) => `#${char.codePointAt(0)};`))
    .join('')
    .replace(/:\/\//g, '#58;//')
    .replace(/^(\d+)\. /, '$1#46; ');
}

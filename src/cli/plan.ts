/** `playcaller plan FILE`: the batches of a phase, of tasks that a file tells of (B1, B2). */
import { loadTasks } from '../config/load-tasks.ts';
import { planBatches } from '../decide/plan/batches.ts';
import type { BatchPlan, PlanTask } from '../model/batches.ts';
import { planGraph } from '../render/plan/graph.ts';
import { planText } from '../render/plan/plan-text.ts';
import { cycleFaults } from '../render/plan/words.ts';
import { faultText, formatOf, readText } from './input-file.ts';
import { safeJson } from './safe-json.ts';
import { parseWords, UsageFault } from './usage-fault.ts';

const HELP = `Usage: playcaller plan <file> [--graph] [--json]

Tells which tasks may run at once, which way through them takes longest, and which link costs most.
The file holds tasks, in JSON or YAML; - reads it from standard input.

  {"tasks": [{"id": "api", "title": "Orders API", "estimate": 3, "depends": ["schema"], "after": ["docs"]}]}

  id        a text or a number, each once
  title     optional
  estimate  hours, optional; without one it counts as the median of the others
  depends   ids that must be done before: a task's batch comes right after the latest of theirs
  after     ids that had better be done before: they only order the tasks of one batch

  --graph   a Mermaid graph below the plan; of more than 100 tasks or 300 links, its batches only
  --json    the plan as data: batches, criticalPath, parallelisation, advice and more

Exit code 0: planned, 2: wrong use, or a file with faults; each is named with its field, cycles link by link.
`;

const OPTIONS = { graph: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** @returns 0. @throws {UsageFault} */
export async function planCommand(argv: string[]): Promise<number> {
  const { values, positionals } = parseWords(argv, OPTIONS, 1);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined) throw new UsageFault('name a file of tasks, or - for standard input. See --help.');
  const loaded = loadTasks({ text: readText(file), format: formatOf(file) });
  if ('faults' in loaded) throw new UsageFault(faultText(file, loaded.faults));
  const plan = withoutCycles(file, loaded.tasks);
  const graph = values.graph ? planGraph(plan, loaded.tasks) : null;
  process.stdout.write(values.json ? safeJson(dataOf(plan, graph)) : planText(plan) + block(graph));
  return 0;
}

/** @throws {UsageFault} that names each cycle. */
export function withoutCycles(file: string, tasks: PlanTask[]): BatchPlan {
  const plan = planBatches(tasks);
  const faults = cycleFaults(plan.cycles, plan.moreCycles);
  if (faults.length === 0) return plan;
  const place = file === '-' ? 'standard input' : file;
  throw new UsageFault(
    `${place} has ${faults.length === 1 ? faults[0] : `cycles\n${faults.map((fault) => `  ${fault}`).join('\n')}`}.`,
  );
}

/** Without what only a plan with faults has. */
function dataOf({ cycles, moreCycles, unplanned, faults, ...plan }: BatchPlan, graph: string[] | null) {
  return graph === null ? plan : { ...plan, graph: graph.join('\n') };
}

function block(graph: string[] | null): string {
  return graph === null ? '' : `\n${['```mermaid', ...graph, '```'].join('\n')}\n`;
}

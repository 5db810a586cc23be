/** Tasks and their links → the plan of batches (B1). */
import type { BatchPlan, PlanTask } from '../../model/batches.ts';
import { adviceOf } from './advice.ts';
import { criticalPath, longestWays } from './critical-path.ts';
import { cyclesOf } from './cycles.ts';
import { estimatesOf, toHours } from './estimates.ts';
import { graphOf, type PlanGraph } from './graph.ts';
import { layersOf } from './layers.ts';
import { matrixOf } from './matrix.ts';
import { softOrder, unmetLinks } from './soft-order.ts';

/** Pure, in near-linear time; the order of `tasks` and of their links does not matter. */
export function planBatches(tasks: readonly PlanTask[]): BatchPlan {
  const graph = graphOf(tasks);
  const { layers, stuck } = layersOf(graph);
  const batches = layers.map((layer) => softOrder(layer, graph.soft));
  const order = batches.flat();
  const { parts, assumed } = estimatesOf(graph.tasks);
  const ways = longestWays(graph, order, parts);
  const cycles = cyclesOf(graph.hard, stuck);
  const idOf = (node: number) => graph.tasks[node]?.id ?? '';
  return {
    batches: batches.map((batch) => batch.map(idOf)),
    criticalPath: { path: criticalPath(graph, layers[0] ?? [], ways).map(idOf), hours: toHours(ways.length) },
    parallelisation: share(batches, graph.tasks.length),
    advice: adviceOf(graph, order, parts, ways),
    hours: toHours(parts.reduce((sum, part) => sum + part, 0)),
    waits: waitsOf(graph),
    assumed,
    matrix: matrixOf(graph, order),
    cycles: cycles.cycles.map((cycle) => cycle.map(idOf)),
    moreCycles: cycles.more,
    unplanned: stuck.map(idOf),
    faults: graph.faults,
    unmet: unmetLinks(order, graph.soft).map(({ node, after }) => ({ task: idOf(node), after: idOf(after) })),
  };
}

function share(batches: readonly number[][], all: number): number {
  const beside = batches.reduce((sum, { length }) => sum + (length > 1 ? length : 0), 0);
  return all === 0 ? 0 : Math.round((1000 * beside) / all) / 10;
}

function waitsOf({ hard, soft }: PlanGraph): BatchPlan['waits'] {
  const withHard = hard.filter(({ length }) => length > 0).length;
  const onlySoft = hard.filter((list, node) => list.length === 0 && (soft[node]?.length ?? 0) > 0).length;
  return { hard: withHard, soft: onlySoft, none: hard.length - withHard - onlySoft };
}

/** The one hard link to drop or soften: what the plan would be without each of them, in near-linear time (B2). */
import type { Advice } from '../../model/batches.ts';
import { type Longest, longestWays } from './critical-path.ts';
import { toHours } from './estimates.ts';
import type { PlanGraph } from './graph.ts';

interface Link {
  task: number;
  dependsOn: number;
}

/**
 * Fewest hours on the critical path, then fewest batches, then the ids that come first. Null when no single link shortens it.
 * `order`: the planned nodes, dependencies first; `parts`: estimates.
 */
export function adviceOf(graph: PlanGraph, order: readonly number[], parts: readonly number[], hours: Longest): Advice | null {
  const place = placesOf(order, parts.length);
  const links = order
    .toSorted((a, b) => a - b)
    .flatMap((task) => (graph.hard[task] ?? []).map((dependsOn): Link => ({ task, dependsOn })));
  const steps = parts.map(() => 1);
  const batches = longestWays(graph, order, steps);
  const hoursWithout = lengthsWithout(links, order, place, hours);
  const batchesWithout = lengthsWithout(links, order, place, batches);
  let best = { index: -1, hours: hours.length, batches: batches.length };
  for (const index of links.keys()) {
    const [h, b] = [hoursWithout[index] ?? hours.length, batchesWithout[index] ?? batches.length];
    if (h < best.hours || (h === best.hours && b < best.batches)) best = { index, hours: h, batches: b };
  }
  const link = links[best.index];
  return link === undefined
    ? null
    : {
        task: graph.tasks[link.task]?.id ?? '',
        dependsOn: graph.tasks[link.dependsOn]?.id ?? '',
        batches: { before: batches.length, after: best.batches },
        hours: { before: toHours(hours.length), after: toHours(best.hours) },
      };
}

function placesOf(order: readonly number[], size: number): Int32Array {
  const place = new Int32Array(size);
  for (const [index, node] of order.entries()) place[node] = index;
  return place;
}

/**
 * By link: the longest way that does not use it. Cut the order right behind the link's dependency: every way lies before
 * the cut, behind it, or crosses it on exactly one link. So the two longest crossings of each cut tell it for all links.
 */
function lengthsWithout(links: readonly Link[], order: readonly number[], place: Int32Array, ways: Longest): number[] {
  const through = links.map(({ task, dependsOn }) => (ways.upTo[dependsOn] ?? 0) + (ways.from[task] ?? 0));
  const { first, second } = longestCrossings(links, through, order.length, place);
  const before = runningMost(order.map((node) => ways.upTo[node] ?? 0));
  const behind = runningMost(order.toReversed().map((node) => ways.from[node] ?? 0)).reverse();
  return links.map(({ dependsOn }, index) => {
    const cut = place[dependsOn] ?? 0;
    const other = first[cut] === index ? second[cut] : first[cut];
    const crossing = other === undefined || other < 0 ? 0 : (through[other] ?? 0);
    return Math.max(crossing, before[cut] ?? 0, behind[cut + 1] ?? 0);
  });
}

/** By cut: the two links with the longest ways through them, -1 for none. Longest first, each cut is filled at most twice. */
function longestCrossings(links: readonly Link[], through: readonly number[], cuts: number, place: Int32Array) {
  const first = new Int32Array(cuts).fill(-1);
  const second = new Int32Array(cuts).fill(-1);
  const notFull = Int32Array.from({ length: cuts + 1 }, (_, cut) => cut);
  const nextFrom = (cut: number): number => {
    let at = cut;
    while (notFull[at] !== at) {
      const skipped = notFull[notFull[at] ?? at] ?? at;
      notFull[at] = skipped;
      at = skipped;
    }
    return at;
  };
  for (const index of [...links.keys()].sort((a, b) => (through[b] ?? 0) - (through[a] ?? 0))) {
    const link = links[index];
    if (link === undefined) continue;
    const end = place[link.task] ?? 0;
    for (let cut = nextFrom(place[link.dependsOn] ?? 0); cut < end; cut = nextFrom(cut + 1)) {
      if (first[cut] === -1) first[cut] = index;
      else {
        second[cut] = index;
        notFull[cut] = cut + 1;
      }
    }
  }
  return { first, second };
}

function runningMost(values: readonly number[]): number[] {
  let most = 0;
  return values.map((value) => {
    most = Math.max(most, value);
    return most;
  });
}

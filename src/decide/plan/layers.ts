/** Layers: a task's batch is 1 + the latest batch of its hard dependencies. */
import type { PlanGraph } from './graph.ts';

export interface Layers {
  /** Nodes by batch, ascending within each. */
  layers: number[][];
  /** Nodes in a cycle or behind one, ascending. */
  stuck: number[];
}

export function layersOf({ hard, dependents }: Pick<PlanGraph, 'hard' | 'dependents'>): Layers {
  const waitsFor = hard.map((list) => list.length);
  const layers: number[][] = [];
  let ready = [...waitsFor.keys()].filter((node) => waitsFor[node] === 0);
  while (ready.length > 0) {
    layers.push(ready);
    const next: number[] = [];
    for (const node of ready) {
      for (const dependent of dependents[node] ?? []) {
        const left = (waitsFor[dependent] ?? 0) - 1;
        waitsFor[dependent] = left;
        if (left === 0) next.push(dependent);
      }
    }
    ready = next.sort((a, b) => a - b);
  }
  return { layers, stuck: [...waitsFor.keys()].filter((node) => (waitsFor[node] ?? 0) > 0) };
}

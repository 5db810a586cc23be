/** Plans once and once more in a heap of its own, as the app does: the sandbox's world is not in it, and nothing is warm. */
import { parentPort, workerData } from 'node:worker_threads';
import { fullPlan } from '../src/decide/sweep/full-plan.ts';
import type { BoardFacts } from '../src/model/board-facts.ts';

const { facts, times }: { facts: BoardFacts; times: number } = workerData;
const taken = Array.from({ length: times }, () => {
  const started = performance.now();
  const { shipOrder } = fullPlan(facts);
  return { ms: performance.now() - started, ranked: shipOrder.length };
});
parentPort?.postMessage(taken);

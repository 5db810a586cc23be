/** Decides once and again in a heap of its own: nothing is warm, as in an app that has just started. */
import { parentPort, workerData } from 'node:worker_threads';
import { decide } from '../src/decide/decide.ts';
import type { Facts } from '../src/model/lane-facts.ts';
import type { Trigger } from '../src/model/trigger.ts';

const { trigger, facts, times }: { trigger: Trigger; facts: Facts; times: number } = workerData;
const taken = Array.from({ length: times }, () => {
  const started = performance.now();
  const effects = decide(trigger, facts);
  return { ms: performance.now() - started, writes: effects?.github.length ?? 0 };
});
parentPort?.postMessage(taken);

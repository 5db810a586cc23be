/** How planning batches grows: 100, 1,000 and 10,000 tasks with five links each, from the file's text to the plan (B1, B2). */
import { loadTasks } from '../src/config/load-tasks.ts';
import { planBatches } from '../src/decide/plan/batches.ts';
import type { Figure } from './figure.ts';

const SIZES = [100, 1_000, 10_000];
const LINKS = 5;
const ROUNDS = 5;
/** Links a task reaches back at the most, in shares of the plan: deep and wide at once. */
const REACH = 0.2;

export async function measureBatches(): Promise<Figure[]> {
  const files = SIZES.map((size) => ({
    size,
    text: JSON.stringify({ tasks: many(size) }),
    plan: [] as number[],
    whole: [] as number[],
  }));
  // In turns, so that a slow minute of the machine slows all of them down; the first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { size, text, plan, whole } of files) {
      const took = time(text, size, 10_000 / size);
      if (round > 0) {
        plan.push(took.plan);
        whole.push(took.whole);
      }
    }
  }
  const least = (size: number) => Math.min(...(files.find((file) => file.size === size)?.plan ?? []));
  const largest = files.at(-1);
  return [
    ...SIZES.map((size) => seconds(size, least(size))),
    {
      name: 'the same 10000 tasks, with reading and checking the file',
      value: Math.min(...(largest?.whole ?? [])),
      unit: 's',
      goal: null,
    },
    growth(100, 1_000, least),
    { ...growth(1_000, 10_000, least), goal: { is: 'at most', value: allowed(1_000, 10_000) } },
  ];
}

function seconds(size: number, value: number): Figure {
  const name = `batches, critical path and advice of ${size} tasks with about ${size * LINKS} links, best of ${ROUNDS}`;
  return { name, value, unit: 's', goal: size === 10_000 ? { is: 'at most', value: 1 } : null };
}

function growth(from: number, to: number, timeOf: (size: number) => number): Figure {
  const name = `batches of ${to} ÷ batches of ${from} tasks (n log n: ${allowed(from, to)})`;
  return { name, value: timeOf(to) / timeOf(from), unit: '×', goal: null };
}

/** n log n, and half as much again: what fits a small cache does not fit a big one. */
function allowed(from: number, to: number): number {
  return Number(((1.5 * to * Math.log(to)) / (from * Math.log(from))).toFixed(1));
}

/** Seconds for one, of `times` made one after the other. */
function time(text: string, size: number, times: number): { plan: number; whole: number } {
  const begun = performance.now();
  let planning = 0;
  for (let i = 0; i < times; i++) {
    const loaded = loadTasks({ text, format: 'json' });
    if ('faults' in loaded) throw new Error(loaded.faults[0]?.message);
    const started = performance.now();
    const plan = planBatches(loaded.tasks);
    planning += performance.now() - started;
    if (plan.batches.flat().length !== size) throw new Error(`${plan.unplanned.length} tasks are in no batch`);
  }
  return { plan: planning / 1000 / times, whole: (performance.now() - begun) / 1000 / times };
}

/** Ids and links are only spread; the first ones have fewer links. */
function many(size: number) {
  const id = (index: number) => `task-${(index * 7919) % size}`;
  return Array.from({ length: size }, (_, i) => ({
    id: id(i),
    title: `Task ${i}`,
    estimate: ((i * 31) % 16) / 2 + 0.5,
    depends: [
      ...new Set(Array.from({ length: LINKS }, (_, k) => i - 1 - ((i * 17 + k * 7907) % Math.max(1, Math.floor(size * REACH))))),
    ]
      .filter((to) => to >= 0)
      .map(id),
    after: i > 9 && i % 3 === 0 ? [id(i - 10)] : [],
  }));
}

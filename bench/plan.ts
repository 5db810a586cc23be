/** How planning a file of sessions grows: 1,000, 10,000 and 100,000 of them, from its bytes to the plan as JSON (W13). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_CONFIG } from '../src/config/load-config.ts';
import { loadSessions } from '../src/config/load-sessions.ts';
import { planFile } from '../src/decide/sweep/plan-file.ts';
import type { FilePlan } from '../src/model/plan.ts';
import { planText } from '../src/render/sweep/plan-text.ts';
import type { Figure } from './figure.ts';

const SIZES = [1_000, 10_000, 100_000];
const ROUNDS = 5;
const STATUSES = ['pr-ready', 'PR created', 'needs-more-work', 'needs more work', 'archived'];

export async function measurePlan(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'playcaller-plan-'));
  try {
    const files = SIZES.map((size) => ({ size, path: join(dir, `${size}.json`), times: [] as number[] }));
    for (const { size, path } of files) writeFileSync(path, JSON.stringify(many(size)));
    // In turns, so that a slow minute of the machine slows all of them down; small ones often enough to be seen.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const { size, path, times } of files) {
        const took = time(path, 100_000 / size);
        // The first round warms up.
        if (round > 0) times.push(took);
      }
    }
    // What else the machine does only adds time: the least is nearest to the truth.
    const least = files.map(({ times }) => Math.min(...times));
    const timeOf = (size: number) => least[SIZES.indexOf(size)] ?? Number.NaN;
    const last = files.at(-1)?.path ?? '';
    return [
      ...SIZES.map((size) => seconds(`plan of ${size} sessions from a file, best of ${ROUNDS}`, timeOf(size), size)),
      growth(1_000, 10_000, timeOf),
      growth(10_000, 100_000, timeOf),
      // Over the whole span the collector's moods weigh least: this one is the goal.
      { ...growth(1_000, 100_000, timeOf), goal: { is: 'at most', value: allowed(1_000, 100_000) } },
      { name: 'plan of 100000 sessions: text for the terminal', value: timeText(last), unit: 's', goal: null },
      { name: 'plan of 100000 sessions: memory that the plan holds', value: held(last), unit: 'MB', goal: null },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function seconds(name: string, value: number, size: number): Figure {
  return { name, value, unit: 's', goal: size === 100_000 ? { is: 'at most', value: 1 } : null };
}

/** How many times as long, beside what n log n allows. */
function growth(from: number, to: number, timeOf: (size: number) => number): Figure {
  const name = `plan of ${to} ÷ plan of ${from} sessions (n log n: ${allowed(from, to)})`;
  return { name, value: timeOf(to) / timeOf(from), unit: '×', goal: null };
}

function allowed(from: number, to: number): number {
  return Number(((to * Math.log(to)) / (from * Math.log(from))).toFixed(1));
}

/** Seconds for one plan, of `times` made one after the other. */
function time(path: string, times: number): number {
  collect();
  const started = performance.now();
  for (let i = 0; i < times; i++) JSON.stringify(planOf(path));
  return (performance.now() - started) / 1000 / times;
}

function timeText(path: string): number {
  const plan = planOf(path);
  const started = performance.now();
  planText(plan);
  return (performance.now() - started) / 1000;
}

function held(path: string): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  const plan = planOf(path);
  collect();
  const after = process.memoryUsage().heapUsed;
  if (plan.observed !== 100_000) throw new Error(`${plan.observed} sessions were planned`);
  return (after - before) / 1024 / 1024;
}

function planOf(path: string): FilePlan {
  const { capacity, reserve, categories } = DEFAULT_CONFIG;
  const loaded = loadSessions({ text: readFileSync(path, 'utf8'), format: 'json', today: '2026-11-21', categories });
  if ('faults' in loaded) throw new Error(loaded.faults[0]?.message);
  return planFile(loaded.sessions, { capacity, reserve, categories });
}

/** Every status, blocker and tie is among them; the numbers only have to be spread. */
function many(size: number) {
  return Array.from({ length: size }, (_, i) => ({
    name: `session-${(i * 7919) % size}`,
    status: STATUSES[i % STATUSES.length],
    category: DEFAULT_CONFIG.categories[i % 7] ?? null,
    remaining_steps: (i * 31) % 23,
    blocked: i % 9 === 0,
    blocker: i % 9 === 0 ? `waits for #${i}` : null,
    age_days: (i * 17) % 97,
  }));
}

/** Node gives the collector only by a flag, which may be set later too. */
function collect(): void {
  setFlagsFromString('--expose_gc');
  const gc: unknown = runInNewContext('gc');
  if (typeof gc === 'function') gc();
}

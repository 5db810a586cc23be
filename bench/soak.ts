/** Ten minutes of mixed load (`SOAK_MINUTES` for another length): memory stays flat, nothing piles up, nothing fails. */
import { setTimeout } from 'node:timers/promises';
import { until } from '../src/sandbox/story/until.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';
import { makeManyKeys } from './many-keys.ts';
import { startMeasured } from './processes.ts';
import { type Scraped, scrape } from './scrape.ts';
import { deliverOne, liveSessions } from './soak-load.ts';
import { type Sample, steadiness } from './steadiness.ts';

const MINUTES = 10;
const KEYS = 60;
/** Deliveries a second: about 860,000 a day. */
const PER_SECOND = 10;
/** A session begins with each, and others go on; between two sweeps of ours there are 20. */
const STEP_MS = 3_000;
const LOOK_MS = 5_000;
/** Garbage collections that are asked for, over the whole time. */
const HEAPS = 12;
const PATIENCE_MS = 120_000;
const MIB = 1024 * 1024;

/**
 * More than 10 % in the last third over the second is a leak; less is moved by when a garbage collection happens to come,
 * and by code that is compiled late. 2 kB kept of each delivery would show: 2,000 deliveries are one third.
 */
const FLAT = { is: 'at most', value: 1.1 } as const;

export async function measureSoak(): Promise<Figure[]> {
  const minutes = Number(process.env.SOAK_MINUTES ?? MINUTES);
  const keys = await makeManyKeys(KEYS, 10);
  const faults: string[] = [];
  const live: Sample[] = [];
  const env = { ...keys.env, LOG_LEVEL: 'info', NODE_OPTIONS: `--import=${new URL('./live-heap.ts', import.meta.url)}` };
  const app = await startMeasured('../src/main.ts', '/readyz', env, watchLog(faults, live));
  keys.connect(app.origin);
  const life = liveSessions(keys.url);
  const end = performance.now() + minutes * 60_000;
  const looks: { at: number; seen: Scraped }[] = [];
  let delivered = 0;
  try {
    await Promise.all([
      every(STEP_MS, end, life.step),
      every(1000 / PER_SECOND, end, async () => {
        const payload = keys.deliveries[delivered % keys.deliveries.length];
        if (payload) await deliverOne(app.origin, payload);
        delivered += 1;
      }),
      every(LOOK_MS, end, async () => {
        looks.push({ at: performance.now() / 1000, seen: await scrape(app.origin) });
      }),
      // Seldom, so that the memory of the process is what it would be without.
      every((minutes * 60_000) / HEAPS, end, async () => void process.kill(app.pid, 'SIGUSR2')),
    ]);
    const last = await until(
      () => scrape(app.origin),
      ({ sum }) => sum('playcaller_queue_depth') === 0,
      PATIENCE_MS,
    );
    if (!last.last) throw new Error(`the app does not answer: ${last.error}`);
    return figures(minutes, { looks, live }, last.last, { sessions: life.begun(), faults });
  } finally {
    await app.stop();
    await keys.close();
  }
}

/** What is due at fixed times; who is late does not make up for what was missed. */
async function every(ms: number, end: number, work: () => Promise<void>): Promise<void> {
  for (let due = performance.now(); due < end; due = Math.max(due + ms, performance.now())) {
    await setTimeout(Math.max(0, due - performance.now()));
    await work();
  }
}

/** Keeps lines of errors and what is left of the heap, wherever the pieces of the log are cut. */
function watchLog(faults: string[], live: Sample[]): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, bytes] = /^\{"liveHeap":(\d+)\}$/.exec(line) ?? [];
      if (bytes !== undefined) live.push({ at: performance.now() / 1000, value: Number(bytes) / MIB });
      else if (/^\{"level":"(error|fatal)"/.test(line)) faults.push(line);
    }
  };
}

interface Course {
  looks: { at: number; seen: Scraped }[];
  live: Sample[];
}

function figures(
  minutes: number,
  { looks, live }: Course,
  last: Scraped,
  load: { sessions: number; faults: string[] },
): Figure[] {
  for (const line of load.faults.slice(0, 3)) process.stderr.write(`${line}\n`);
  const start = looks[0]?.at ?? 0;
  const course = (metric: string, unit = 1): Sample[] =>
    looks.map(({ at, seen }) => ({ at: at - start, value: seen.sum(metric) / unit }));
  const resident = steadiness(course('playcaller_process_resident_memory_bytes', MIB));
  const heap = steadiness(live.map(({ at, value }) => ({ at: at - start, value })));
  const handles = steadiness(course('playcaller_nodejs_active_resources_total'));
  const lag = course('playcaller_nodejs_eventloop_lag_p99_seconds').map(({ value }) => value * 1000);
  const name = `soak of ${minutes} minutes`;
  const told = (what: string, value: number, unit = '', goal: Figure['goal'] = null): Figure => ({
    name: `${name}: ${what}`,
    value,
    unit,
    goal,
  });
  const none = { is: 'at most', value: 0 } as const;
  return [
    told('memory, last third ÷ second third', resident.growth, '×', FLAT),
    told('memory, median', resident.median, 'MiB'),
    told('memory, growth by least squares over the last two thirds', resident.perHour, 'MiB/h'),
    told('memory, highest above the median', resident.above, 'MiB'),
    told('heap without garbage, last third ÷ second third', heap.growth, '×', FLAT),
    told('heap without garbage, median', heap.median, 'MiB'),
    told('heap without garbage, growth by least squares', heap.perHour, 'MiB/h'),
    told('open handles, last third ÷ second third', handles.growth, '×', FLAT),
    told('event-loop lag, median of the 99th percentiles', percentile(lag, 0.5), 'ms'),
    told('lanes that wait at the end', last.sum('playcaller_queue_depth'), '', none),
    told('parked', last.sum('playcaller_parked'), '', none),
    told('error lines in the log', load.faults.length, '', none),
    told('deliveries taken', last.sum('playcaller_deliveries_total')),
    told('sessions begun', load.sessions),
    told('looks', last.sum('playcaller_handled_seconds_count')),
  ];
}

/** 1, 2 and 4 replicas on one PostgreSQL with 100 ms for each call to GitHub: how much more each adds (A4). */
import { availableParallelism, cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { databaseUrl, freshSchema } from '../test/store/worlds.ts';
import type { Figure } from './figure.ts';
import { round } from './figure.ts';
import { flatOut } from './load.ts';
import { type ManyKeys, makeManyKeys } from './many-keys.ts';
import { type Measured, startMeasured } from './processes.ts';
import { measureLanes } from './replica-lanes.ts';
import { scrape } from './scrape.ts';

const LATENCY_MS = 100;
const KEYS = 600;
/** What a replica loads with its first work is no part of its speed. */
const WARM_UP = KEYS / 4;
const COUNTS = [1, 2, 4];
const LOOK_MS = 20;
const PATIENCE_MS = 300_000;
/** More than that, and the cores are what everything waits for. */
const BUSY = 0.85;

export async function measureReplicas(): Promise<Figure[]> {
  if (!databaseUrl) {
    process.stderr.write('replicas: left out, as TEST_DATABASE_URL is not set; with SQLite one replica is all.\n');
    return [];
  }
  const runs: Run[] = [];
  for (const count of COUNTS) runs.push(await run(count));
  const whole = runs.flatMap((one) => figures(one, runs[0]?.perSecond ?? one.perSecond));
  return [...whole, ...(await lanesAlone())];
}

/** Without the computing, which on one machine all replicas share: whether store and lanes let more of them do more. */
async function lanesAlone(): Promise<Figure[]> {
  const made: Figure[] = [];
  let one = 0;
  for (const count of COUNTS) {
    const perSecond = await measureLanes(count, LATENCY_MS);
    one ||= perSecond;
    const name = `${replicas(count)}, store and lanes alone, two calls of ${LATENCY_MS} ms each`;
    made.push({ name: `${name}: lanes handled`, value: perSecond, unit: '/s', goal: null });
    // Near-linear until database and processes have used up the cores.
    const goal = { is: 'at least' as const, value: 0.9 * count };
    if (count > 1) made.push({ name: `${name}: ÷ one replica`, value: perSecond / one, unit: '', goal });
  }
  return made;
}

function replicas(count: number): string {
  return count === 1 ? '1 replica' : `${count} replicas`;
}

interface Run {
  count: number;
  /** Subjects that got their card or verdict. */
  perSecond: number;
  /** Cores that apps and sandbox took. */
  cores: number;
  /** Share of the machine's cores that anybody took. */
  busy: number;
}

function figures({ count, perSecond, cores, busy }: Run, one: number): Figure[] {
  const all = availableParallelism();
  const bound = busy > BUSY ? `bound by the ${all} cores of this machine` : 'bound by latency';
  const name = `${replicas(count)}, ${LATENCY_MS} ms a call, ${bound}`;
  return [
    { name: `${name}: subjects handled`, value: perSecond, unit: '/s', goal: null },
    ...(count === 1 ? [] : [{ name: `${name}: ÷ one replica`, value: perSecond / one, unit: '', goal: null }]),
    { name: `${name}: cores taken by apps and GitHub`, value: cores, unit: `of ${all}`, goal: null },
  ];
}

async function run(count: number): Promise<Run> {
  const keys = await makeManyKeys(KEYS, 1);
  const schema = await freshSchema();
  const env = { ...keys.env, DATABASE_URL: schema.url };
  const apps = await Promise.all(Array.from({ length: count }, () => startMeasured('../src/main.ts', '/readyz', env)));
  try {
    await slow(keys);
    const spread = apps.map(({ origin }, index) => ({
      url: `${origin}/api/github/webhooks`,
      payloads: keys.deliveries.filter((_, at) => at % count === index),
    }));
    const sending = Promise.all(spread.map((load) => flatOut(load, load.payloads.length)));
    await answered(keys, WARM_UP);
    const [started, since, own, machine] = [performance.now(), await cpuOf(apps), process.cpuUsage(), machineTimes()];
    const before = keys.answered();
    await sending;
    await answered(keys, KEYS);
    const seconds = (performance.now() - started) / 1000;
    const used = process.cpuUsage(own);
    const cores = ((await cpuOf(apps)) - since + (used.user + used.system) / 1e6) / seconds;
    const [total, idle] = machineTimes().map((ms, index) => ms - (machine[index] ?? 0));
    return { count, perSecond: (KEYS - before) / seconds, cores, busy: 1 - (idle ?? 0) / (total ?? 1) };
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
    await keys.close();
    await schema.end();
  }
}

async function answered(keys: ManyKeys, wanted: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (keys.answered() < wanted) {
    if (performance.now() > until)
      throw new Error(`${round(keys.answered())} of ${wanted} were answered within ${PATIENCE_MS} ms`);
    await setTimeout(LOOK_MS);
  }
}

async function slow({ url }: ManyKeys): Promise<void> {
  const body = JSON.stringify({ latencyMs: LATENCY_MS, actor: 'playcaller[bot]' });
  const answer = await fetch(`${url}/_sandbox/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`the sandbox refused the latency: ${answer.status}`);
}

/** Of all cores together: all time, and idle time. */
function machineTimes(): [number, number] {
  const times = cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({ all: user + nice + sys + irq + idle, idle }));
  return [times.reduce((sum, { all }) => sum + all, 0), times.reduce((sum, { idle }) => sum + idle, 0)];
}

async function cpuOf(apps: readonly Measured[]): Promise<number> {
  const all = await Promise.all(apps.map(({ origin }) => scrape(origin)));
  return all.reduce((total, { sum }) => total + sum('playcaller_process_cpu_seconds_total'), 0);
}

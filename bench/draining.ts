/** 10,000 deliveries over 1,000 keys: taken by a real app through HTTP, left open by a crash, and worked off. */
import { setTimeout } from 'node:timers/promises';
import { smallGitHub } from '../test/start/app-process.ts';
import { flatOut } from './load.ts';
import type { ManyKeys } from './many-keys.ts';
import type { Measured } from './processes.ts';
import { startMeasured } from './processes.ts';
import { scrape } from './scrape.ts';

export const KEYS = 1_000;
export const DELIVERIES = 10_000;
const LOOK_MS = 50;
const PATIENCE_MS = 600_000;

/** Sends all of them, as fast as they are acknowledged. @returns seconds */
export async function send(app: Measured, { deliveries }: ManyKeys): Promise<number> {
  const perSecond = await flatOut({ url: `${app.origin}/api/github/webhooks`, payloads: deliveries }, deliveries.length);
  return deliveries.length / perSecond;
}

/** Takes them all while GitHub leaves every question open, so that none is done, and dies at work by SIGKILL. */
export async function leaveOpen(keys: ManyKeys, store: Record<string, string>): Promise<void> {
  const silent = await smallGitHub(() => undefined);
  const app = await startMeasured('../src/main.ts', '/readyz', { ...store, ...silent.env });
  try {
    await send(app, keys);
    const { sum } = await scrape(app.origin);
    if (sum('playcaller_queue_depth') !== KEYS) throw new Error(`${sum('playcaller_queue_depth')} lanes are open, not ${KEYS}`);
  } finally {
    await app.kill();
    await silent.close();
  }
}

export interface Drained {
  /** From `since` to the first look that had ended, and to the end of all; seconds. */
  firstSeconds: number;
  allSeconds: number;
  looks: number;
  /** Asked of GitHub. */
  calls: number;
  parked: number;
  /** Of the processor, of the app and of the process that plays GitHub, which is this one. */
  appCpuSeconds: number;
  githubCpuSeconds: number;
}

/** Watches until nothing waits any more. @param since by `performance.now()` */
export async function watchDrain(app: Measured, since = performance.now(), cpu = process.cpuUsage()): Promise<Drained> {
  let firstSeconds: number | null = null;
  for (;;) {
    const { sum } = await scrape(app.origin);
    const seconds = (performance.now() - since) / 1000;
    const looks = sum('playcaller_handled_seconds_count');
    if (looks > 0) firstSeconds ??= seconds;
    if (firstSeconds !== null && sum('playcaller_queue_depth') === 0) {
      const { user, system } = process.cpuUsage(cpu);
      return {
        firstSeconds,
        allSeconds: seconds,
        looks,
        calls: sum('playcaller_github_call_seconds_count'),
        parked: sum('playcaller_parked'),
        appCpuSeconds: sum('playcaller_process_cpu_seconds_total'),
        githubCpuSeconds: (user + system) / 1e6,
      };
    }
    if (seconds * 1000 > PATIENCE_MS) throw new Error('the app still has work');
    // Each look costs the app some milliseconds.
    await setTimeout(firstSeconds === null ? LOOK_MS : 4 * LOOK_MS);
  }
}

/** Else what went so fast was not the work. */
export function mustAnswerAll(keys: ManyKeys): void {
  if (keys.answered() < KEYS) throw new Error(`only ${keys.answered()} of ${KEYS} keys have their card or verdict`);
}

/** How fast what has piled up is worked off, on SQLite, with GitHub at 0 ms. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Drained } from './draining.ts';
import { DELIVERIES, KEYS, leaveOpen, mustAnswerAll, send, watchDrain } from './draining.ts';
import type { Figure } from './figure.ts';
import type { ManyKeys } from './many-keys.ts';
import { makeManyKeys } from './many-keys.ts';
import { startMeasured } from './processes.ts';

/** The dead worker's lanes are free again after its lease of 10 s; that wait is what `recovery` measures. */
const LEASES_END_MS = 11_000;

export async function measureDrain(): Promise<Figure[]> {
  return [...(await onKeys(DELIVERIES / KEYS, stored)), ...(await onKeys(DELIVERIES / KEYS, live))];
}

async function onKeys(each: number, measure: (keys: ManyKeys, dataDir: string) => Promise<Figure[]>): Promise<Figure[]> {
  const keys = await makeManyKeys(KEYS, each);
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-bench-'));
  try {
    return await measure(keys, dataDir);
  } finally {
    await keys.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** All are stored before the first is worked on. */
async function stored(keys: ManyKeys, dataDir: string): Promise<Figure[]> {
  await leaveOpen(keys, { DATA_DIR: dataDir });
  await setTimeout(LEASES_END_MS);
  const app = await startMeasured('../src/main.ts', '/readyz', { DATA_DIR: dataDir, ...keys.env });
  try {
    keys.connect(app.origin);
    const drained = await watchDrain(app);
    mustAnswerAll(keys);
    return figures(`${name()}, stored before`, drained, { is: 'at least', value: 300 });
  } finally {
    await app.stop();
  }
}

/** They come as fast as they are acknowledged, and are worked on from the first. */
async function live(keys: ManyKeys, dataDir: string): Promise<Figure[]> {
  const app = await startMeasured('../src/main.ts', '/readyz', { DATA_DIR: dataDir, ...keys.env });
  try {
    keys.connect(app.origin);
    const since = performance.now();
    const cpu = process.cpuUsage();
    const takenSeconds = await send(app, keys);
    const what = `${name()}, worked on while they come`;
    const drained = await watchDrain(app, since, cpu);
    mustAnswerAll(keys);
    return [
      ...figures(what, drained, { is: 'at least', value: 300 }),
      { name: `${what}: all acknowledged after`, value: takenSeconds, unit: 's', goal: null },
    ];
  } finally {
    await app.stop();
  }
}

function name(): string {
  return `drain of ${DELIVERIES.toLocaleString('en')} deliveries over ${KEYS.toLocaleString('en')} keys`;
}

function figures(what: string, drained: Drained, goal: Figure['goal']): Figure[] {
  if (drained.parked > 0) throw new Error(`${drained.parked} deliveries were parked`);
  const { allSeconds, looks, calls, appCpuSeconds, githubCpuSeconds } = drained;
  return [
    { name: what, value: DELIVERIES / allSeconds, unit: 'deliveries/s', goal },
    { name: `${what}: looks`, value: looks / allSeconds, unit: '/s', goal: null },
    { name: `${what}: deliveries for each look`, value: DELIVERIES / looks, unit: '', goal: null },
    { name: `${what}: calls`, value: calls, unit: '', goal: null },
    { name: `${what}: processor time of the app`, value: appCpuSeconds, unit: 's', goal: null },
    { name: `${what}: processor time of the GitHub beside it`, value: githubCpuSeconds, unit: 's', goal: null },
  ];
}

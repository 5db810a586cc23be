/** From the process's birth to ready, and what it weighs when idle with everything loaded. */
import { readFileSync } from 'node:fs';
import { smallGitHub } from '../test/start/app-process.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';
import { examplePayloads, flatOut } from './load.ts';
import { SECRET, startMeasured } from './processes.ts';

const STARTS = 7;
const SETTLE_MS = 3_000;

export async function measureStart(): Promise<Figure[]> {
  const github = await smallGitHub();
  const times: number[] = [];
  const fresh: number[] = [];
  const sizes: number[] = [];
  try {
    // The first start fills the compile cache, as a container's or a developer's first start does.
    for (let start = 0; start <= STARTS; start++) {
      const app = await startMeasured('../src/main.ts', '/readyz', github.env);
      if (start > 0) times.push(app.readyMs);
      if (start === STARTS) {
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
        fresh.push(residentMegabytes(app.pid));
        // One of each example, so that the handler and all that it needs is loaded.
        const payloads = examplePayloads(SECRET);
        await flatOut({ url: `${app.origin}/api/github/webhooks`, payloads }, payloads.length);
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
        sizes.push(residentMegabytes(app.pid));
      }
      await app.stop();
    }
  } finally {
    await github.close();
  }
  return [
    { name: 'start to ready, median', value: percentile(times, 0.5), unit: 'ms', goal: { is: 'at most', value: 1000 } },
    { name: 'memory when idle, just started', value: percentile(fresh, 0.5), unit: 'MB', goal: { is: 'at most', value: 150 } },
    {
      name: 'memory when idle, everything loaded',
      value: percentile(sizes, 0.5),
      unit: 'MB',
      goal: { is: 'at most', value: 150 },
    },
  ];
}

/** Linux only: where Playcaller runs. */
function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** A sweep over 1,000 open sessions: calls and time, memory of the app, and how long the plan itself takes. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { gather } from '../src/gather/gather.ts';
import type { BoardFacts } from '../src/model/board-facts.ts';
import { boardLane } from '../src/model/repo.ts';
import { APP_ID, REPO, type Stage, setStage } from '../test/apply/stage.ts';
import { bigBoard, boardTrigger } from '../test/sweep/big-board.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';
import { startMeasured } from './processes.ts';

const COUNT = 1000;
const SWEEPS = 5;
const HEAPS = 5;
const PLANS = 5;
/** Loads what the app loads with its first sweep. */
const SMALL = 'acme/small';
const MIB = 1024;

export async function measureSweep(): Promise<Figure[]> {
  const stage = await setStage();
  try {
    await control(stage, 'rate-limit', { limit: 100_000 });
    await stage.alice.rest.repos.createInOrg({ org: 'acme', name: 'small', auto_init: true });
    const dayBefore = new Date(Date.now() - 24 * 3_600_000).toISOString();
    // As a repository grows: its first sweep finds nothing, and makes the tracker.
    for (let look = 0; look < 2; look++) await stage.handle(boardTrigger(stage, dayBefore));
    await bigBoard(stage, COUNT, dayBefore);
    return [...(await inApp(stage)), ...(await planning(await factsOf(stage)))];
  } finally {
    await stage.close();
  }
}

/** By the app as it is started for real, on the same store. */
async function inApp(stage: Stage): Promise<Figure[]> {
  const app = await startMeasured('../src/main.ts', '/readyz', stage.env);
  try {
    await sweep(stage, SMALL);
    const before = memory(app.pid, 'VmRSS');
    const runs: { calls: number; seconds: number; lanes: number }[] = [];
    runs.push(await sweep(stage, REPO));
    const highest = memory(app.pid, 'VmHWM') - before;
    // One after the other, without the pause in which the heap would shrink: a leak would show.
    while (runs.length < SWEEPS) runs.push(await sweep(stage, REPO));
    const name = `sweep of ${COUNT} sessions`;
    const most = (of: 'calls' | 'lanes') => Math.max(...runs.map((run) => run[of]));
    return [
      {
        name: `${name}: calls`,
        value: most('calls'),
        unit: '',
        goal: { is: 'at most', value: 30 },
      },
      { name: `${name}: lanes woken though nothing differs`, value: most('lanes'), unit: '', goal: { is: 'at most', value: 0 } },
      {
        name: `${name}, median`,
        value: percentile(
          runs.map(({ seconds }) => seconds),
          0.5,
        ),
        unit: 's',
        goal: null,
      },
      {
        name: `${name}: memory of the app at its highest, grown by`,
        value: highest,
        unit: 'MiB',
        goal: { is: 'at most', value: 60 },
      },
      {
        name: `${name}: memory of the app after ${SWEEPS} in a row, grown by`,
        value: memory(app.pid, 'VmRSS') - before,
        unit: 'MiB',
        goal: null,
      },
    ];
  } finally {
    await app.stop();
  }
}

/** Asked for as `/session sweep` does; over when the board's lane is empty again. */
async function sweep(stage: Stage, repo: string): Promise<{ calls: number; seconds: number; lanes: number }> {
  const { inbox } = stage.store;
  const { installationId } = stage;
  await stage.calls();
  const input = { kind: 'board' as const, reason: 'command' as const, sender: null };
  const inputs = [{ repo, installationId, address: { to: 'board' as const }, input }];
  await inbox.receive([{ guid: randomUUID(), event: 'bench', receivedAt: new Date().toISOString(), inputs }]);
  const lane = boardLane(repo);
  while ((await inbox.lane(lane))?.held === false) await setTimeout(2);
  const started = performance.now();
  let lanes = 0;
  for (let depth = 1; depth > 0; { depth } = await inbox.figures()) {
    lanes = Math.max(lanes, depth - 1);
    await setTimeout(2);
  }
  return { calls: (await stage.calls()).length, seconds: (performance.now() - started) / 1000, lanes };
}

async function factsOf(stage: Stage): Promise<BoardFacts> {
  const { client, store } = stage;
  const trigger = boardTrigger(stage, new Date().toISOString());
  const facts = await gather(trigger, { client, ledger: store.ledger, appId: APP_ID });
  if (facts.kind !== 'board') throw new Error(`these are facts of kind ${facts.kind}`);
  return facts;
}

/** A sweep plans once, in a process that has not planned for a day: the first plan of each heap counts. */
async function planning(facts: BoardFacts): Promise<Figure[]> {
  const first: number[] = [];
  const later: number[] = [];
  for (let heap = 0; heap < HEAPS; heap++) {
    const worker = new Worker(new URL('./sweep-plan.ts', import.meta.url), { workerData: { facts, times: PLANS } });
    const [plans]: { ms: number; ranked: number }[][] = await once(worker, 'message');
    if (!plans?.every(({ ranked }) => ranked >= COUNT - 1)) throw new Error('sessions are missing in the plan');
    const [one = Number.NaN, ...more] = plans.map(({ ms }) => ms);
    first.push(one);
    later.push(...more);
  }
  const name = `plan of ${COUNT} sessions`;
  return [
    {
      name: `${name}, the first of a process, median of ${HEAPS}`,
      value: percentile(first, 0.5),
      unit: 'ms',
      goal: { is: 'at most', value: 100 },
    },
    { name: `${name}, later ones, median`, value: percentile(later, 0.5), unit: 'ms', goal: null },
  ];
}

/** Of a process, in MiB, as Linux tells it. */
function memory(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const kib = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / MIB;
}

async function control({ url }: Stage, path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/_sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
}

/** The worker's places: neither an installation at its limit nor a lane that always fails keeps others waiting. */
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GITHUB_COM, Pace } from '../../src/github/pace.ts';
import { startWorker, type Worker } from '../../src/intake/worker.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import { sortError } from '../../src/start/sort-error.ts';
import { temporaryStore } from './deliver.ts';

let opened: Awaited<ReturnType<typeof temporaryStore>>;
let worker: Worker | null;
beforeEach(async () => {
  opened = await temporaryStore();
});
afterEach(async () => {
  await worker?.stop(100);
  await opened.remove();
});

const LIMITED = 1;
const FREE = 2;

async function receive(installationId: number, repo: string, count: number): Promise<void> {
  await opened.store.inbox.receive(
    Array.from({ length: count }, (_, index) => ({
      guid: `${repo}-${index}`,
      event: 'issues.edited',
      receivedAt: new Date().toISOString(),
      inputs: [
        {
          repo,
          installationId,
          address: { to: 'subject' as const, number: index + 1 },
          input: { kind: 'change' as const, event: 'issues.edited', sender: 'alice', labels: [], isPull: false },
        },
      ],
    })),
  );
}

function start(handle: (trigger: Trigger) => Promise<void>): void {
  worker = startWorker({
    inbox: opened.store.inbox,
    log: pino({ level: 'silent' }),
    handle,
    sortError,
    tallied: (_, work) => work(),
    now: () => new Date(),
    pollMs: 20,
  });
}

const until = async (check: () => boolean): Promise<void> => {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('an installation at its limit does not take the places of all', async () => {
  await receive(LIMITED, 'acme/limited', 100);
  await receive(FREE, 'other/free', 50);
  // Whoever sits out a wait does so until the test is over: what holds a place holds it for ever.
  const asleep: (() => void)[] = [];
  let clock = 0;
  const pace = new Pace(
    { ...GITHUB_COM, writesPerMinute: 1 },
    { nowMs: () => clock, sleep: () => new Promise((resolve) => asleep.push(resolve)) },
  );
  const write = () => pace.run({ writes: 1, resource: 'graphql' }, async () => undefined);
  await write();
  clock = 57_000;
  let free = 0;
  start(async (trigger) => {
    if (trigger.installationId === LIMITED) return write();
    free += 1;
  });
  await until(() => free === 50);
  expect(asleep.length).toBeGreaterThan(0);
  expect(asleep.length).toBeLessThanOrEqual(4);
  clock = 200_000;
  for (const wake of asleep) wake();
});

test('a lane that always fails does not block its neighbours', async () => {
  await receive(FREE, 'acme/shop', 60);
  const done = new Set<number>();
  let failed = 0;
  start(async (trigger) => {
    const number = trigger.kind === 'board' ? 0 : trigger.number;
    if (number === 1) {
      failed += 1;
      throw new Error('poison');
    }
    done.add(number);
  });
  await until(() => done.size === 59 && failed > 0);
  expect((await opened.store.inbox.lane('acme/shop#1'))?.error).toBe('poison');
});

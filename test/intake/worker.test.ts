/** The worker on a real store: order, coalescing, one command at a time, later, parked, lost leases, drain. */

import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/intake/backoff.ts';
import { backoffMs, isLastAttempt, MOST_LOST } from '../../src/intake/backoff.ts';
import type { HandledRun, Worker, WorkerParts } from '../../src/intake/worker.ts';
import { startWorker } from '../../src/intake/worker.ts';
import type { Addressed, BoardReason, Input, Trigger } from '../../src/model/trigger.ts';
import type { Inbox } from '../../src/store/inbox-types.ts';
import { temporaryStore } from './deliver.ts';

class Sorted extends Error {
  readonly verdict: Verdict;
  constructor(verdict: Verdict) {
    super(`sorted: ${verdict.kind}`);
    this.verdict = verdict;
  }
}

let opened: Awaited<ReturnType<typeof temporaryStore>>;
let worker: Worker | null;
let seen: Trigger[];
let runs: HandledRun[];
let lines: { level: number; msg: string }[];
let guids = 0;

beforeEach(async () => {
  opened = await temporaryStore();
  worker = null;
  seen = [];
  runs = [];
  lines = [];
});

afterEach(async () => {
  await worker?.stop(1000);
  await opened.remove();
});

function start(handle: (trigger: Trigger) => Promise<void> | void = () => undefined, more: Partial<WorkerParts> = {}): void {
  worker = startWorker({
    inbox: opened.store.inbox,
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) }),
    async handle(trigger) {
      seen.push(trigger);
      await handle(trigger);
    },
    sortError: (error) => (error instanceof Sorted ? error.verdict : { kind: 'failed' }),
    tallied: (tally, work) => {
      tally.calls = 3;
      return work();
    },
    onHandled: (run) => runs.push(run),
    now: () => new Date(),
    pollMs: 20,
    ...more,
  });
}

async function receive(...inputs: Addressed[]): Promise<void> {
  for (const input of inputs) {
    guids += 1;
    await opened.store.inbox.receive([
      { guid: `guid-${guids}`, event: 'issues.edited', receivedAt: new Date().toISOString(), inputs: [input] },
    ]);
  }
}

/** As workers do that die with this lane in hand. */
async function loseLeases(lane: string, times: number): Promise<void> {
  for (let lost = 0; lost < times; lost += 1) {
    const [work] = await opened.store.inbox.lease(1, 1, lane);
    if (!work) throw new Error('nothing to lease');
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

function to(number: number, input: Input): Addressed {
  return { repo: 'acme/shop', installationId: 5, address: { to: 'subject', number }, input };
}
const change = (number: number, event = 'issues.edited') =>
  to(number, { kind: 'change', event, sender: 'alice', labels: [], isPull: false });
const command = (number: number, body: string) =>
  to(number, { kind: 'command', commentId: 'IC_1', body, author: 'bob', isPull: false, labels: [] });
const board = (reason: BoardReason): Addressed => ({
  repo: 'acme/shop',
  installationId: 5,
  address: { to: 'board' },
  input: { kind: 'board', reason, sender: null },
});

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 5));
}
const idle = async () => (await opened.store.inbox.figures()).depth === 0;

function short(trigger: Trigger): string {
  if (trigger.kind === 'command') return `${trigger.number} ${trigger.command.body}`;
  if (trigger.kind === 'board') return `board ${trigger.reasons.join(',')}`;
  return `${trigger.number} ${trigger.changes.map(({ event }) => event).join(',')}`;
}

test('changes that wait are handled as one; commands one by one and in their place', async () => {
  await receive(change(1, 'a'), change(1, 'b'), command(1, '/session start'), command(1, '/session log x'), change(1, 'c'));
  start();
  await until(idle);
  expect(seen.map(short)).toEqual(['1 a,b', '1 /session start', '1 /session log x', '1 c']);
  expect(seen[0]).toMatchObject({ kind: 'subject', repo: 'acme/shop', number: 1, installationId: 5 });
  expect(runs.map(({ outcome, calls }) => [outcome, calls])).toEqual(Array(4).fill(['done', 3]));
});

test('board reasons that wait are handled as one, each reason once', async () => {
  await receive(board('schedule'), board('capacity'), board('schedule'));
  start();
  await until(idle);
  expect(seen.map(short)).toEqual(['board schedule,capacity']);
});

test('lanes run beside each other, one lane never beside itself', async () => {
  let now = 0;
  let most = 0;
  const busy = new Set<string>();
  await receive(...[1, 2, 3, 4].flatMap((number) => [command(number, 'a'), command(number, 'b')]));
  start(
    async (trigger) => {
      const lane = trigger.kind === 'board' ? 'board' : String(trigger.number);
      expect(busy.has(lane)).toBe(false);
      busy.add(lane);
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      busy.delete(lane);
    },
    { concurrency: 3 },
  );
  await until(idle);
  expect(most).toBe(3);
  expect(seen).toHaveLength(8);
});

test('what comes while a lane is handled is handled after it', async () => {
  await receive(change(1, 'first'));
  start(async () => {
    if (seen.length === 1) await receive(change(1, 'second'));
  });
  await until(async () => seen.length === 2 && (await idle()));
  expect(seen.map(short)).toEqual(['1 first', '1 second']);
});

test('a wake ends the sleep', async () => {
  start(() => undefined, { pollMs: 60_000 });
  await until(idle);
  await receive(change(1));
  worker?.wake();
  await until(() => seen.length === 1);
});

describe('when a handler fails', () => {
  test('it is tried again, and then done', async () => {
    await receive(change(1));
    start(() => {
      if (seen.length === 1) throw new Error('once');
    });
    await until(async () => seen.length === 2 && (await idle()));
    expect(runs.map(({ outcome }) => outcome)).toEqual(['retry', 'done']);
  });

  test('a rate limit puts the lane to sleep and is no attempt', async () => {
    await receive(change(1));
    start(() => {
      if (seen.length === 1) throw new Sorted({ kind: 'wait', untilMs: Date.now() });
    });
    await until(async () => seen.length === 2 && (await idle()));
    expect(runs.map(({ outcome }) => outcome)).toEqual(['later', 'done']);
  });

  test('what is gone is let go', async () => {
    await receive(change(1));
    start(() => {
      throw new Sorted({ kind: 'drop' });
    });
    await until(idle);
    expect(runs.map(({ outcome }) => outcome)).toEqual(['dropped']);
    expect((await opened.store.inbox.figures()).parked).toBe(0);
  });

  test('what keeps failing is parked with one error line, and the next event works', async () => {
    await receive(change(1, 'bad'));
    // Seven attempts have failed before.
    for (let attempt = 0; attempt < 7; attempt++) {
      const [work] = await opened.store.inbox.lease(1, 1000);
      if (!work) throw new Error('nothing to lease');
      await opened.store.inbox.retry(work.lease, 0, true, 'before');
    }
    start((trigger) => {
      if (trigger.kind === 'subject' && trigger.changes.some(({ event }) => event === 'bad')) throw new Error('always');
    });
    await until(() => runs.length === 1);
    expect((await opened.store.inbox.figures()).parked).toBe(1);
    expect(runs.map(({ outcome }) => outcome)).toEqual(['parked']);
    const errors = lines.filter(({ level }) => level === 50);
    expect(errors).toMatchObject([{ msg: 'parked', key: 'acme/shop#1', attempts: 8, inputs: [{ input: { event: 'bad' } }] }]);
    expect(await opened.store.inbox.parked(10)).toMatchObject([{ lane: 'acme/shop#1', error: 'always' }]);

    await receive(change(1, 'good'));
    await until(() => runs.length === 2);
    expect(runs[1]?.outcome).toBe('done');
  });

  test('what no worker lived through often enough is parked without being handled again', async () => {
    await receive(change(1));
    await loseLeases('acme/shop#1', MOST_LOST);
    start(() => {
      throw new Error('must not be called');
    });
    await until(async () => (await opened.store.inbox.figures()).parked === 1);
    expect(runs).toEqual([]);
    expect(lines.filter(({ level }) => level === 50)).toMatchObject([
      { msg: 'parked: no worker lived through it', key: 'acme/shop#1', lost: MOST_LOST },
    ]);
    expect((await opened.store.inbox.parked(10))[0]?.error).toMatch(/ended 5 times in a row.*replay it/);
    await receive(change(1, 'good'));
    worker?.wake();
    await until(() => seen.length === 1);
  });

  test('an outage that lasts is no death: what GitHub does not take is not parked with what kills', async () => {
    await receive(change(1));
    for (let attempt = 0; attempt <= 2 * MOST_LOST; attempt++) {
      const [work] = await opened.store.inbox.lease(1, 10_000);
      if (!work) throw new Error('nothing to lease');
      await opened.store.inbox.retry(work.lease, 0, true, 'GitHub is away');
    }
    start();
    await until(idle);
    expect(runs.map(({ outcome }) => outcome)).toEqual(['done']);
  });

  test('the store away for a while: said once, and work goes on after it', async () => {
    let failures = 3;
    const { inbox } = opened.store;
    await receive(change(1));
    start(() => undefined, {
      inbox: {
        ...inbox,
        lease: (limit, ms) => (failures-- > 0 ? Promise.reject(new Error('away')) : inbox.lease(limit, ms)),
      },
    });
    const ringing = setInterval(() => worker?.wake(), 5);
    await until(idle);
    clearInterval(ringing);
    expect(lines.filter(({ msg }) => msg.startsWith('the store does not answer'))).toHaveLength(1);
    expect(seen).toHaveLength(1);
  });
});

describe('leases', () => {
  test('a long handler keeps its lane', async () => {
    await receive(change(1));
    start(() => new Promise((resolve) => setTimeout(resolve, 2500)), { leaseMs: 1000 });
    await until(() => seen.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect(await opened.store.inbox.lease(5, 1000)).toEqual([]);
    await until(idle);
    expect(runs.map(({ outcome }) => outcome)).toEqual(['done']);
  });

  test('a lost lease completes nothing', async () => {
    await receive(change(1));
    const { inbox } = opened.store;
    start(() => new Promise((resolve) => setTimeout(resolve, 60)), {
      leaseMs: 30,
      inbox: { ...inbox, renew: () => Promise.resolve(false), complete: () => Promise.resolve(false) },
    });
    await until(() => runs.length > 0);
    expect(runs[0]?.outcome).toBe('lease-lost');
    expect(await idle()).toBe(false);
  });
});

describe('suspects', () => {
  /** What ran beside each run, itself included. */
  function watched(seconds = 0.02) {
    const busy = new Set<number>();
    const beside = new Map<number, number>();
    const handle = async (trigger: Trigger) => {
      const number = trigger.kind === 'board' ? 0 : trigger.number;
      busy.add(number);
      for (const each of busy) beside.set(each, Math.max(beside.get(each) ?? 0, busy.size));
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      busy.delete(number);
    };
    return { beside, handle };
  }

  test('a lane that lost its worker twice is handled with nothing beside it, the others as ever', async () => {
    await receive(...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => change(number)));
    await loseLeases('acme/shop#3', 2);
    await loseLeases('acme/shop#5', 2);
    await loseLeases('acme/shop#7', 1);
    const { beside, handle } = watched();
    start(handle);
    await until(idle);
    expect([...beside].sort().map(([number, most]) => [number, most > 1])).toEqual([
      [1, true],
      [2, true],
      [3, false],
      [4, true],
      [5, false],
      [6, true],
      [7, true],
      [8, true],
    ]);
    expect(runs.map(({ outcome }) => outcome)).toEqual(Array(8).fill('done'));
  });

  test('it gets its turn although other work never ends', async () => {
    await receive(change(1));
    await loseLeases('acme/shop#1', 2);
    let flood = 10;
    const { beside, handle } = watched(0.01);
    start(async (trigger) => {
      if (trigger.kind === 'subject' && trigger.number !== 1) {
        flood += 1;
        await receive(change(flood));
      }
      await handle(trigger);
    });
    await receive(change(9), change(10));
    await until(() => beside.has(1));
    expect(beside.get(1)).toBe(1);
  });
});

describe('drain', () => {
  test('running work is finished, waiting work stays', async () => {
    await receive(change(1), change(2));
    let finish = () => {};
    start(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
      { concurrency: 1 },
    );
    await until(() => seen.length === 1);
    const stopped = worker?.stop(5000);
    finish();
    expect(await stopped).toBe(true);
    expect(seen).toHaveLength(1);
    expect((await opened.store.inbox.figures()).depth).toBe(1);
  });

  test('a handler that does not end is not waited for longer than the grace', async () => {
    await receive(change(1));
    let finish = () => {};
    start(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    await until(() => seen.length === 1);
    expect(await worker?.stop(20)).toBe(false);
    finish();
  });
});

test.each([
  ['renews its lease may write', (inbox: Inbox) => inbox.renew, true],
  ['cannot renew it, the store being away, may no more', () => () => Promise.reject(new Error('away')), false],
  ['has lost it may no more', () => () => Promise.resolve(false), false],
])('work that %s', async (_, renew, expected) => {
  await receive(change(1));
  const may: boolean[][] = [];
  start(() => undefined, {
    leaseMs: 300,
    inbox: { ...opened.store.inbox, renew: renew(opened.store.inbox) },
    async tallied({ mayWrite }, work) {
      const atFirst = mayWrite();
      await new Promise((resolve) => setTimeout(resolve, 800));
      may.push([atFirst, mayWrite()]);
      await work();
    },
  });
  await until(() => may.length > 0);
  expect(may[0]).toEqual([true, expected]);
});

test('an outage that names a time: no try before it', async () => {
  await receive(change(1));
  start(() => {
    throw new Sorted({ kind: 'outage', notBeforeMs: 60_000 });
  });
  await until(() => runs.length > 0);
  expect(runs.map(({ outcome }) => outcome)).toEqual(['retry']);
  expect(await opened.store.inbox.nextDueMs()).toBeGreaterThan(55_000);
});

describe('back-off', () => {
  test('doubles from at most a second to at most five minutes, with jitter', () => {
    expect([backoffMs(0, 0), backoffMs(0, 1)]).toEqual([500, 1000]);
    expect([backoffMs(3, 0), backoffMs(3, 1)]).toEqual([4000, 8000]);
    expect([backoffMs(50, 0), backoffMs(5000, 1)]).toEqual([150_000, 300_000]);
  });

  test('our failures end after eight attempts, an outage after about a day, a rate limit never', () => {
    expect([6, 7].map((attempts) => isLastAttempt({ kind: 'failed' }, attempts))).toEqual([false, true]);
    expect([7, 299].map((attempts) => isLastAttempt({ kind: 'outage', notBeforeMs: 0 }, attempts))).toEqual([false, true]);
    expect(isLastAttempt({ kind: 'wait', untilMs: 0 }, 1000)).toBe(false);
  });
});

test('webhooks that come thick and fast go first, but not for ever', async () => {
  await receive(change(1));
  let asked = 0;
  start(() => undefined, {
    pressed: () => {
      asked += 1;
      return true;
    },
  });
  await until(idle);
  expect(asked).toBeGreaterThan(10);
  expect(seen).toHaveLength(1);
});

test('a burst without end: work that has waited has its turn, without a wait before each lane', async () => {
  const looks: number[] = [];
  let asked = 0;
  start(() => undefined, {
    pressed: () => {
      asked += 1;
      return true;
    },
  });
  for (let number = 1; number <= 5; number++) {
    await receive(change(number));
    await until(idle);
    looks.push(asked);
  }
  expect(seen).toHaveLength(5);
  // One or two waits for a turn, not five.
  expect(looks.at(-1)).toBeLessThan(3 * (looks[0] ?? 0));
});

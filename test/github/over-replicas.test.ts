/** The pace of one process among several: what is shared decides, and where it does not answer each keeps its own. */
import { expect, test } from 'vitest';
import { RateLimited } from '../../src/github/errors.ts';
import { overReplicas, type SharedBudget } from '../../src/github/over-replicas.ts';
import { GITHUB_COM, Pace, SEATS } from '../../src/github/pace.ts';

const write = { writes: 1, resource: 'core' };
const read = { writes: 0, resource: 'core' };
const done = () => Promise.resolve('done');

/** Moves only when someone sleeps. */
function clock() {
  let now = 1_000_000;
  return {
    nowMs: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
}

function budget(over: Partial<SharedBudget> = {}): SharedBudget {
  return { take: async () => 0, block: async () => undefined, blockedFor: async () => 0, ...over };
}

function paceOn(shared: SharedBudget | null, time = clock()) {
  const faults: unknown[] = [];
  const replicas = overReplicas({
    shared: () => shared,
    installationId: 7,
    limits: GITHUB_COM,
    nowMs: time.nowMs,
    onFault: (error) => faults.push(error),
  });
  return { pace: new Pace(GITHUB_COM, time, replicas), faults, time };
}

test('what the others took counts: a short wait is sat out, a long one is given back', async () => {
  const waits = [3_000, 0, 40_000];
  const { pace, time } = paceOn(budget({ take: async () => waits.shift() ?? 0 }));
  expect(await pace.run(write, done)).toBe('done');
  expect(time.nowMs()).toBe(1_003_000);
  await expect(pace.run(write, done)).rejects.toMatchObject({ kind: 'rate-limited', untilMs: 1_043_000 });
});

test('what was refused is not counted as written', async () => {
  let refuse = true;
  const { pace } = paceOn(budget({ take: async () => (refuse ? 60_000 : 0) }));
  for (let time = 0; time < 200; time += 1) await expect(pace.run(write, done)).rejects.toBeInstanceOf(RateLimited);
  refuse = false;
  for (let time = 0; time < 80; time += 1) expect(await pace.run(write, done)).toBe('done');
  await expect(pace.run(write, done)).rejects.toBeInstanceOf(RateLimited);
});

test('without a common budget, or while it fails or is silent, the own pace holds, and it is asked again later', async () => {
  let asked = 0;
  const broken = budget({
    take: () => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('away')) : new Promise<number>(() => undefined);
    },
  });
  for (const shared of [null, broken]) {
    const { pace, faults, time } = paceOn(shared);
    for (let written = 0; written < 80; written += 1) expect(await pace.run(write, done)).toBe('done');
    await expect(pace.run(write, done)).rejects.toBeInstanceOf(RateLimited);
    expect(faults).toHaveLength(shared ? 1 : 0);
    await time.sleep(60_000);
    expect(await pace.run(write, done)).toBe('done');
    expect(faults).toHaveLength(shared ? 2 : 0);
  }
});

test('a block that one replica learnt is told to all; readers look now and then, not each time', async () => {
  const told: number[] = [];
  const { pace } = paceOn(budget({ block: async (_, ms) => void told.push(ms) }));
  pace.learn({ 'retry-after': '30' }, 'core');
  pace.block('all', 1_020_000);
  pace.block('graphql', 1_900_000);
  expect(told).toEqual([30_000]);

  let looks = 0;
  const other = paceOn(
    budget({
      blockedFor: async () => {
        looks += 1;
        return looks > 1 ? 30_000 : 0;
      },
    }),
  );
  for (let time = 0; time < 50; time += 1) expect(await other.pace.run(read, done)).toBe('done');
  expect(looks).toBe(1);
  await other.time.sleep(5_000);
  await expect(other.pace.run(read, done)).rejects.toMatchObject({ untilMs: 1_035_000 });
});

test('a few sit a short wait out, the others give their worker back; so over all installations of the process', async () => {
  const seats = { free: SEATS };
  const asleep: (() => void)[] = [];
  let now = 0;
  const time = { nowMs: () => now, sleep: () => new Promise<void>((resolve) => asleep.push(resolve)) };
  const tight = { ...GITHUB_COM, writesPerMinute: 1 };
  const outcomes: string[] = [];
  const paces = [1, 2, 3].map(() => new Pace(tight, time, undefined, seats));
  for (const pace of paces) await pace.run(write, done);
  now = 57_000;
  const all = paces.flatMap((pace) =>
    Array.from({ length: 10 }, () =>
      pace.run(write, done).then(
        () => outcomes.push('done'),
        (error) => outcomes.push(error instanceof RateLimited ? 'later' : String(error)),
      ),
    ),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(asleep).toHaveLength(SEATS);
  expect(outcomes).toEqual(Array(30 - SEATS).fill('later'));
  now = 60_000;
  for (const wake of asleep) wake();
  await Promise.all(all);
  // One for each installation that had sleepers; the second minute's one write is taken then.
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(2);
  expect(seats.free).toBe(SEATS);
});

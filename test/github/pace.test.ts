/** The pace by a clock that only moves when someone sleeps. */
import { expect, test } from 'vitest';
import { countWrites } from '../../src/github/count-writes.ts';
import { RateLimited } from '../../src/github/errors.ts';
import { ENTERPRISE, GITHUB_COM, Pace, paceLimits } from '../../src/github/pace.ts';

function clock() {
  let now = 1_000_000;
  return {
    nowMs: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
}
const write = { writes: 1, resource: 'core' };
const read = { writes: 0, resource: 'core' };
const done = () => Promise.resolve('done');

async function fill(pace: Pace, times: number, cost = write): Promise<void> {
  for (let time = 0; time < times; time++) await pace.run(cost, done);
}

test('80 writes a minute on github.com, the 81st a minute after the first', async () => {
  const time = clock();
  const pace = new Pace(GITHUB_COM, time);
  await fill(pace, 80);
  await expect(pace.run(write, done)).rejects.toMatchObject({ kind: 'rate-limited', untilMs: 1_060_000 });
  expect(await pace.run(read, done)).toBe('done');
  await time.sleep(60_000);
  expect(await pace.run(write, done)).toBe('done');
});

/** How many of those sent away come back in each minute from now on. */
async function comeBacks(pace: Pace, from: number, times: number): Promise<number[]> {
  const minutes: number[] = [];
  for (let time = 0; time < times; time++) {
    const fault = await pace.run(write, done).then(
      () => null,
      (error: unknown) => error,
    );
    if (!(fault instanceof RateLimited)) throw new Error('it was let through');
    const minute = Math.floor((fault.untilMs - from) / 60_000);
    minutes[minute] = (minutes[minute] ?? 0) + 1;
  }
  return [...minutes].map((count) => count ?? 0);
}

test('of 250 that may not write, as many come back in each minute as then may', async () => {
  const time = clock();
  const pace = new Pace(GITHUB_COM, time);
  await fill(pace, 80);
  expect(await comeBacks(pace, 1_000_000, 250)).toEqual([0, 80, 80, 80, 10]);
});

test('of 600 no more come back within the hour than the 500 that may write in it', async () => {
  const time = clock();
  const pace = new Pace(GITHUB_COM, time);
  await fill(pace, 80);
  const minutes = await comeBacks(pace, 1_000_000, 600);
  const within = minutes.slice(0, 60).reduce((sum, count) => sum + count, 0);
  expect(within).toBe(420);
  expect(minutes.reduce((sum, count) => sum + count, 0)).toBe(600);
});

test('who came back is not counted as ahead any more', async () => {
  const time = clock();
  const pace = new Pace(GITHUB_COM, time);
  await fill(pace, 80);
  await comeBacks(pace, 1_000_000, 80);
  await time.sleep(60_000);
  await fill(pace, 80);
  expect(await comeBacks(pace, 1_060_000, 1)).toEqual([0, 1]);
});

test('without limits nobody is sent further away than GitHub itself says', async () => {
  const time = clock();
  const pace = new Pace(ENTERPRISE, time);
  pace.block('all', 1_060_000);
  expect(await comeBacks(pace, 1_000_000, 200)).toEqual([0, 200]);
});

test('500 writes an hour', async () => {
  const time = clock();
  const pace = new Pace(GITHUB_COM, time);
  for (let minute = 0; minute < 10; minute++) {
    await fill(pace, 50);
    await time.sleep(60_000);
  }
  await expect(pace.run(write, done)).rejects.toMatchObject({ untilMs: 1_000_000 + 3_600_000 });
});

test('900 points a minute: a read is one, a write five', async () => {
  const time = clock();
  const pace = new Pace(GITHUB_COM, time);
  await fill(pace, 80);
  await fill(pace, 500, read);
  await expect(pace.run(read, done)).rejects.toBeInstanceOf(RateLimited);
});

test('the last seconds of a wait are sat out', async () => {
  const time = clock();
  const pace = new Pace({ ...GITHUB_COM, writesPerMinute: 1 }, time);
  await fill(pace, 1);
  await time.sleep(56_000);
  await fill(pace, 1);
  expect(time.nowMs()).toBe(1_060_000);
});

test('more writes at once than a minute holds go when nothing else went', async () => {
  const pace = new Pace({ ...GITHUB_COM, writesPerMinute: 3 }, clock());
  expect(await pace.run({ writes: 7, resource: 'graphql' }, done)).toBe('done');
  await expect(pace.run(write, done)).rejects.toBeInstanceOf(RateLimited);
});

test('Enterprise Server has no limits but those that its answers name; the variable overrides both', async () => {
  await fill(new Pace(ENTERPRISE, clock()), 5000);
  expect(paceLimits(true, null)).toEqual(ENTERPRISE);
  expect(paceLimits(false, null)).toEqual(GITHUB_COM);
  for (const enterprise of [true, false]) {
    expect(paceLimits(enterprise, 10)).toMatchObject({ writesPerMinute: 10, writesPerHour: Infinity });
  }
});

test('at most so many at the same time, also when some fail', async () => {
  const pace = new Pace({ ...ENTERPRISE, concurrent: 2 }, clock());
  let now = 0;
  let most = 0;
  const work = async (index: number) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    if (index % 2) throw new Error('odd');
  };
  const all = await Promise.allSettled(Array.from({ length: 9 }, (_, index) => pace.run(read, () => work(index))));
  expect(most).toBe(2);
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});

test.each([
  ['query A { mutation }', 0],
  ['{ viewer { login } }', 0],
  ['mutation A { addComment(input: {a: {b: 1}}) { subject { id } } }', 1],
  ['mutation A($x: In! = {a: 1}) @d { one: a(input: $x) { c } two: b { c } # three: c\n }', 2],
  ['mutation { a(body: "} b { \\" c") { x } b(body: """ } { """) { y } }', 2],
  ['mutation A { ...Part a @include(if: true) { b } } fragment Part on Mutation { c }', 2],
  ['query A { x } mutation B { a b c }', 3],
])('%s: %d writes', (document, writes) => {
  expect(countWrites(document)).toBe(writes);
});

test('who leaves some of the quota to others stops before it is used up, until it is whole again', async () => {
  const time = clock();
  const pace = new Pace(ENTERPRISE, time);
  const modest = { writes: 0, resource: 'graphql', leaves: 100 };
  expect(await pace.run(modest, done)).toBe('done');
  const headers = (remaining: number) => ({ 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': '2000' });
  pace.learn(headers(100), 'graphql');
  expect(await pace.run(modest, done)).toBe('done');
  pace.learn(headers(99), 'graphql');
  await expect(pace.run(modest, done)).rejects.toMatchObject({ kind: 'rate-limited', untilMs: 2_001_000 });
  expect(await pace.run({ ...modest, resource: 'core' }, done)).toBe('done');
  expect(await pace.run({ writes: 1, resource: 'graphql' }, done)).toBe('done');
  await time.sleep(1_001_000);
  expect(await pace.run(modest, done)).toBe('done');
});

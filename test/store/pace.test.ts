/** The common pace of all replicas: what is taken by one is taken for all, by one statement (A5). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres.ts';
import type { Pace, Store } from '../../src/store/types.ts';
import { databaseUrl, engines, freshSchema } from './worlds.ts';

const GITHUB = { writesPerMinute: 80, writesPerHour: 500 };
const MINUTE_MS = 60_000;

test('the embedded store has none: one process keeps the pace in its memory', async () => {
  const [sqlite] = engines;
  const world = await sqlite?.begin();
  expect(world?.store.pace).toBeNull();
  await world?.end();
});

describe.each(databaseUrl ? ['PostgreSQL'] : [])('the pace on %s', () => {
  let schema: Awaited<ReturnType<typeof freshSchema>>;
  let stores: Store[];
  beforeEach(async () => {
    schema = await freshSchema();
    stores = await Promise.all([1, 2, 3].map(() => openPostgresStore(schema.url)));
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await schema.end();
  });
  const pace = (replica = 0): Pace => {
    const found = stores[replica]?.pace;
    if (!found) throw new Error('there is no common pace');
    return found;
  };
  /** Lets time pass for what was taken. */
  const pass = (ms: number) =>
    schema.query(`update pace set blocked_until = blocked_until - ${ms}, taken = (
      select coalesce(string_agg((split_part(e, '*', 1)::bigint - ${ms}) || '*' || split_part(e, '*', 2), ',' order by n), '')
      from unnest(string_to_array(taken, ',')) with ordinality as t(e, n))`);

  test('80 a minute over three replicas that ask at once, and for each installation', async () => {
    const answers = await Promise.all(Array.from({ length: 120 }, (_, index) => pace(index % 3).take(7, 1, GITHUB)));
    expect(answers.filter((wait) => wait === 0)).toHaveLength(80);
    for (const wait of answers.filter((each) => each > 0)) expect(wait).toBeLessThanOrEqual(MINUTE_MS);
    expect(await pace(1).take(8, 1, GITHUB)).toBe(0);
    await pass(MINUTE_MS);
    expect(await pace(2).take(7, 80, GITHUB)).toBe(0);
    expect(await pace(0).take(7, 1, GITHUB)).toBeGreaterThan(0);
  });

  test('all or nothing; the wait is until the oldest that stand in the way have left the window', async () => {
    expect(await pace().take(7, 30, GITHUB)).toBe(0);
    await pass(20_000);
    expect(await pace().take(7, 40, GITHUB)).toBe(0);
    const few = await pace(1).take(7, 20, GITHUB);
    expect(few).toBeGreaterThan(30_000);
    expect(few).toBeLessThanOrEqual(40_000);
    expect(await pace(1).take(7, 60, GITHUB)).toBeGreaterThan(50_000);
    expect(await pace(1).take(7, 10, GITHUB)).toBe(0);
    await pass(few);
    expect(await pace(2).take(7, 20, GITHUB)).toBe(0);
  });

  test('500 an hour', async () => {
    for (let minute = 0; minute < 10; minute += 1) {
      expect(await pace(minute % 3).take(7, 50, GITHUB)).toBe(0);
      await pass(MINUTE_MS);
    }
    const wait = await pace().take(7, 1, GITHUB);
    expect(wait).toBeGreaterThan(49 * MINUTE_MS);
    expect(wait).toBeLessThanOrEqual(50 * MINUTE_MS);
    await pass(wait);
    expect(await pace().take(7, 50, GITHUB)).toBe(0);
  });

  test('more than a minute holds goes when nothing else went', async () => {
    expect(await pace().take(7, 90, GITHUB)).toBe(0);
    expect(await pace(1).take(7, 1, GITHUB)).toBeGreaterThan(0);
  });

  test('without an hourly limit the minute still holds; without any nothing does, but a block', async () => {
    const minute = { writesPerMinute: 5, writesPerHour: Number.POSITIVE_INFINITY };
    const none = { writesPerMinute: Number.POSITIVE_INFINITY, writesPerHour: Number.POSITIVE_INFINITY };
    expect(await pace().take(7, 5, minute)).toBe(0);
    expect(await pace().take(7, 1, minute)).toBeGreaterThan(0);
    for (let time = 0; time < 200; time += 1) expect(await pace(time % 3).take(9, 20, none)).toBe(0);
    await pace(1).block(9, 30_000);
    expect(await pace(2).take(9, 1, none)).toBeGreaterThan(29_000);
  });

  test('what GitHub told one replica all of them keep; the longer block holds', async () => {
    expect(await pace().blockedFor(7)).toBe(0);
    await pace(1).block(7, 60_000);
    await pace(2).block(7, 5_000);
    expect(await pace().blockedFor(7)).toBeGreaterThan(50_000);
    expect(await pace().take(7, 1, GITHUB)).toBeGreaterThan(50_000);
    expect(await pace().blockedFor(8)).toBe(0);
    await pass(60_000);
    expect(await pace().blockedFor(7)).toBe(0);
    expect(await pace().take(7, 1, GITHUB)).toBe(0);
  });

  test('rows that say nothing any more are removed', async () => {
    await pace().take(7, 1, GITHUB);
    await schema.query('update pace set kept_until = 1');
    await stores[0]?.inbox.prune(new Date(0).toISOString());
    await schema.query("do $$ begin if exists (select from pace) then raise 'it is still there'; end if; end $$");
  });
});

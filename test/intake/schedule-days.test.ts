/** The schedule over days that are not like others: clock changes, downtime, two replicas, clocks gone wrong, new schedules. */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dayIn } from '../../src/gather/board/cycle.ts';
import type { SweepSchedule } from '../../src/intake/schedule.ts';
import { lastDue, tick } from '../../src/intake/schedule.ts';
import type { Store } from '../../src/store/types.ts';
import { engines, type World } from '../store/worlds.ts';

const MINUTE_MS = 60_000;

describe.each(engines)('on $name', ({ begin }) => {
  let world: World;
  let schedule: SweepSchedule;
  let taken: string[];

  beforeEach(async () => {
    world = await begin();
    taken = [];
    schedule = { cron: '0 7 * * 1-5', timezone: 'Europe/Berlin', enabled: true };
    await world.store.ledger.saveConfig('acme/shop', 5, {});
  });
  afterEach(() => world.end());

  const at = (now: string, store: Store = world.store): Promise<void> =>
    tick({
      store,
      log: pino({ level: 'silent' }),
      scheduleOf: async () => schedule,
      onTaken: () => {
        taken.push(now);
      },
      now: () => new Date(now),
    });

  async function every(minutes: number, from: string, to: string): Promise<void> {
    for (let time = Date.parse(from); time <= Date.parse(to); time += minutes * MINUTE_MS) await at(new Date(time).toISOString());
  }

  test.each([
    ['Europe/Berlin', '30 2 * * *', '2026-03-29', 'spring: 02:30 is not there'],
    ['Europe/Berlin', '30 2 * * *', '2026-10-25', 'autumn: 02:30 comes twice'],
    ['America/New_York', '30 2 * * *', '2026-03-08', 'spring'],
    ['America/New_York', '30 1 * * *', '2026-11-01', 'autumn: 01:30 comes twice'],
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-04', 'spring by half an hour: 02:15 is not there'],
    ['Australia/Lord_Howe', '45 1 * * *', '2026-04-05', 'autumn by half an hour: 01:45 comes twice'],
    ['Asia/Kolkata', '30 2 * * *', '2026-03-29', 'no change, half an hour off'],
  ])('%s %s, %s (%s): one sweep that day, and one on each day beside it', async (timezone, cron, day) => {
    schedule = { cron, timezone, enabled: true };
    const noon = Date.parse(`${day}T12:00:00Z`);
    const days = [-1, 0, 1].map((off) => new Date(noon + off * 86_400_000).toISOString().slice(0, 10));
    await every(15, new Date(noon - 2.5 * 86_400_000).toISOString(), new Date(noon + 2 * 86_400_000).toISOString());
    const swept = taken.map((time) => dayIn(time, timezone));
    for (const each of days) expect(swept.filter((one) => one === each)).toEqual([each]);
  });

  test('two replicas at the same moment: one sweep', async () => {
    const other = await world.another();
    await at('2026-03-01T12:00:00.000Z');
    for (const day of ['02', '03', '04', '05', '06']) {
      const now = `2026-03-${day}T06:00:00.000Z`;
      await Promise.all([at(now), at(now, other), at(now), at(now, other)]);
    }
    expect(taken).toHaveLength(5);
    const [work] = await world.store.inbox.lease(5, 1000);
    expect(work?.inputs).toHaveLength(5);
  });

  test('two replicas whose clocks differ: one sweep', async () => {
    const other = await world.another();
    await at('2026-03-01T12:00:00.000Z');
    await at('2026-03-02T06:00:01.000Z');
    await at('2026-03-02T05:59:59.000Z', other);
    await at('2026-03-02T06:00:04.000Z', other);
    expect(taken).toHaveLength(1);
  });

  test('after a week of downtime: one sweep, then the next at its time', async () => {
    await at('2026-03-01T12:00:00.000Z');
    await at('2026-03-02T06:00:00.000Z');
    await at('2026-03-09T15:00:00.000Z');
    await at('2026-03-09T15:00:30.000Z');
    expect(taken).toHaveLength(2);
    await at('2026-03-10T06:00:10.000Z');
    expect(taken).toHaveLength(3);
  });

  test('a new schedule while running: the slot that was taken is not taken again, the next one is of the new', async () => {
    await at('2026-03-01T12:00:00.000Z');
    await at('2026-03-02T06:00:00.000Z');
    schedule = { ...schedule, cron: '0 6 * * *' };
    await at('2026-03-02T06:00:30.000Z');
    expect(taken).toHaveLength(1);
    await at('2026-03-03T05:00:00.000Z');
    expect(taken).toHaveLength(2);
    // As far back as a leap day may be.
    schedule = { ...schedule, cron: '0 0 29 2 *' };
    await at('2026-03-03T05:00:30.000Z');
    expect(taken).toHaveLength(2);
  });

  test('another time zone while running: nothing twice', async () => {
    await at('2026-03-01T12:00:00.000Z');
    await at('2026-03-02T06:00:00.000Z');
    schedule = { ...schedule, timezone: 'Asia/Kolkata' };
    await at('2026-03-02T06:00:30.000Z');
    expect(taken).toHaveLength(1);
    await at('2026-03-03T01:30:00.000Z');
    expect(taken).toHaveLength(2);
  });

  test('a clock that is put back: no second sweep, and the next one comes at its time', async () => {
    await at('2026-03-01T12:00:00.000Z');
    await at('2026-03-03T06:00:00.000Z');
    for (const back of ['2026-03-03T05:00:00.000Z', '2026-03-03T06:00:00.000Z', '2026-03-02T12:00:00.000Z']) await at(back);
    expect(taken).toHaveLength(1);
    await at('2026-03-04T06:00:00.000Z');
    expect(taken).toHaveLength(2);
  });

  test('a clock that was years ahead and is right again does not stop the sweeps', async () => {
    await at('2026-03-01T12:00:00.000Z');
    await at('2030-03-04T06:00:00.000Z');
    expect(taken).toHaveLength(1);
    await at('2026-03-02T06:00:00.000Z');
    await at('2026-03-02T06:00:30.000Z');
    expect(taken).toHaveLength(2);
    await at('2026-03-03T06:00:00.000Z');
    expect(taken).toHaveLength(3);
  });

  test('switched off over a slot and on again: that slot is gone', async () => {
    await at('2026-03-01T12:00:00.000Z');
    schedule = { ...schedule, enabled: false };
    await every(60, '2026-03-02T00:00:00.000Z', '2026-03-04T12:00:00.000Z');
    schedule = { ...schedule, enabled: true };
    await at('2026-03-04T12:30:00.000Z');
    expect(taken).toEqual([]);
    await at('2026-03-05T06:00:00.000Z');
    expect(taken).toHaveLength(1);
  });
});

test('hours that a clock change takes away or repeats, in the zone itself', () => {
  const due = (cron: string, zone: string, now: string) => lastDue(cron, zone, new Date(now))?.toISOString();
  expect(due('30 2 * * *', 'Europe/Berlin', '2026-03-29T00:59:00Z')).toBe('2026-03-28T01:30:00.000Z');
  expect(due('30 2 * * *', 'Europe/Berlin', '2026-03-29T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
  expect(due('30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe('2026-10-25T00:30:00.000Z');
  expect(due('30 2 * * *', 'Europe/Berlin', '2026-10-25T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
});

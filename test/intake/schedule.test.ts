/** The schedule on a real store: each slot once, a missed one made up once, none from before we knew the repository. */
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Looked, ScheduleParts, SweepSchedule } from '../../src/intake/schedule.ts';
import { lastDue, tick } from '../../src/intake/schedule.ts';
import { temporaryStore } from './deliver.ts';

let opened: Awaited<ReturnType<typeof temporaryStore>>;
let taken: number;
/** How often a repository's configuration was read. */
let asked: number;
let schedule: SweepSchedule;

beforeEach(async () => {
  opened = await temporaryStore();
  taken = 0;
  asked = 0;
  schedule = { cron: '0 7 * * 1-5', timezone: 'Europe/Berlin', enabled: true };
  await opened.store.ledger.saveConfig('acme/shop', 5, {});
});

afterEach(() => opened.remove());

function at(now: string, looked?: Looked, signal?: AbortSignal): Promise<void> {
  const parts: ScheduleParts = {
    store: opened.store,
    log: pino({ level: 'silent' }),
    scheduleOf: async (repo) => {
      asked += 1;
      if (repo === 'acme/broken') throw new Error('no such file');
      return schedule;
    },
    onTaken: () => {
      taken += 1;
    },
    now: () => new Date(now),
  };
  return tick(parts, looked, signal);
}

// 2026-03-02 is a Monday; 07:00 in Berlin is 06:00 UTC in winter.
test('a slot is taken when it comes, once', async () => {
  await at('2026-03-01T12:00:00.000Z');
  await at('2026-03-02T05:59:59.000Z');
  expect(taken).toBe(0);
  await at('2026-03-02T06:00:00.000Z');
  await at('2026-03-02T06:00:30.000Z');
  expect(taken).toBe(1);
  const [work] = await opened.store.inbox.lease(5, 1000);
  expect(work).toMatchObject({
    lease: { lane: 'acme/shop@board' },
    installationId: 5,
    inputs: [{ input: { kind: 'board', reason: 'schedule' } }],
  });
});

test('days of downtime are made up with one sweep', async () => {
  await at('2026-03-01T12:00:00.000Z');
  await at('2026-03-06T15:00:00.000Z');
  await at('2026-03-06T15:00:30.000Z');
  expect(taken).toBe(1);
});

test('slots before the first sight are not made up', async () => {
  await at('2026-03-02T12:00:00.000Z');
  await at('2026-03-02T12:00:30.000Z');
  expect(taken).toBe(0);
});

test('switched off: nothing, and nothing is made up later for the time it was off', async () => {
  await at('2026-03-01T12:00:00.000Z');
  schedule = { ...schedule, enabled: false };
  await at('2026-03-02T12:00:00.000Z');
  schedule = { ...schedule, enabled: true };
  await at('2026-03-02T13:00:00.000Z');
  expect(taken).toBe(0);
  await at('2026-03-03T06:00:00.000Z');
  expect(taken).toBe(1);
});

test('one repository with a fault does not keep the others from their sweep', async () => {
  await opened.store.ledger.saveConfig('acme/broken', 5, {});
  await at('2026-03-01T12:00:00.000Z');
  await at('2026-03-02T06:00:10.000Z');
  expect(taken).toBe(1);
});

test('old deliveries are removed once a day', async () => {
  const delivery = { guid: 'old', event: 'star.created', receivedAt: '2026-02-20T00:00:00.000Z', inputs: [] };
  expect(await opened.store.inbox.receive([delivery])).toEqual([true]);
  await at('2026-02-23T05:00:00.000Z');
  expect(await opened.store.inbox.receive([delivery])).toEqual([false]);
  await at('2026-03-01T05:00:00.000Z');
  expect(await opened.store.inbox.receive([delivery])).toEqual([true]);
});

test('the last slot across a change to summer time', () => {
  expect(lastDue('0 7 * * *', 'Europe/Berlin', new Date('2026-03-29T05:00:00Z'))?.toISOString()).toBe('2026-03-29T05:00:00.000Z');
  expect(lastDue('0 7 * * *', 'Europe/Berlin', new Date('2026-03-28T06:00:00Z'))?.toISOString()).toBe('2026-03-28T06:00:00.000Z');
});

test('a repository whose slot is far away is not read at each look, and its slot is not missed', async () => {
  const looked: Looked = new Map();
  await at('2026-03-02T05:00:00.000Z', looked);
  for (let second = 30; second < 300; second += 30)
    await at(new Date(Date.parse('2026-03-02T05:00:00Z') + second * 1000).toISOString(), looked);
  expect(asked).toBe(1);
  await at('2026-03-02T05:59:50.000Z', looked);
  await at('2026-03-02T06:00:00.000Z', looked);
  expect(taken).toBe(1);
  await at('2026-03-02T06:00:30.000Z', looked);
  expect(taken).toBe(1);
});

test('a changed schedule is noticed within ten minutes, a clock put back at once', async () => {
  const looked: Looked = new Map();
  await at('2026-03-02T05:00:00.000Z', looked);
  schedule = { ...schedule, cron: '5 6 * * *' };
  await at('2026-03-02T05:10:00.000Z', looked);
  expect(taken).toBe(1);
  const before = asked;
  await at('2026-03-02T04:00:00.000Z', looked);
  expect(asked).toBe(before + 1);
});

test('what could not be read is tried at the next look', async () => {
  const looked: Looked = new Map();
  await opened.store.ledger.saveConfig('acme/broken', 5, {});
  await at('2026-03-02T05:00:00.000Z', looked);
  await at('2026-03-02T05:00:30.000Z', looked);
  expect(asked).toBe(3);
});

test('the end does not wait for thousands of repositories', async () => {
  for (let index = 0; index < 20; index += 1) await opened.store.ledger.saveConfig(`acme/repo-${index}`, 5, {});
  await at('2026-03-02T05:00:00.000Z', new Map(), AbortSignal.abort());
  expect(asked).toBe(0);
});

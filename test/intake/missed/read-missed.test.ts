/** One reading on a real store: all that was missed, each once, in order, without loss whatever breaks in the middle (A2). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NotOffered } from '../../../src/intake/missed/read-missed.ts';
import type { Store } from '../../../src/store/types.ts';
import { temporaryStore } from '../deliver.ts';
import { attempt, commented, type FakeList, fakeList, labeled, NOW } from './fake-list.ts';
import { fault, partsOf, read, waiting } from './reading.ts';

let opened: Awaited<ReturnType<typeof temporaryStore>>;
let store: Store;
let list: FakeList;
beforeEach(async () => {
  opened = await temporaryStore();
  store = opened.store;
  list = fakeList(3);
});
afterEach(() => opened.remove());

const HOURS_AGO = { id: '1', deliveredAt: new Date(Date.parse(NOW) - 5 * 3_600_000).toISOString() };

function missedCommands(count: number): string[] {
  const bodies = Array.from({ length: count }, (_, index) => `/session note ${index}`);
  for (const [index, body] of bodies.entries()) {
    const one = attempt(200 - index, { event: 'issue_comment', action: 'created' });
    list.payloads.set(one.id, commented(1, body));
    list.attempts.unshift(one);
  }
  return bodies;
}

test('what was missed waits in its lane, commands in their order; a second reading and a redelivery do nothing', async () => {
  const bodies = missedCommands(20);
  const report = await read(store, list, HOURS_AGO);
  expect(report).toMatchObject({ listed: 20, missed: 20, recovered: 20, looks: 0, gone: 0 });
  expect(report.upTo).toEqual({ id: list.attempts[0]?.id, deliveredAt: list.attempts[0]?.deliveredAt });
  const asked = list.asked.payloads.length;
  expect(await read(store, list, HOURS_AGO)).toMatchObject({ listed: 20, missed: 0, recovered: 0 });
  expect(list.asked.payloads).toHaveLength(asked);
  const redelivery = { guid: list.attempts[3]?.guid ?? '', event: 'issue_comment.created', receivedAt: NOW, inputs: [] };
  expect(await store.inbox.receive([redelivery])).toEqual([false]);
  expect(await waiting(store)).toEqual({ 'acme/shop#1': bodies });
});

test('what the app has, what was handed over later and what concerns nobody costs no call', async () => {
  const known = attempt(30);
  const late = attempt(40);
  list.attempts = [{ ...late, id: '99', redelivery: true, taken: true }, attempt(20, { event: 'star' }), known, late];
  await store.inbox.receive([{ guid: known.guid, event: 'issues.labeled', receivedAt: NOW, inputs: [] }]);
  expect(await read(store, list, HOURS_AGO)).toMatchObject({ listed: 4, missed: 0, recovered: 0 });
  expect(list.asked.payloads).toEqual([]);
});

test('the first reading ever goes back a few minutes only', async () => {
  list.attempts = [attempt(1), attempt(9), attempt(11), attempt(600)];
  expect(await read(store, list, null)).toMatchObject({ missed: 2, recovered: 2 });
});

test('nothing was ever delivered: the next reading goes on from now', async () => {
  expect((await read(store, list, null)).upTo).toEqual({ id: '0', deliveredAt: NOW });
  expect((await read(store, list, HOURS_AGO)).upTo).toEqual(HOURS_AGO);
});

test('a clock of GitHub or of the last reading gone wrong hides nothing for long', async () => {
  list.attempts = [attempt(-6000), attempt(3)];
  const { upTo } = await read(store, list, HOURS_AGO);
  expect(upTo.deliveredAt).toBe(NOW);
  const future = { id: '7', deliveredAt: '2099-01-01T00:00:00.000Z' };
  list.attempts.unshift(attempt(1));
  expect(await read(store, list, future)).toMatchObject({ recovered: 1, upTo: { deliveredAt: NOW } });
});

describe('what breaks in the middle', () => {
  test('a rate limit on any call is waited out, and it goes on where it was', async () => {
    const bodies = missedCommands(7);
    list.faults = [null, fault.limited(50), null, null, fault.limited(50), fault.limited(30)];
    expect(await read(store, list, HOURS_AGO)).toMatchObject({ recovered: 7 });
    expect(list.asked.pages).toBe(4);
    expect(await waiting(store)).toEqual({ 'acme/shop#1': bodies });
  });

  test('a short outage is met with patience', async () => {
    missedCommands(1);
    list.faults = [fault.away(), null, fault.away()];
    expect(await read(store, list, HOURS_AGO)).toMatchObject({ recovered: 1 });
  });

  test('one delivery that GitHub cannot give keeps the others from nothing, and is asked for again the next time', async () => {
    missedCommands(20);
    const bad = list.attempts[10];
    if (!bad) throw new Error('no such attempt');
    list.broken.set(bad.id, new Error('odd answer'));
    await expect(read(store, list, HOURS_AGO)).rejects.toThrow('odd answer');
    list.broken.clear();
    list.asked.payloads = [];
    expect(await read(store, list, HOURS_AGO)).toMatchObject({ missed: 1, recovered: 1 });
    expect(list.asked.payloads).toEqual([bad.id]);
    expect(Object.values(await waiting(store)).flat()).toHaveLength(20);
  });

  test('when none can be had it stops asking', async () => {
    missedCommands(60);
    for (const { id } of list.attempts) list.broken.set(id, new Error('odd answer'));
    await expect(read(store, list, HOURS_AGO)).rejects.toThrow('odd answer');
    expect(list.asked.payloads.length).toBeLessThan(20);
  });

  test('what GitHub no longer has is counted and let go; odd payloads say nothing', async () => {
    list.attempts = [attempt(5), attempt(6), attempt(7), attempt(8)];
    const [gone, odd, strange] = list.attempts;
    list.payloads.set(gone?.id ?? '', null);
    list.payloads.set(odd?.id ?? '', { action: 7, issue: 'none', repository: [] });
    list.payloads.set(strange?.id ?? '', { ...labeled(2), installation: null });
    expect(await read(store, list, HOURS_AGO)).toMatchObject({ missed: 4, recovered: 3, gone: 1 });
    expect(await waiting(store)).toEqual({ 'acme/shop#1': ['issues.labeled'] });
  });

  test('a store that goes away in the middle: the next reading takes in what is missing', async () => {
    const bodies = missedCommands(20);
    const parts = partsOf(store, list);
    let calls = 0;
    const failing = {
      receive: (delivery: Parameters<typeof parts.receiver.receive>[0]) =>
        ++calls > 8 ? Promise.reject(new Error('the store is away')) : parts.receiver.receive(delivery),
    };
    const { readMissed } = await import('../../../src/intake/missed/read-missed.ts');
    const signal = new AbortController().signal;
    await expect(readMissed({ ...parts, receiver: failing, signal }, HOURS_AGO)).rejects.toThrow('the store is away');
    expect(await read(store, list, HOURS_AGO)).toMatchObject({ missed: 12, recovered: 12 });
    expect(await waiting(store)).toEqual({ 'acme/shop#1': bodies });
  });

  test('a list that leads in a circle ends with a fault, not never', async () => {
    list.attempts = [attempt(5)];
    list.page = async () => ({ attempts: list.attempts, next: 'again', now: NOW });
    await expect(read(store, list, HOURS_AGO)).rejects.toThrow(/leads back/);
  });

  test('no list there: said as such', async () => {
    list.faults = [fault.gone()];
    await expect(read(store, list, HOURS_AGO)).rejects.toBeInstanceOf(NotOffered);
  });
});

describe('very many', () => {
  beforeEach(() => {
    list = fakeList();
    list.names = new Map([
      [11, 'acme/shop'],
      [12, 'acme/site'],
    ]);
    list.attempts = Array.from({ length: 300 }, (_, index) => attempt(index / 10, { repositoryId: 11 + (index % 3) }));
    const command = attempt(40, { event: 'issue_comment', action: 'created' });
    list.payloads.set(command.id, commented(5, '/session start'));
    list.attempts.push(command);
  });

  test('each repository looks at its board once, commands are fetched, a repository that is not ours any more is let go', async () => {
    expect(await read(store, list, HOURS_AGO, 50)).toMatchObject({ missed: 301, recovered: 1, looks: 2, gone: 1 });
    expect(list.asked).toMatchObject({ pages: 4, repositories: [7] });
    expect(list.asked.payloads).toHaveLength(1);
    expect(await waiting(store)).toEqual({
      'acme/shop#5': ['/session start'],
      'acme/shop@board': ['look'],
      'acme/site@board': ['look'],
    });
    await read(store, list, HOURS_AGO, 50);
    expect(await store.inbox.figures()).toMatchObject({ depth: 3 });
  });

  test('a redelivery of what a look stood for is still taken', async () => {
    await read(store, list, HOURS_AGO, 50);
    const guid = list.attempts[0]?.guid ?? '';
    expect(await store.inbox.receive([{ guid, event: 'issues.labeled', receivedAt: NOW, inputs: [] }])).toEqual([true]);
  });

  test('an installation that cannot be asked keeps the other ones from nothing', async () => {
    for (const one of list.attempts) if (one.repositoryId === 12) one.installationId = 8;
    list.repositories = async (id) => {
      if (id === 7) throw new Error('odd answer');
      return list.names;
    };
    await expect(read(store, list, HOURS_AGO, 50)).rejects.toThrow('odd answer');
    expect(await waiting(store)).toMatchObject({ 'acme/site@board': ['look'] });
  });
});

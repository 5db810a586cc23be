/** When missed deliveries are read: at the start, again when some were turned away, once over all replicas (A2). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/store/types.ts';
import type { World } from '../../store/worlds.ts';
import { engines } from '../../store/worlds.ts';
import { attempt, type FakeList, fakeList } from './fake-list.ts';
import { fault, type LogLine, waiting, watch } from './reading.ts';

describe.each(engines)('watching on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  let list: FakeList;
  const watches: { stop(): Promise<void> }[] = [];
  const watched = (...args: Parameters<typeof watch>) => {
    const made = watch(...args);
    watches.push(made);
    return made;
  };
  beforeEach(async () => {
    world = await begin();
    store = world.store;
    list = fakeList();
  });
  afterEach(async () => {
    await Promise.all(watches.splice(0).map((each) => each.stop()));
    await world.end();
  });

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  /** Long enough for anything that was going to happen by these timings. */
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));
  const seenAt = async (): Promise<string | undefined> => {
    const reading = await store.readings.begin(0, 1000);
    if (reading.kind !== 'begun') return undefined;
    await store.readings.giveUp(reading.token);
    return reading.seen?.deliveredAt;
  };

  test('at the start, within its settling time; what it saw is remembered', async () => {
    list.attempts = [attempt(2)];
    const one = watched(store, list);
    await until(() => one.recovered.count === 1);
    await until(async () => (await seenAt()) === list.attempts[0]?.deliveredAt);
    expect(await waiting(store)).toEqual({ 'acme/shop#1': ['issues.labeled'] });
  });

  test('two replicas at once read once; one that starts later reads for itself', async () => {
    list.attempts = [attempt(2)];
    const other = await world.another();
    const both = [watched(store, list), watched(other, list)];
    await until(() => both.some(({ recovered }) => recovered.count === 1));
    await aWhile();
    expect(both.map(({ recovered }) => recovered.count).sort()).toEqual([0, 1]);
    expect(list.asked.pages).toBe(1);
    list.attempts.unshift(attempt(1));
    const late = watched(other, list);
    await until(() => late.recovered.count === 1);
    expect(list.asked.pages).toBe(2);
  });

  test('asked for a hundred times, it reads twice at most: what came before is not enough, one more is', async () => {
    const one = watched(store, list);
    await until(() => list.asked.pages === 1);
    await aWhile();
    list.attempts = [attempt(2)];
    for (let asked = 0; asked < 100; asked += 1) one.ask();
    await until(() => one.recovered.count === 1);
    await aWhile();
    expect(list.asked.pages).toBe(2);
  });

  test('as long as something was missed it looks again soon', async () => {
    list.attempts = [attempt(2)];
    const one = watched(store, list, [], { soonMs: 30 });
    await until(() => one.recovered.count === 1);
    list.attempts.unshift(attempt(1));
    await until(() => one.recovered.count === 2);
    await until(() => list.asked.pages >= 3);
    await aWhile();
    expect(list.asked.pages).toBe(3);
  });

  test('every so often, by whichever replica comes first', async () => {
    const both = [watched(store, list, [], { everyMs: 60 }), watched(await world.another(), list, [], { everyMs: 60 })];
    await until(() => list.asked.pages >= 3);
    list.attempts = [attempt(1)];
    await until(() => both.some(({ recovered }) => recovered.count === 1));
  });

  test('a fault is told once and met again; nothing is lost by it', async () => {
    const lines: LogLine[] = [];
    list.attempts = [attempt(2)];
    list.faults = [new Error('odd answer'), new Error('odd answer')];
    const one = watched(store, list, lines);
    await until(() => one.recovered.count === 1);
    await until(() => lines.some(({ level }) => level === 'info'));
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'info']);
  });

  test('where GitHub offers no list: one plain line, and no further tries', async () => {
    const lines: LogLine[] = [];
    list.faults = [fault.gone()];
    const one = watched(store, list, lines, { everyMs: 20 });
    await until(() => lines.length > 0);
    one.ask();
    await aWhile();
    expect(list.asked.pages).toBe(1);
    expect(lines).toEqual([{ level: 'warn', msg: expect.stringMatching(/no list of deliveries.*next sweep/s) }]);
  });

  test('the end does not wait for GitHub, and lets another replica read at once', async () => {
    list.page = () => new Promise(() => undefined);
    const one = watched(store, list);
    await until(async () => (await store.readings.begin(3_600_000, 1)).kind === 'held');
    await one.stop();
    const next = await store.readings.begin(3_600_000, 1000);
    expect(next).toMatchObject({ kind: 'begun', seen: null });
  });
});

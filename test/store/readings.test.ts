/** Readings of GitHub's delivery list: one at a time, each moment once, onwards only when all was taken in (A2). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BegunReading, Store } from '../../src/store/types.ts';
import { about } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const SEEN = { id: '3804004623172239366', deliveredAt: '2026-03-02T06:00:00.000Z' };
const LONG_MS = 3_600_000;

describe.each(engines)('readings on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  let other: Store;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
    other = await world.another();
  });
  afterEach(() => world.end());

  const begun = (reading: BegunReading): { token: string; seen: typeof SEEN | null } => {
    if (reading.kind !== 'begun') throw new Error(`the reading is ${reading.kind}`);
    return reading;
  };

  test('the first one knows of nothing; the next goes on from where it ended', async () => {
    const first = begun(await store.readings.begin(LONG_MS, 10_000));
    expect(first.seen).toBeNull();
    expect(await store.readings.end(first.token, SEEN)).toBe(true);
    expect(await other.readings.begin(LONG_MS, 10_000)).toMatchObject({ kind: 'fresh' });
    expect(await until(() => other.readings.begin(0, 10_000))).toMatchObject({ seen: SEEN });
  });

  test('two at once: one reads', async () => {
    const both = await Promise.all([store, other, store, other].map(({ readings }) => readings.begin(LONG_MS, 10_000)));
    expect(both.map(({ kind }) => kind).sort()).toEqual(['begun', 'held', 'held', 'held']);
  });

  test('given up, the next one begins where it did', async () => {
    const first = begun(await store.readings.begin(LONG_MS, 10_000));
    await store.readings.giveUp(first.token);
    const second = begun(await other.readings.begin(LONG_MS, 10_000));
    expect(second.seen).toBeNull();
    expect(await store.readings.end(first.token, SEEN)).toBe(false);
    expect(await store.readings.renew(first.token, 10_000)).toBe(false);
    expect(await other.readings.renew(second.token, 10_000)).toBe(true);
  });

  test('whoever dies in mid-reading loses it, and what it read was not the end', async () => {
    const first = begun(await store.readings.begin(LONG_MS, 1));
    const second = await until(() => other.readings.begin(LONG_MS, 10_000));
    expect(second.seen).toBeNull();
    expect(await store.readings.end(first.token, SEEN)).toBe(false);
    expect(await other.readings.end(second.token, null)).toBe(true);
    expect((await until(() => other.readings.begin(0, 10_000))).seen).toBeNull();
  });

  test('tells how long the last one is new enough', async () => {
    const { token } = begun(await store.readings.begin(LONG_MS, 10_000));
    await store.readings.end(token, SEEN);
    const answer = await store.readings.begin(LONG_MS, 10_000);
    expect(answer.kind === 'fresh' && answer.nextMs > LONG_MS / 2 && answer.nextMs <= LONG_MS).toBe(true);
  });

  test('known GUIDs, of very many', async () => {
    const deliveries = [1, 2, 3].map((number) => about(number));
    await store.inbox.receive(deliveries);
    const guids = deliveries.map(({ guid }) => guid);
    const strangers = Array.from({ length: 5000 }, (_, index) => `stranger-${index}`);
    expect(await store.inbox.known([...strangers, ...guids, ...guids])).toEqual(new Set(guids));
    expect(await store.inbox.known([])).toEqual(new Set());
  });

  /** The database's clock counts in milliseconds. */
  async function until(look: () => Promise<BegunReading>): Promise<{ token: string; seen: typeof SEEN | null }> {
    for (;;) {
      const reading = await look();
      if (reading.kind === 'begun') return reading;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
});

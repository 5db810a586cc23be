/** Nobody waits for a noisy neighbour: repositories have their turns however much of one waits. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LaneWork } from '../../src/store/inbox-types.ts';
import { about } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const LEASE_MS = 60_000;
const NOISE = 5_000;
const WORKERS = 24;

describe.each(engines)('fairness on $name', ({ begin }) => {
  let world: World;
  beforeEach(async () => {
    world = await begin();
  });
  afterEach(() => world.end());

  async function noise(repo = 'acme/noisy', count = NOISE): Promise<void> {
    for (let from = 0; from < count; from += 1_000) {
      await world.store.inbox.receive(Array.from({ length: Math.min(1_000, count - from) }, (_, n) => about(from + n + 1, repo)));
    }
  }
  const take = (limit: number): Promise<LaneWork[]> => world.store.inbox.lease(limit, LEASE_MS);
  const finish = (works: LaneWork[]) =>
    Promise.all(works.map(({ lease, inputs }) => world.store.inbox.complete(lease, inputs.at(-1)?.seq ?? 0)));
  const from = (works: LaneWork[], repo: string) => works.filter((work) => work.repo === repo).length;

  test(`${NOISE} lanes of one repository: what another's has just come is in the very next hand`, async () => {
    await noise();
    for (let hand = 0; hand < 3; hand += 1) {
      await world.store.inbox.receive([about(hand + 1, 'acme/quiet')]);
      const works = await take(WORKERS);
      expect(works).toHaveLength(WORKERS);
      expect(from(works, 'acme/quiet')).toBe(1);
      await finish(works);
    }
  });

  test('so it is with one worker: the other comes within one round of all who wait', async () => {
    await noise();
    await finish(await take(WORKERS));
    await world.store.inbox.receive([about(1, 'acme/quiet'), about(1, 'acme/calm')]);
    const three = [...(await take(1)), ...(await take(1)), ...(await take(1))].map(({ repo }) => repo);
    expect(three).toEqual(expect.arrayContaining(['acme/quiet', 'acme/calm']));
  });

  test('who waits long does not starve while others come again and again', async () => {
    await noise('acme/old', 50);
    let old = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      await world.store.inbox.receive([
        about(turn + 1, 'acme/busy-1'),
        about(turn + 1, 'acme/busy-2'),
        about(turn + 1, `acme/new-${turn}`),
      ]);
      const works = await take(2);
      old += from(works, 'acme/old');
      await finish(works);
    }
    expect(old).toBeGreaterThanOrEqual(15);
  });

  test('every lane of the noisy one is handled in the end, each once', async () => {
    await noise('acme/noisy', 600);
    const seen = new Set<string>();
    for (let works = await take(WORKERS); works.length > 0; works = await take(WORKERS)) {
      for (const { lease } of works) {
        expect(seen.has(lease.lane)).toBe(false);
        seen.add(lease.lane);
      }
      await finish(works);
    }
    expect(seen.size).toBe(600);
    expect(await world.store.inbox.nextDueMs()).toBeNull();
  });

  test('lanes that back off stand in nobody’s way, and are in line again when their time has come', async () => {
    await noise('acme/limited', 600);
    for (let works = await take(WORKERS); works.length > 0; works = await take(WORKERS)) {
      await Promise.all(works.map(({ lease }) => world.store.inbox.retry(lease, 30_000, false, 'rate limit')));
    }
    expect(await world.store.inbox.nextDueMs()).toBeGreaterThan(10_000);
    await world.store.inbox.receive([about(1, 'acme/quiet')]);
    expect((await take(WORKERS)).map(({ repo }) => repo)).toEqual(['acme/quiet']);
    await world.pass(30_001);
    expect(await world.store.inbox.nextDueMs()).toBe(0);
    await world.store.inbox.receive([about(2, 'acme/quiet')]);
    const works = await take(WORKERS);
    expect(from(works, 'acme/quiet')).toBe(1);
    expect(from(works, 'acme/limited')).toBe(WORKERS - 1);
  });

  test('two who take at the same time never get the same lane', async () => {
    await noise('acme/noisy', 300);
    const other = await world.another();
    const lanes: string[] = [];
    // Who comes second to what another is taking gets less, or nothing: all together come to the end all the same.
    for (let got = -1; got !== 0; ) {
      const hands = await Promise.all(
        Array.from({ length: 12 }, (_, index) => (index % 2 ? other : world.store).inbox.lease(10, LEASE_MS)),
      );
      got = hands.flat().length;
      lanes.push(...hands.flat().map(({ lease }) => lease.lane));
    }
    expect(new Set(lanes).size).toBe(lanes.length);
    expect(lanes).toHaveLength(300);
  });
});

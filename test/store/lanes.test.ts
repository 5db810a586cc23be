/** Lanes: one holder, due in time, repositories in turn, nothing lost when a lease is (A1). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LaneWork } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';
import { about, REPO } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const LEASE_MS = 60_000;

describe.each(engines)('lanes on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
  });
  afterEach(() => world.end());

  const take = async (): Promise<LaneWork> => {
    const [work] = await store.inbox.lease(1, LEASE_MS);
    if (!work) throw new Error('nothing to lease');
    return work;
  };
  const lastSeq = (work: LaneWork): number => work.inputs.at(-1)?.seq ?? 0;
  const lanes = (works: LaneWork[]): string[] => works.map((work) => work.lease.lane);

  test('a held lane is nobody else’s; what comes meanwhile waits for the next one', async () => {
    await store.inbox.receive([about(1)]);
    const work = await take();
    await store.inbox.receive([about(1)]);
    expect(await store.inbox.lease(10, LEASE_MS)).toEqual([]);
    expect(await store.inbox.complete(work.lease, lastSeq(work))).toBe(true);
    const next = await take();
    expect(next.inputs).toHaveLength(1);
    expect(lastSeq(next)).toBeGreaterThan(lastSeq(work));
  });

  test('only what was handled is removed', async () => {
    await store.inbox.receive([about(1), about(1), about(1)]);
    const work = await take();
    await store.inbox.complete(work.lease, work.inputs[0]?.seq ?? 0);
    expect((await take()).inputs.map((each) => each.seq)).toEqual(work.inputs.slice(1).map((each) => each.seq));
  });

  test('a lease that ran out goes to the next one; the old token then fails everywhere', async () => {
    await store.inbox.receive([about(1)]);
    const old = await take();
    await world.pass(LEASE_MS + 1);
    const work = await take();
    expect(work.lease.token).not.toBe(old.lease.token);
    expect([work.attempts, work.lost]).toEqual([0, 1]);
    expect(await store.inbox.renew(old.lease, LEASE_MS)).toBe(false);
    expect(await store.inbox.complete(old.lease, lastSeq(old))).toBe(false);
    await store.inbox.retry(old.lease, 0, true, 'late');
    await store.inbox.park(old.lease, lastSeq(old), 'late');
    expect(await store.ledger.commit(old.lease, [])).toBe('lease-lost');
    expect(await store.inbox.figures()).toMatchObject({ depth: 1, parked: 0 });
    expect(await store.inbox.complete(work.lease, lastSeq(work))).toBe(true);
    expect(await store.ledger.commit(work.lease, [])).toBe('lease-lost');
  });

  /** As a worker that dies with it. */
  const lose = async (): Promise<void> => {
    await store.inbox.lease(1, LEASE_MS, `${REPO}#1`);
    await world.pass(LEASE_MS + 1);
  };

  test('a lane that lost its worker twice is a suspect: leased by itself, by whoever asks for one', async () => {
    await store.inbox.receive([about(1), about(2)]);
    await lose();
    expect(await store.inbox.suspectDue()).toBe(false);
    await lose();
    expect(await store.inbox.suspectDue()).toBe(true);
    expect(lanes(await store.inbox.lease(10, LEASE_MS))).toEqual([`${REPO}#2`]);
    const suspect = await store.inbox.leaseSuspect(LEASE_MS);
    expect(suspect).toMatchObject({ lease: { lane: `${REPO}#1` }, lost: 2, attempts: 0 });
    expect(await store.inbox.suspectDue()).toBe(false);
    expect(await store.inbox.leaseSuspect(LEASE_MS)).toBeNull();
    await world.pass(LEASE_MS + 1);
    expect((await store.inbox.leaseSuspect(LEASE_MS))?.lost).toBe(3);
  });

  test('only losses in a row count: a worker that ends its lease, well or not, clears the lane', async () => {
    await store.inbox.receive([about(1), about(1)]);
    await lose();
    await lose();
    const suspect = await store.inbox.leaseSuspect(LEASE_MS);
    if (!suspect) throw new Error('no suspect');
    await store.inbox.retry(suspect.lease, 0, true, 'boom');
    const failed = await take();
    expect(failed).toMatchObject({ lost: 0, attempts: 1 });
    await world.pass(LEASE_MS + 1);
    const lost = await take();
    expect(lost).toMatchObject({ lost: 1, attempts: 1 });
    await store.inbox.complete(lost.lease, lost.inputs[0]?.seq ?? 0);
    expect(await take()).toMatchObject({ lost: 0, attempts: 0 });
  });

  test('a renewed lease holds on', async () => {
    await store.inbox.receive([about(1)]);
    const work = await take();
    await world.pass(LEASE_MS - 1_000);
    expect(await store.inbox.renew(work.lease, LEASE_MS)).toBe(true);
    await world.pass(LEASE_MS - 1_000);
    expect(await store.inbox.lease(1, LEASE_MS)).toEqual([]);
  });

  test('a failed lane comes back after its delay, and no new input cuts that short', async () => {
    await store.inbox.receive([about(1)]);
    await store.inbox.retry((await take()).lease, 30_000.7, true, 'boom');
    await store.inbox.receive([about(1)]);
    expect(await store.inbox.lease(1, LEASE_MS)).toEqual([]);
    const due = await store.inbox.nextDueMs();
    expect(due).toBeGreaterThan(20_000);
    expect(due).toBeLessThanOrEqual(30_001);
    await world.pass(30_001);
    const work = await take();
    expect(work.attempts).toBe(1);
    expect(work.inputs).toHaveLength(2);
  });

  test('a rate limit makes it wait, too, but is no attempt; success forgets the attempts', async () => {
    await store.inbox.receive([about(1)]);
    await store.inbox.retry((await take()).lease, 1_000, false, 'rate limit');
    await store.inbox.receive([about(1)]);
    expect(await store.inbox.lease(1, LEASE_MS)).toEqual([]);
    await world.pass(1_001);
    const work = await take();
    expect(work.attempts).toBe(0);
    await store.inbox.retry(work.lease, 0, true, 'boom');
    const again = await take();
    expect(again.attempts).toBe(1);
    await store.inbox.receive([about(1)]);
    await store.inbox.complete(again.lease, lastSeq(again));
    expect((await take()).attempts).toBe(0);
  });

  test('the oldest lane of a repository is first', async () => {
    for (const number of [9, 10, 2]) await store.inbox.receive([about(number)]);
    await store.inbox.receive([about(9)]);
    const first = await take();
    const rest = await store.inbox.lease(10, LEASE_MS);
    expect(lanes([first, ...rest])).toEqual([`${REPO}#9`, `${REPO}#10`, `${REPO}#2`]);
  });

  test('a noisy repository does not keep the others waiting', async () => {
    await store.inbox.receive(Array.from({ length: 20 }, (_, index) => about(index + 1)));
    await store.inbox.receive([about(1, 'acme/b'), about(2, 'acme/b'), about(1, 'acme/c')]);
    expect(lanes(await store.inbox.lease(3, LEASE_MS))).toEqual([`${REPO}#1`, 'acme/b#1', 'acme/c#1']);
    await store.inbox.receive([about(1, 'acme/d')]);
    const turns = [];
    for (let turn = 0; turn < 4; turn += 1) turns.push((await take()).lease.lane);
    expect(turns).toEqual(['acme/d#1', `${REPO}#2`, 'acme/b#2', `${REPO}#3`]);
  });

  test('figures and the next due time', async () => {
    expect(await store.inbox.nextDueMs()).toBeNull();
    await store.inbox.receive([about(1), about(1), about(2)]);
    expect(await store.inbox.nextDueMs()).toBe(0);
    await world.pass(90_000);
    const figures = await store.inbox.figures();
    expect(figures).toMatchObject({ depth: 2, parked: 0 });
    expect(figures.oldestSeconds).toBeGreaterThanOrEqual(90);
    expect(figures.oldestSeconds).toBeLessThan(150);
    await store.inbox.lease(10, LEASE_MS);
    expect(await store.inbox.nextDueMs()).toBeGreaterThan(LEASE_MS / 2);
  });
});

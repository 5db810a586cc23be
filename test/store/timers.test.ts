/** Timers: a lane is woken at its time, once, by whatever process is there then. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerEffect } from '../../src/model/effect.ts';
import { boardLane, subjectLane } from '../../src/model/repo.ts';
import type { LaneWork, Lease } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';
import { about, leaseOf, REPO } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const MINUTE = 60_000;
const LANE = subjectLane(REPO, 1);

const timer = (minutes: number, over: { lane?: string; why?: string } = {}): LedgerEffect => ({
  kind: 'wake',
  lane: LANE,
  why: 'ci-deadline',
  at: new Date(Date.now() + minutes * MINUTE).toISOString(),
  ...over,
});

describe.each(engines)('timers on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  let lease: Lease;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
    lease = await leaseOf(store, 1);
  });
  afterEach(() => world.end());

  /** Sets them and ends the lane's work. */
  const set = async (...timers: LedgerEffect[]): Promise<void> => {
    expect(await store.ledger.commit(lease, timers)).toBe('done');
    expect(await store.inbox.complete(lease, Number.MAX_SAFE_INTEGER)).toBe(true);
  };
  const seen = (works: LaneWork[]) =>
    works.map(({ lease: held, inputs }) => [
      held.lane,
      inputs.map(({ input }) => (input.kind === 'change' ? input.event : input.kind)),
    ]);
  const due = async (from = store) => seen(await from.inbox.lease(9, MINUTE));

  test('fires when it is due, and once', async () => {
    await set(timer(30));
    await world.pass(29 * MINUTE);
    expect(await due()).toEqual([]);
    await world.pass(2 * MINUTE);
    const works = await store.inbox.lease(9, MINUTE);
    expect(seen(works)).toEqual([[LANE, ['playcaller.ci-deadline']]]);
    expect(works[0]).toMatchObject({ repo: REPO, installationId: 7 });
    expect(works[0] && (await store.inbox.complete(works[0].lease, Number.MAX_SAFE_INTEGER))).toBe(true);
    await world.pass(60 * MINUTE);
    expect(await due()).toEqual([]);
  });

  test("a board's timer is a sweep for its reason", async () => {
    await set(timer(30, { lane: boardLane(REPO), why: 'capacity' }));
    await world.pass(31 * MINUTE);
    const [work] = await store.inbox.lease(9, MINUTE);
    expect(work?.lease.lane).toBe(boardLane(REPO));
    expect(work?.inputs.map(({ input }) => input)).toEqual([{ kind: 'board', reason: 'capacity', sender: null }]);
  });

  test('set again, the new time holds, later or sooner', async () => {
    await set(timer(10), timer(40));
    await world.pass(20 * MINUTE);
    expect(await due()).toEqual([]);
    lease = await leaseOf(store, 1);
    await set(timer(1));
    await world.pass(2 * MINUTE);
    expect(await due()).toEqual([[LANE, ['playcaller.ci-deadline']]]);
  });

  test('each reason and each lane has its own; what a lane waits for comes to it together', async () => {
    const other = subjectLane(REPO, 2);
    await set(timer(5), timer(5, { why: 'group-ci-deadline' }), timer(5, { lane: other }), timer(90, { why: 'later' }));
    await world.pass(6 * MINUTE);
    const fired = new Map((await due()).map(([lane, events]) => [lane, [...(events ?? [])].sort()]));
    expect(fired).toEqual(
      new Map([
        [LANE, ['playcaller.ci-deadline', 'playcaller.group-ci-deadline']],
        [other, ['playcaller.ci-deadline']],
      ]),
    );
  });

  test('survives a restart, and what fell due while nobody was there fires at once', async () => {
    await set(timer(30));
    await store.close();
    await world.pass(24 * 60 * MINUTE);
    const after = await world.another();
    expect(await after.inbox.nextDueMs()).toBe(0);
    expect(await due(after)).toEqual([[LANE, ['playcaller.ci-deadline']]]);
  });

  test('the worker sleeps no longer than until it is due', async () => {
    await set(timer(30));
    const next = (await store.inbox.nextDueMs()) ?? 0;
    expect(next).toBeGreaterThan(29 * MINUTE);
    expect(next).toBeLessThanOrEqual(30 * MINUTE);
  });

  test('a time that is past already fires at the next look', async () => {
    await set(timer(-5));
    expect(await due()).toEqual([[LANE, ['playcaller.ci-deadline']]]);
  });

  test('moves with a renamed repository; its lane of the old name is not woken', async () => {
    await set(timer(30), timer(30, { why: 'group-ci-deadline' }));
    await store.ledger.renameRepository(REPO, 'acme/store');
    await world.pass(31 * MINUTE);
    const fired = await due();
    expect(fired.map(([lane]) => lane)).toEqual([subjectLane('acme/store', 1)]);
    expect([...(fired[0]?.[1] ?? [])].sort()).toEqual(['playcaller.ci-deadline', 'playcaller.group-ci-deadline']);
  });

  test('is set with the decision or not at all: who lost the lease sets none', async () => {
    await world.pass(2 * MINUTE);
    const later = await leaseOf(store, 1);
    expect(await store.ledger.commit(lease, [timer(5)])).toBe('lease-lost');
    expect(await store.inbox.complete(later, Number.MAX_SAFE_INTEGER)).toBe(true);
    await world.pass(10 * MINUTE);
    expect(await due()).toEqual([]);
  });

  test('due while the lane is being worked on: it is not lost when that work ends', async () => {
    expect(await store.ledger.commit(lease, [timer(-1)])).toBe('done');
    expect(await due()).toEqual([]);
    // The holder was given one input, and ends with that.
    await store.inbox.complete(lease, 1);
    expect(await due()).toEqual([[LANE, ['playcaller.ci-deadline']]]);
  });

  test('several processes: one of them gets it', async () => {
    await set(...Array.from({ length: 20 }, (_, index) => timer(5, { lane: subjectLane(REPO, index + 1) })));
    const stores = [store, await world.another(), await world.another()];
    await world.pass(6 * MINUTE);
    const all = (await Promise.all(stores.map((one) => one.inbox.lease(9, MINUTE)))).flat();
    const rest = (await Promise.all(stores.map((one) => one.inbox.lease(20, MINUTE)))).flat();
    const lanes = [...all, ...rest].map((work) => work.lease.lane);
    expect(new Set(lanes).size).toBe(20);
    expect(lanes).toHaveLength(20);
    expect([...all, ...rest].every(({ inputs }) => inputs.length === 1)).toBe(true);
  });

  test('other work of the lane does not wait for it', async () => {
    await set(timer(30));
    await store.inbox.receive([about(1)]);
    expect(await due()).toEqual([[LANE, ['issues.labeled']]]);
  });
});

/** Waking another lane: once while it waits, never lost while it is handled; schedule slots taken once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerEffect } from '../../src/model/effect.ts';
import type { LaneWork, Lease } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';
import { about, addressed, at, delivery, leaseOf, REPO } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

describe.each(engines)('waking on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  let lease: Lease;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
    lease = await leaseOf(store, 1);
  });
  afterEach(() => world.end());

  const wake = (number: number, why = 'slot-free'): LedgerEffect => ({ kind: 'wake', lane: `${REPO}#${number}`, why });
  const leaseAll = (): Promise<LaneWork[]> => store.inbox.lease(100, 60_000);
  const eventsOf = (work: LaneWork | undefined): string[] =>
    (work?.inputs ?? []).map(({ input }) => (input.kind === 'change' ? input.event : input.kind));

  test('a lane is woken once for each reason that waits', async () => {
    expect(await store.ledger.commit(lease, [wake(2), wake(2), wake(2, 'other')])).toBe('done');
    expect(await store.ledger.commit(lease, [wake(2)])).toBe('done');
    const [work, ...more] = await leaseAll();
    expect(more).toEqual([]);
    expect(work).toMatchObject({ repo: REPO, installationId: 7, lease: { lane: `${REPO}#2` } });
    expect(work?.inputs.map((each) => each.input)).toEqual(
      ['playcaller.slot-free', 'playcaller.other'].map((event) => ({
        kind: 'change',
        event,
        sender: null,
        labels: [],
        isPull: false,
      })),
    );
    expect(new Set(work?.inputs.map((each) => each.guid)).size).toBe(2);
  });

  test('a delivery with the same words does not stand for a wake', async () => {
    await store.inbox.receive([delivery([addressed({ to: 'subject', number: 2 })], { event: 'playcaller.slot-free' })]);
    await store.ledger.commit(lease, [wake(2)]);
    expect((await leaseAll())[0]?.inputs).toHaveLength(2);
  });

  test('the board is woken with its reason', async () => {
    const board = (reason: 'capacity' | 'configuration'): LedgerEffect => ({
      kind: 'wake',
      lane: `${REPO}@board`,
      why: 'x',
      board: reason,
    });
    await store.ledger.commit(lease, [board('capacity'), board('configuration'), board('capacity')]);
    expect((await leaseAll())[0]?.inputs.map((each) => each.input)).toEqual([
      { kind: 'board', reason: 'capacity', sender: null },
      { kind: 'board', reason: 'configuration', sender: null },
    ]);
  });

  test('a wake of the very lane that is being handled comes after it, also for the same reason', async () => {
    await store.ledger.commit(lease, [wake(2)]);
    const [first] = await leaseAll();
    if (!first) throw new Error('nothing to lease');
    expect(await store.ledger.commit(first.lease, [wake(2), wake(2)])).toBe('done');
    expect(await store.inbox.complete(first.lease, first.inputs.at(-1)?.seq ?? 0)).toBe(true);
    const [second] = await leaseAll();
    expect(eventsOf(second)).toEqual(['playcaller.slot-free']);
  });

  test('a wake that waits is not added to while its lane backs off', async () => {
    await store.ledger.commit(lease, [wake(2)]);
    const [first] = await leaseAll();
    if (!first) throw new Error('nothing to lease');
    await store.inbox.retry(first.lease, 10_000, true, 'boom');
    await store.ledger.commit(lease, [wake(2)]);
    expect(await leaseAll()).toEqual([]);
    await world.pass(10_001);
    expect(eventsOf((await leaseAll())[0])).toEqual(['playcaller.slot-free']);
  });

  test('those who listen hear of a wake', async () => {
    const heard = Promise.withResolvers<void>();
    const stop = store.inbox.onWork(heard.resolve);
    await store.ledger.commit(lease, [wake(2)]);
    await heard.promise;
    stop();
  });
});

describe.each(engines)('the schedule on $name', ({ begin }) => {
  let world: World;
  beforeEach(async () => {
    world = await begin();
  });
  afterEach(() => world.end());

  const tick = () => delivery([addressed({ to: 'board' }, { kind: 'board', reason: 'schedule', sender: null })]);

  test('a slot is taken once over all replicas, and its work is there once', async () => {
    const stores = [world.store, await world.another(), await world.another()];
    const taken = await Promise.all(
      Array.from({ length: 9 }, (_, index) => stores[index % 3]?.cron.take('sweep', at(10), tick())),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    const [work, ...more] = await world.store.inbox.lease(10, 60_000);
    expect(more).toEqual([]);
    expect(work?.inputs).toHaveLength(1);
  });

  test('time goes forward only; names are apart', async () => {
    const { cron } = world.store;
    expect(await cron.lastSlot('sweep')).toBeNull();
    expect(await cron.take('sweep', '2030-05-01T08:10:00Z', tick())).toBe(true);
    expect(await cron.take('sweep', at(9), tick())).toBe(false);
    expect(await cron.take('sweep', at(10), tick())).toBe(false);
    expect(await cron.take('sweep', at(11), tick())).toBe(true);
    expect(await cron.take('prune', at(9), about(1))).toBe(true);
    expect(await cron.lastSlot('sweep')).toBe(at(11));
  });
});

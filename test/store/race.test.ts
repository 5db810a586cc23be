/** Several processes on one database: nobody gets the same thing twice, nobody waits for ever. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lease } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';
import { about, addressed, change, delivery, leaseOf, REPO } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const LANES = 40;

describe.each(engines)('several stores on one $name', ({ begin }) => {
  let world: World;
  let stores: Store[];
  beforeEach(async () => {
    world = await begin();
    stores = [world.store, await world.another(), await world.another()];
  });
  afterEach(() => world.end());

  /** Works until nothing waits; says which GUIDs it handled. `held` are the lanes that anyone holds. */
  async function workOff(store: Store, held: Set<string>): Promise<string[]> {
    const handled: string[] = [];
    while ((await store.inbox.nextDueMs()) !== null) {
      const works = await store.inbox.lease(5, 60_000);
      await nextTurn();
      for (const { lease } of works) {
        if (held.has(lease.lane)) throw new Error(`${lease.lane} has two holders`);
        held.add(lease.lane);
      }
      for (const { lease, inputs } of works) {
        held.delete(lease.lane);
        if (!(await store.inbox.complete(lease, inputs.at(-1)?.seq ?? 0))) throw new Error(`${lease.lane} was lost`);
        handled.push(...inputs.map((each) => each.guid));
      }
    }
    return handled;
  }

  test('each input is handled once, one holder a lane', async () => {
    const deliveries = Array.from({ length: 400 }, (_, index) => about(index % LANES, `acme/${index % 7}`));
    await world.store.inbox.receive(deliveries);
    const held = new Set<string>();
    const handled = (await Promise.all(stores.map((store) => workOff(store, held)))).flat();
    expect(handled.toSorted()).toEqual(deliveries.map((each) => each.guid).toSorted());
  });

  test('inputs that come while others are handled are neither lost nor doubled', async () => {
    const guids: string[] = [];
    let receiving = true;
    const receivers = stores.map(async (store, at) => {
      for (let round = 0; round < 30; round += 1) {
        const batch = Array.from({ length: 8 }, (_, index) => about((index * 7 + at + round) % 5));
        guids.push(...batch.map((each) => each.guid));
        await store.inbox.receive(batch);
      }
    });
    const handled: string[] = [];
    const held = new Set<string>();
    const workers = stores.map(async (store) => {
      while (receiving) {
        handled.push(...(await workOff(store, held)));
        // The embedded store needs no I/O of the event loop: without this nobody else in this process gets a turn.
        await nextTurn();
      }
    });
    await Promise.all(receivers);
    receiving = false;
    await Promise.all(workers);
    handled.push(...(await workOff(world.store, held)));
    expect(handled.toSorted()).toEqual(guids.toSorted());
  });

  test('the same GUIDs at the same time: new for one of them', async () => {
    const batch = Array.from({ length: 50 }, (_, index) => about(index % LANES));
    const answers = await Promise.all(stores.map((store, at) => store.inbox.receive(at === 1 ? batch.toReversed() : batch)));
    const aligned = answers.map((answer, at) => (at === 1 ? answer.toReversed() : answer));
    for (const index of batch.keys()) expect(aligned.filter((answer) => answer[index])).toHaveLength(1);
  });

  test('commits that wake each other’s lanes and deliveries that cross them all get through', async () => {
    const leases: Lease[] = [];
    for (const number of [1, 2, 3]) leases.push(await leaseOf(world.store, number, `acme/${number}`));
    const everyLane = Array.from({ length: 12 }, (_, index) => index);
    const rounds = Array.from({ length: 20 }, (_, round) => round);
    const commits = stores.map(async (store, at) => {
      const lease = leases[at];
      if (!lease) throw new Error('a lease each');
      for (const round of rounds) {
        const order = (round + at) % 2 === 0 ? everyLane : everyLane.toReversed();
        const wakes = order.map((number) => ({ kind: 'wake' as const, lane: `${REPO}#${number}`, why: `round-${round}` }));
        expect(await store.ledger.commit(lease, wakes)).toBe('done');
      }
    });
    const receives = stores.map(async (store, at) => {
      for (const round of rounds) {
        const order = (round + at) % 2 === 0 ? everyLane.toReversed() : everyLane;
        const inputs = order.map((number) => addressed({ to: 'subject', number, headSha: `sha-${number}` }, change()));
        expect(await store.inbox.receive([delivery(inputs)])).toEqual([true]);
      }
    });
    await Promise.all([...commits, ...receives]);
    const works = (await world.store.inbox.lease(100, 60_000)).filter((work) => work.repo === REPO);
    for (const { inputs } of works) {
      expect(inputs.filter((each) => each.guid.startsWith('wake:'))).toHaveLength(rounds.length);
      expect(inputs).toHaveLength(rounds.length * (1 + stores.length));
    }
    expect(works).toHaveLength(everyLane.length);
  });
});

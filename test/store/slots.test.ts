/** Slots: never more than there are, the reserve for the fast lane, first come first served (L4). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerEffect } from '../../src/model/effect.ts';
import type { Session } from '../../src/model/session.ts';
import type { Lease } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';
import { at, leaseOf, REPO, session } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const CAPACITY = { capacity: 15, reserve: 1 };

function start(number: number, over: Partial<Session> = {}): LedgerEffect {
  const starting = session(number, { state: 'active', startedAt: at(number), ...over });
  return { kind: 'session.save', session: starting, claim: { ...CAPACITY, fastLane: starting.fastLane } };
}

describe.each(engines)('slots on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  let lease: Lease;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
    lease = await leaseOf(store, 1);
  });
  afterEach(() => world.end());

  const results = async (effects: LedgerEffect[]): Promise<string[]> => {
    const seen = [];
    for (const effect of effects) seen.push(await store.ledger.commit(lease, [effect]));
    return seen;
  };
  const times = (count: number, from = 1): number[] => Array.from({ length: count }, (_, index) => from + index);

  test('fifteen slots with a reserve of one take fourteen ordinary sessions and one of the fast lane', async () => {
    expect(new Set(await results(times(14).map((number) => start(number))))).toEqual(new Set(['done']));
    expect(await results([start(15)])).toEqual(['stale']);
    expect(await results([start(16, { fastLane: true }), start(17, { fastLane: true })])).toEqual(['done', 'stale']);
    expect(await store.ledger.slots(REPO)).toEqual({ active: 15, activeFastLane: 1, queue: [] });
  });

  test('fast-lane sessions may fill ordinary slots; the total holds', async () => {
    expect(new Set(await results(times(15).map((number) => start(number, { fastLane: true }))))).toEqual(new Set(['done']));
    expect(await results([start(16), start(17, { fastLane: true })])).toEqual(['stale', 'stale']);
  });

  test('two in the fast lane leave thirteen ordinary slots', async () => {
    await results(times(2).map((number) => start(number, { fastLane: true })));
    expect((await results(times(14, 10).map((number) => start(number)))).filter((each) => each === 'done')).toHaveLength(13);
  });

  test('a slot freed in the same commit may be taken; a session never stands in its own way', async () => {
    await results(times(14).map((number) => start(number)));
    const ended = session(3, { state: 'completed', endedAt: at(60), version: 2 });
    expect(await store.ledger.commit(lease, [{ kind: 'session.save', session: ended, claim: null }, start(20)])).toBe('done');
    expect(await results([start(20, { version: 2 })])).toEqual(['done']);
    expect(await results([start(21)])).toEqual(['stale']);
  });

  const state = async () => {
    const { active, activeFastLane, queue } = await store.ledger.slots(REPO);
    return { active, activeFastLane, queue };
  };

  test('a blocked session hands its slot on; unblocked it goes on, one too many, and nothing starts until there is room (W8)', async () => {
    await results(times(14).map((number) => start(number)));
    expect(await results([start(20)])).toEqual(['stale']);
    const save = (over: Partial<Session>): LedgerEffect => ({
      kind: 'session.save',
      session: session(3, { state: 'active', startedAt: at(3), ...over }),
      claim: null,
    });
    expect(await results([save({ blocked: true, version: 2 })])).toEqual(['done']);
    expect(await state()).toEqual({ active: 13, activeFastLane: 0, queue: [] });
    expect(await results([start(20), start(21)])).toEqual(['done', 'stale']);
    expect(await results([save({ version: 3 })])).toEqual(['done']);
    expect(await state()).toEqual({ active: 15, activeFastLane: 0, queue: [] });
    expect(await results([start(22), start(23, { fastLane: true })])).toEqual(['stale', 'stale']);
    const end = (number: number): LedgerEffect => ({
      kind: 'session.save',
      session: session(number, { state: 'completed', endedAt: at(60), version: 2 }),
      claim: null,
    });
    await results([end(5)]);
    expect(await results([start(22), start(23, { fastLane: true })])).toEqual(['stale', 'done']);
    await results([end(6)]);
    expect(await results([start(22), start(24)])).toEqual(['done', 'stale']);
  });

  test('a blocked session of the fast lane takes neither its slot nor the reserve', async () => {
    await results(times(14).map((number) => start(number)));
    await results([start(15, { fastLane: true, blocked: true }), start(16, { fastLane: true })]);
    expect(await state()).toEqual({ active: 15, activeFastLane: 1, queue: [] });
  });

  test('two processes race for the slot that one session hands on: one gets it', async () => {
    await results(times(14).map((number) => start(number)));
    const others = [store, await world.another(), await world.another()];
    const leases = [lease, await leaseOf(store, 2), await leaseOf(store, 3)];
    const blocked = session(3, { state: 'active', startedAt: at(3), blocked: true, version: 2 });
    const handOn: LedgerEffect = { kind: 'session.save', session: blocked, claim: null };
    const race = (effects: LedgerEffect[]) =>
      Promise.all(
        effects.map((effect, index) => {
          const by = others[index % 3];
          const held = leases[index % 3];
          if (!by || !held) throw new Error('three of each');
          return by.ledger.commit(held, [effect]);
        }),
      );
    const starts = times(12, 30).map((number) => start(number));
    const first = (await race([...starts.slice(0, 3), handOn, ...starts.slice(3)])).toSpliced(3, 1);
    const won = first.filter((each) => each === 'done').length;
    expect(won).toBeLessThanOrEqual(1);
    const again = await race(starts.filter((_, index) => first[index] === 'stale'));
    expect(won + again.filter((each) => each === 'done').length).toBe(1);
    expect((await store.ledger.slots(REPO)).active).toBe(14);
  });

  test('a similar session that the decision did not know of makes a start stale; a known or ended one does not (L3)', async () => {
    const twins = (number: number, known: number[], over: Partial<Session> = {}): LedgerEffect => {
      const effect = start(number, { title: 'The cart total is wrong', ...over });
      return effect.kind === 'session.save' && effect.claim ? { ...effect, claim: { ...effect.claim, known } } : effect;
    };
    expect(await results([twins(1, []), twins(2, []), twins(2, [1])])).toEqual(['done', 'stale', 'done']);
    expect(await results([twins(3, [1, 2], { title: 'Broken link 7' }), twins(4, [], { title: 'Broken link 8' })])).toEqual([
      'done',
      'done',
    ]);
    expect((await store.ledger.openSessions(REPO, 'all')).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  test('who is held stands in no queue, and is found among those that wait outside it', async () => {
    const held = session(5, { state: 'planned', holds: [{ kind: 'similar', sessions: [1], pulls: [] }] });
    await store.ledger.commit(lease, [{ kind: 'session.save', session: held, claim: null }]);
    await store.ledger.commit(lease, [{ kind: 'session.save', session: session(6, { state: 'planned' }), claim: null }]);
    expect((await store.ledger.slots(REPO)).queue).toEqual([6]);
    expect((await store.ledger.openSessions(REPO, 'held')).map(({ number }) => number)).toEqual([5]);
  });

  test('other repositories have slots of their own', async () => {
    await results(times(14).map((number) => start(number)));
    const other = await leaseOf(store, 1, 'acme/other');
    expect(await store.ledger.commit(other, [start(99, { repo: 'acme/other' })])).toBe('done');
  });

  test('the queue: fast lane first, then the longest waiting, then the number; blocked ones stand aside', async () => {
    const planned = [
      session(1, { plannedAt: at(5) }),
      session(2, { plannedAt: at(1), blocked: true }),
      session(4, { plannedAt: at(2) }),
      session(3, { plannedAt: at(2) }),
      session(5, { plannedAt: at(9), fastLane: true }),
      session(6, { plannedAt: '2030-05-01T08:01:30Z' }),
      session(7, { state: 'completed' }),
    ];
    await store.ledger.commit(
      lease,
      planned.map((each) => ({ kind: 'session.save', session: each, claim: null })),
    );
    expect((await store.ledger.slots(REPO)).queue).toEqual([5, 6, 3, 4, 1]);
  });

  test('two processes race for the last slots', async () => {
    const stores = [store, await world.another(), await world.another()];
    const leases = [lease, await leaseOf(store, 2), await leaseOf(store, 3)];
    const claims = times(24).map((number) => {
      const held = leases[number % 3];
      const by = stores[number % 3];
      if (!held || !by) throw new Error('three of each');
      return by.ledger.commit(held, [start(number)]);
    });
    const outcomes = await Promise.all(claims);
    expect(outcomes.filter((each) => each === 'done')).toHaveLength(14);
    expect(outcomes.filter((each) => each === 'stale')).toHaveLength(10);
    expect((await store.ledger.slots(REPO)).active).toBe(14);
  });
});

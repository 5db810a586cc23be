/** Deliveries in: each GUID once, to the right lanes, in order (A1). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/types.ts';
import { about, addressed, change, command, delivery, leaseOf, pull, REPO } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

describe.each(engines)('receiving on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
  });
  afterEach(() => world.end());

  const waiting = async () =>
    (await store.inbox.lease(100, 60_000)).map((work) => [work.lease.lane, work.inputs.length] as const);

  test('a GUID counts once, within a call and over calls', async () => {
    const first = about(1);
    expect(await store.inbox.receive([first, about(2), first])).toEqual([true, true, false]);
    expect(await store.inbox.receive([first])).toEqual([false]);
    expect(await (await world.another()).inbox.receive([first])).toEqual([false]);
    expect(await waiting()).toEqual([
      [`${REPO}#1`, 1],
      [`${REPO}#2`, 1],
    ]);
  });

  test('a GUID stays known after its work is done', async () => {
    const first = about(1);
    await store.inbox.receive([first]);
    const [work] = await store.inbox.lease(1, 60_000);
    if (!work) throw new Error('nothing to lease');
    expect(await store.inbox.complete(work.lease, work.inputs.at(-1)?.seq ?? 0)).toBe(true);
    expect(await store.inbox.receive([first])).toEqual([false]);
    expect(await waiting()).toEqual([]);
  });

  test('nothing, and a delivery that says nothing, are fine', async () => {
    expect(await store.inbox.receive([])).toEqual([]);
    const silent = delivery([]);
    expect(await store.inbox.receive([silent])).toEqual([true]);
    expect(await store.inbox.receive([silent])).toEqual([false]);
    expect(await store.inbox.figures()).toEqual({ depth: 0, oldestSeconds: 0, parked: 0 });
  });

  test('the newest open pull request looks for all, or for those to a base', async () => {
    const [work] = [await leaseOf(store, 1)];
    const known = [
      pull(4, { baseRef: 'main' }),
      pull(5, { baseRef: 'release/1' }),
      pull(10, { baseRef: 'main' }),
      pull(11, { baseRef: 'main', state: 'closed' }),
    ];
    await store.ledger.commit(
      work,
      known.map((one) => ({ kind: 'pull.save', pull: one }) as const),
    );
    expect(await store.ledger.openPulls(REPO)).toEqual([4, 5, 10]);
    expect(await store.ledger.openPulls(REPO, 'release/1')).toEqual([5]);
    expect(await store.ledger.openPulls(REPO, 'topic')).toEqual([]);
    const to = (base: string | null, repo = REPO) => addressed({ to: 'newest', base }, change('push'), repo);
    await store.inbox.receive([
      delivery([to(null)]),
      delivery([to('release/1'), to('topic')]),
      delivery([to(null, 'acme/none')]),
    ]);
    expect(await waiting()).toEqual([
      [`${REPO}#10`, 1],
      [`${REPO}#5`, 1],
    ]);
  });

  test('a lane keeps the order, and what the inputs say', async () => {
    const inputs = [change('issues.labeled'), command('/session start'), change('issues.edited'), command('/session stop')];
    const guids = [];
    for (const input of inputs) {
      const one = delivery([addressed({ to: 'subject', number: 3 }, input)]);
      guids.push(one.guid);
      await store.inbox.receive([one]);
    }
    const [work] = await store.inbox.lease(10, 60_000);
    expect(work).toMatchObject({ repo: REPO, installationId: 7, attempts: 0 });
    expect(work?.inputs.map((each) => each.input)).toEqual(inputs);
    expect(work?.inputs.map((each) => each.guid)).toEqual(guids);
  });

  test('one delivery may go to several lanes', async () => {
    const inputs = [
      addressed({ to: 'board' }, { kind: 'board', reason: 'installed', sender: null }),
      addressed({ to: 'subject', number: 4 }),
    ];
    await store.inbox.receive([delivery(inputs)]);
    expect(await waiting()).toEqual([
      [`${REPO}@board`, 1],
      [`${REPO}#4`, 1],
    ]);
  });

  test('a SHA goes to all pull requests that it was seen on, of that repository only', async () => {
    const head = (number: number, repo = REPO) => addressed({ to: 'subject', number, headSha: 'abc' }, change(), repo);
    await store.inbox.receive([delivery([head(10)]), delivery([head(11)]), delivery([head(12, 'acme/other')])]);
    for (const work of await store.inbox.lease(10, 60_000)) await store.inbox.complete(work.lease, Number.MAX_SAFE_INTEGER);
    const checkRun = delivery([addressed({ to: 'sha', sha: 'abc' }, change('check_run.completed'))]);
    expect(await store.inbox.receive([checkRun])).toEqual([true]);
    expect((await waiting()).map(([lane]) => lane).sort()).toEqual([`${REPO}#10`, `${REPO}#11`]);
  });

  test('a SHA that was seen in the same call is known', async () => {
    const opened = delivery([addressed({ to: 'subject', number: 13, headSha: 'def' })]);
    await store.inbox.receive([opened, delivery([addressed({ to: 'sha', sha: 'def' })])]);
    expect(await waiting()).toEqual([[`${REPO}#13`, 2]]);
  });

  test('a SHA that only the ledger saw is known; an unknown one is recorded and goes nowhere', async () => {
    const lease = await leaseOf(store, 1);
    await store.ledger.commit(lease, [{ kind: 'pull.save', pull: pull(14, { headSha: '0123' }) }]);
    const unknown = delivery([addressed({ to: 'sha', sha: 'nobody' })]);
    expect(await store.inbox.receive([unknown, delivery([addressed({ to: 'sha', sha: '0123' })])])).toEqual([true, true]);
    expect(await waiting()).toEqual([[`${REPO}#14`, 1]]);
    expect(await store.inbox.receive([unknown])).toEqual([false]);
  });

  test('a large call is taken whole', async () => {
    const many = Array.from({ length: 7_000 }, (_, index) => about(index % 50));
    const fresh = await store.inbox.receive(many);
    expect(fresh.every(Boolean)).toBe(true);
    const works = await store.inbox.lease(100, 60_000);
    expect(works.reduce((sum, work) => sum + work.inputs.length, 0)).toBe(7_000);
  });

  test('groups of any size bring in their own values, however often one of that size came before', async () => {
    let number = 0;
    for (const size of [1, 2, 3, 31, 32, 33, 3, 2, 1, 33, 32, 1]) {
      const group = Array.from({ length: size }, () => {
        number += 1;
        return delivery([addressed({ to: 'subject', number, headSha: `sha${number}` }, command(`/session ${number}`))]);
      });
      await store.inbox.receive(group);
      const news = delivery([addressed({ to: 'sha', sha: `sha${number}` }, change('status'))]);
      expect(await store.inbox.receive([news, ...group])).toEqual([true, ...group.map(() => false)]);
      const works = await store.inbox.lease(100, 60_000);
      const guids = works.flatMap(({ inputs }) => inputs.map(({ guid }) => guid));
      expect(guids.sort()).toEqual([news, ...group].map(({ guid }) => guid).sort());
      for (const { lease, inputs } of works) {
        expect(inputs[0]?.input).toEqual(command(`/session ${lease.lane.slice(REPO.length + 1)}`));
        await store.inbox.complete(lease, Number.MAX_SAFE_INTEGER);
      }
    }
  });

  test('what came later is younger, though its statement was made before', async () => {
    await store.inbox.receive([about(1)]);
    for (const { lease } of await store.inbox.lease(1, 60_000)) await store.inbox.complete(lease, Number.MAX_SAFE_INTEGER);
    await world.pass(600_000);
    await store.inbox.receive([about(2)]);
    expect((await store.inbox.figures()).oldestSeconds).toBeLessThan(300);
    expect(await store.inbox.lease(9, 1_000)).toHaveLength(1);
  });

  test('text that a database may not like comes back as it went in', async () => {
    const odd = 'NUL \0, lone \ud800, quote \' " \\ , 漢字 🎭';
    await store.inbox.receive([delivery([addressed({ to: 'subject', number: 5 }, command(odd))])]);
    const [work] = await store.inbox.lease(1, 60_000);
    expect(work?.inputs[0]?.input).toEqual(command(odd));
  });

  test('those who listen hear of new work, until they stop', async () => {
    let calls = 0;
    let heard = Promise.withResolvers<void>();
    const stop = store.inbox.onWork(() => {
      calls += 1;
      heard.resolve();
    });
    await store.inbox.receive([about(6)]);
    await heard.promise;
    heard = Promise.withResolvers<void>();
    await store.inbox.receive([about(7)]);
    await heard.promise;
    stop();
    stop();
    const before = calls;
    await store.inbox.receive([about(8)]);
    await store.ping();
    expect(calls).toBe(before);
  });
});

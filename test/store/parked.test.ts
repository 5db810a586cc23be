/** What was put aside: seen, put back, kept; old GUIDs go (A1). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LaneWork, ParkedWhich } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';
import { about, addressed, at, command, delivery, REPO } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

describe.each(engines)('parking on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
  });
  afterEach(() => world.end());

  const take = async (): Promise<LaneWork> => {
    const [work] = await store.inbox.lease(1, 60_000);
    if (!work) throw new Error('nothing to lease');
    return work;
  };

  test('the poisonous input is put aside with its error, the rest goes on', async () => {
    const bad = delivery([addressed({ to: 'subject', number: 1 }, command('/session boom'))], { event: 'issue_comment.created' });
    await store.inbox.receive([bad, about(1)]);
    const work = await take();
    const seq = work.inputs[0]?.seq ?? 0;
    await store.inbox.park(work.lease, seq, 'it \0 broke');
    const [parked, ...more] = await store.inbox.parked(10);
    expect(more).toEqual([]);
    expect(parked).toMatchObject({
      seq,
      guid: bad.guid,
      lane: `${REPO}#1`,
      event: 'issue_comment.created',
      input: command('/session boom'),
    });
    expect(parked?.error).toMatch(/^it . broke$/);
    expect(Date.parse(parked?.parkedAt ?? '')).not.toBeNaN();
    const next = await take();
    expect(next.attempts).toBe(0);
    expect(next.inputs).toHaveLength(1);
    expect(await store.inbox.figures()).toMatchObject({ depth: 1, parked: 1 });
  });

  test('a lane with all its inputs parked works again with the next event', async () => {
    await store.inbox.receive([about(1)]);
    const work = await take();
    await store.inbox.park(work.lease, work.inputs[0]?.seq ?? 0, 'broke');
    expect(await store.inbox.nextDueMs()).toBeNull();
    await store.inbox.receive([about(1)]);
    expect((await take()).inputs).toHaveLength(1);
  });

  test('replayed inputs come back once, in order, also into a lane that is being handled', async () => {
    await store.inbox.receive([1, 2, 3].map((each) => delivery([addressed({ to: 'subject', number: 1 }, command(`${each}`))])));
    const work = await take();
    await store.inbox.park(work.lease, work.inputs.at(-1)?.seq ?? 0, 'broke');
    const seqs = (await store.inbox.parked(10)).map((each) => each.seq);
    await store.inbox.receive([about(1)]);
    const busy = await take();
    expect(await store.inbox.replay([...seqs].reverse())).toBe(3);
    expect(await store.inbox.replay(seqs)).toBe(0);
    expect(await store.inbox.replay([])).toBe(0);
    expect(await store.inbox.complete(busy.lease, busy.inputs[0]?.seq ?? 0)).toBe(true);
    expect((await take()).inputs.map((each) => each.input)).toEqual([command('1'), command('2'), command('3')]);
    expect(await store.inbox.parked(10)).toEqual([]);
  });

  test('picked out by number, lane, repository and GUID, with how often each was tried', async () => {
    const shop = about(1);
    await store.inbox.receive([shop, about(2), about(1, 'acme/other')]);
    const lanes = await store.inbox.lease(10, 60_000);
    const first = lanes.find(({ lease }) => lease.lane === `${REPO}#1`);
    if (!first) throw new Error('not leased');
    await store.inbox.retry(first.lease, 0, true, 'broke');
    await store.inbox.retry((await take()).lease, 0, true, 'broke');
    for (const { lease, inputs } of [...lanes.filter((each) => each !== first), await take()])
      await store.inbox.park(lease, inputs.at(-1)?.seq ?? 0, 'broke');
    const laneOf = async (which: ParkedWhich) => (await store.inbox.parked(10, which)).map(({ lane }) => lane).sort();
    expect(await laneOf({})).toEqual(['acme/other#1', `${REPO}#1`, `${REPO}#2`]);
    expect(await laneOf({ repo: REPO })).toEqual([`${REPO}#1`, `${REPO}#2`]);
    expect(await laneOf({ lane: `${REPO}#2` })).toEqual([`${REPO}#2`]);
    expect(await laneOf({ seqs: [] })).toEqual([]);
    const [found] = await store.inbox.parked(10, { guid: shop.guid });
    expect(found).toMatchObject({ lane: `${REPO}#1`, attempts: 3 });
    expect(await laneOf({ seqs: [found?.seq ?? 0], repo: 'acme/other' })).toEqual([]);
    expect((await store.inbox.parked(10, { lane: `${REPO}#2` }))[0]?.attempts).toBe(1);
  });

  test('what is thrown away is gone, and its redelivery does nothing', async () => {
    const bad = about(1);
    await store.inbox.receive([bad]);
    const work = await take();
    await store.inbox.park(work.lease, work.inputs.at(-1)?.seq ?? 0, 'broke');
    const seqs = (await store.inbox.parked(10)).map(({ seq }) => seq);
    expect(await store.inbox.drop(seqs)).toBe(1);
    expect(await store.inbox.drop(seqs)).toBe(0);
    expect(await store.inbox.replay(seqs)).toBe(0);
    expect(await store.inbox.figures()).toMatchObject({ depth: 0, parked: 0 });
    expect(await store.inbox.receive([bad])).toEqual([false]);
  });

  test('pruning forgets old GUIDs, never what still waits', async () => {
    const handled = delivery([], { receivedAt: at(-60) });
    const young = delivery([], { receivedAt: at(1) });
    const waits = { ...about(1), receivedAt: at(-60) };
    await store.inbox.receive([handled, young, waits]);
    expect(await store.inbox.prune(at(0))).toBe(1);
    expect(await store.inbox.prune(at(0))).toBe(0);
    expect(await store.inbox.receive([handled, young, waits])).toEqual([true, false, false]);
    expect((await take()).inputs).toHaveLength(1);
  });

  test('pruning goes on until all is gone', async () => {
    await store.inbox.receive(Array.from({ length: 4_500 }, () => delivery([], { receivedAt: at(-60) })));
    expect(await store.inbox.prune(at(0))).toBe(4_500);
  });

  test('pruning forgets heads by age, but not those of open pull requests', async () => {
    const seen = (number: number, headSha: string) => delivery([addressed({ to: 'subject', number, headSha })]);
    await store.inbox.receive([seen(1, 'gone'), seen(2, 'open')]);
    const { lease } = await take();
    const open = {
      repo: REPO,
      number: 2,
      id: 'PR_2',
      title: '',
      url: '',
      draft: false,
      headRef: 'b',
      session: null,
      verdict: null,
      open: [],
    };
    await store.ledger.commit(lease, [{ kind: 'pull.save', pull: { ...open, state: 'open', headSha: 'open' } }]);
    await store.inbox.prune(new Date(Date.now() + 3_600_000).toISOString());
    const bySha = (sha: string) => delivery([addressed({ to: 'sha', sha })]);
    await store.inbox.receive([bySha('gone'), bySha('open')]);
    await world.pass(60_001);
    const works = await store.inbox.lease(10, 60_000);
    expect(works.map((work) => [work.lease.lane, work.inputs.length]).sort()).toEqual([
      [`${REPO}#1`, 1],
      [`${REPO}#2`, 2],
    ]);
  });
});

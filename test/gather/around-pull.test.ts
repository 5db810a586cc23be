/** Others on the same commit: what GitHub lists, and pull requests of forks, which only the ledger knows by their head (G5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aroundPull } from '../../src/gather/around-pull.ts';
import type { PullFacts } from '../../src/model/pull-facts.ts';
import type { PullDetail, Verdict } from '../../src/model/verdict.ts';
import { HEAD, pull } from '../gate/facts.ts';
import { leaseOf, REPO, pull as record } from '../store/samples.ts';
import { engines, type World } from '../store/worlds.ts';

const VERDICT: Verdict = { state: 'pass', headSha: HEAD, items: [] };

function detail(number: number, more: Partial<PullFacts>, verdict: Verdict | null = VERDICT): PullDetail {
  const { scan: _scan, files: _files, ...stored } = pull({ number, title: `Pull ${number}`, ...more });
  return { repo: REPO, number, headSha: stored.headSha, at: '2030-05-01T08:00:00.000Z', pull: stored, verdict };
}

describe.each(engines)('on $name', ({ begin }) => {
  let world: World;
  beforeAll(async () => {
    world = await begin();
    const { store } = world;
    const lease = await leaseOf(store, 1);
    const known: [PullDetail, 'open' | 'closed'][] = [
      [detail(40, { siblings: [34] }), 'open'],
      [detail(41, { headRepo: 'mallory/shop', siblings: [30] }), 'open'],
      [detail(42, { headRepo: null }), 'open'],
      [detail(43, { headRepo: 'mallory/shop' }, null), 'closed'],
      [detail(44, { headRepo: 'mallory/shop', headSha: 'e'.repeat(40) }), 'open'],
      [detail(45, { headSha: 'e'.repeat(40), siblings: [34] }), 'open'],
    ];
    const effects = known.flatMap(([one, state]) => [
      { kind: 'pull.save', pull: record(one.number, { headSha: one.headSha, state }) } as const,
      { kind: 'detail.save', detail: one } as const,
    ]);
    expect(await store.ledger.commit(lease, effects)).toBe('done');
  });
  afterAll(() => world.end());

  it('finds the open ones with this head', async () => {
    const found = await world.store.ledger.pullsAt(REPO, HEAD);
    expect(found.map(({ number }) => number)).toEqual([40, 41, 42]);
    expect(await world.store.ledger.pullsAt('acme/other', HEAD)).toEqual([]);
  });

  it('tells their verdicts, and whether they know of us', async () => {
    const own = pull({ siblings: [45, 46] });
    const { siblings } = await aroundPull(own, null, REPO, world.store.ledger);
    expect(siblings).toEqual([
      { number: 41, title: 'Pull 41', verdict: VERDICT, knows: false },
      { number: 42, title: 'Pull 42', verdict: VERDICT, knows: false },
      // Listed by GitHub; the first was last seen on another commit, the second never.
      { number: 45, title: 'Pull 45', verdict: null, knows: false },
      { number: 46, title: '', verdict: null, knows: false },
    ]);
    expect(own.siblings).toEqual([41, 42, 45, 46]);
    const other = await aroundPull(pull({ siblings: [40] }), null, REPO, world.store.ledger);
    expect(other.siblings?.[0]).toMatchObject({ number: 40, knows: true });
  });
});

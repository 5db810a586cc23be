/** The last sweep's figures: for Prometheus, and as JSON for whoever may read the repository (W12). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fullPlan } from '../../src/decide/sweep/full-plan.ts';
import { seenOf } from '../../src/decide/sweep/seen.ts';
import { viewSweep } from '../../src/decide/sweep/sweep-view.ts';
import type { Cycle } from '../../src/model/board-facts.ts';
import { createWeb } from '../../src/web/create-web.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import type { Access } from '../../src/web/permitted.ts';
import { temporaryStore } from '../intake/deliver.ts';
import { leaseOf, REPO } from '../store/samples.ts';
import { atCycle, configured, cycle } from '../sweep/backlog-fixtures.ts';
import { boardFacts, boardSession, logged, session } from '../sweep/fixtures.ts';

const facts = configured(
  atCycle(
    9,
    boardFacts(
      [
        boardSession(session(1, 'active', { category: 'UX' }), {
          since: [{ ...logged(1, 'bob', 'x', '2026-11-26T09:00:00Z'), key: 'pr-7:open' }],
        }),
        boardSession(session(2, 'planned', { blocked: true })),
      ],
      { checks: [] },
    ),
    [cycle(8, {})],
  ),
  { categories: ['UX', 'Data "hot"\n'] },
);
const plan = fullPlan(facts);
const SWEPT: Cycle = { ...facts.cycle, seen: seenOf(viewSweep(facts), plan) };

let store: Awaited<ReturnType<typeof temporaryStore>>;
beforeAll(async () => {
  store = await temporaryStore();
  const lease = await leaseOf(store.store, 1);
  await store.store.ledger.commit(lease, [{ kind: 'cycle.save', cycle: SWEPT }]);
});
afterAll(() => store.remove());

const READERS: Record<string, Access> = {
  reader: { kind: 'readable', name: REPO },
  elsewhere: { kind: 'readable', name: 'acme/never-swept' },
  outsider: { kind: 'unreadable' },
  unlucky: { kind: 'unknown', retryAfterSeconds: 42 },
};

function get(path: string, token: string | null, sweeps: () => Promise<Cycle[]> | null = () => null) {
  const doors = {
    ledger: () => store.store.ledger,
    access: async (given: string): Promise<Access> => READERS[given] ?? { kind: 'bad-token' },
  };
  const metrics = createMetrics({ figures: () => null, sweeps });
  const web = createWeb({ metrics, unready: async () => null, stuck: () => null, verdicts: doors, sweeps: doors });
  return web.request(path, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });
}

describe('as JSON', () => {
  it('whole, for a reader', async () => {
    const answer = await get('/api/sweeps/acme/shop', 'reader');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    const { day, number, startedAt } = SWEPT;
    expect(await answer.json()).toEqual({ repo: REPO, day, cycle: number, startedAt, planned: 1, metrics: plan.metrics });
  });

  it.each([
    ['/api/sweeps/acme/shop', null, 401],
    ['/api/sweeps/acme/shop', 'wrong', 401],
    ['/api/sweeps/acme/shop', 'outsider', 404],
    ['/api/sweeps/acme/shop', 'unlucky', 503],
    ['/api/sweeps/acme/never-swept', 'elsewhere', 404],
    ['/api/sweeps/acme/..%2f', 'reader', 400],
    ['/api/sweeps/-acme/shop', 'reader', 400],
  ])('%s for %s: %i', async (path, token, status) => {
    expect((await get(path, token)).status).toBe(status);
  });

  it('says the same to who may not read and where nothing is', async () => {
    const [hidden, missing] = [await get('/api/sweeps/acme/shop', 'outsider'), await get('/api/sweeps/acme/x', 'elsewhere')];
    expect(await hidden.text()).toBe(await missing.text());
  });
});

describe('for Prometheus', () => {
  const lines = async (cycles: Cycle[]) => {
    const answer = await get('/metrics', null, async () => cycles);
    return (await answer.text()).split('\n');
  };

  it('gauges of the newest cycle; what nobody saw is absent', async () => {
    const text = await lines([SWEPT]);
    for (const line of [
      'playcaller_sessions{repo="acme/shop",state="active"} 1',
      'playcaller_sessions{repo="acme/shop",state="planned"} 1',
      'playcaller_sessions{repo="acme/shop",state="archived"} 0',
      'playcaller_sessions_blocked{repo="acme/shop"} 1',
      'playcaller_sessions_by_age{repo="acme/shop",up_to_days="7"} 1',
      'playcaller_sessions_by_age{repo="acme/shop",up_to_days="+Inf"} 0',
      'playcaller_cycle_pull_requests{repo="acme/shop",event="opened"} 1',
      'playcaller_flaky_checks{repo="acme/shop"} 0',
      'playcaller_category_sessions{repo="acme/shop",category="UX",state="active"} 1',
      'playcaller_category_cold{repo="acme/shop",category="Data \\"hot\\"\\n"} 1',
      'playcaller_sweep_cycle{repo="acme/shop"} 9',
      `playcaller_sweep_timestamp_seconds{repo="acme/shop"} ${Date.parse(SWEPT.startedAt) / 1000}`,
    ])
      expect(text).toContain(line);
    expect(text.filter((line) => /^playcaller_(check_pass_ratio|cycle_lint_failures)\{/.test(line))).toEqual([]);
  });

  it('a cycle from before figures were kept has its number only; a repository that is gone is gone', async () => {
    const old: Cycle = { repo: 'acme/old', day: '2026-11-01', number: 4, startedAt: '2026-11-01T07:00:00Z' };
    const text = await lines([old]);
    const about = text.filter((line) => line.includes('repo="acme/old"')).map((line) => line.split('{')[0]);
    expect(about).toEqual(['playcaller_sweep_cycle', 'playcaller_sweep_timestamp_seconds']);
    const metrics = createMetrics({ figures: () => null, sweeps: () => Promise.resolve([SWEPT, old].slice(shown++)) });
    let shown = 0;
    expect(await metrics.text()).toContain('repo="acme/shop"');
    expect(await metrics.text()).not.toContain('repo="acme/shop"');
  });

  it('a hundred repositories at most; none while the store is away', async () => {
    const many = Array.from({ length: 300 }, (_, n) => ({ ...SWEPT, repo: `acme/r${n}` }));
    const text = await lines(many);
    expect(text.filter((line) => line.startsWith('playcaller_sweep_cycle{'))).toHaveLength(100);
    const away = await get('/metrics', null, () => Promise.reject(new Error('away')));
    expect([away.status, (await away.text()).includes('playcaller_sessions{')]).toEqual([200, false]);
  });
});

/** `/metrics` as Prometheus reads it: every figure, its name by the conventions, and never more series than it can take. */
import { expect, test } from 'vitest';
import { INSTALLATIONS_SHOWN } from '../../src/web/github-metrics.ts';
import { createMetrics, type MetricSources } from '../../src/web/metrics.ts';
import { QuotaBook } from '../../src/web/quota-book.ts';

const BUSY: MetricSources = {
  figures: () => Promise.resolve({ depth: 3, oldestSeconds: 12, parked: 1 }),
  worker: () => ({ slots: 24, busy: 5, lookedAgoMs: 1500 }),
  unready: () => Promise.resolve(null),
  freeBytes: () => Promise.resolve(1e9),
  version: '1.2.3',
};

test('deliveries, queue, worker, handled runs, calls and what is left of the quota', async () => {
  const metrics = createMetrics(BUSY);
  metrics.delivery('stored');
  metrics.delivery('stored');
  metrics.answered(20, null);
  metrics.answered(2, 'signature');
  metrics.handled('subject', 'done', 120, 2);
  for (const outcome of ['retry', 'retry', 'parked', 'lease-lost']) metrics.handled('subject', outcome, 10, 1);
  metrics.githubCall('graphql', 200, 80);
  metrics.rateLimit({ installationId: 5, resource: 'core', remaining: 4000, limit: 5000 });
  const text = await metrics.text();
  for (const line of [
    'playcaller_deliveries_total{outcome="stored"} 2',
    'playcaller_deliveries_total{outcome="unavailable"} 0',
    'playcaller_deliveries_refused_total{reason="signature"} 1',
    'playcaller_delivery_seconds_count 2',
    'playcaller_queue_depth 3',
    'playcaller_queue_oldest_seconds 12',
    'playcaller_parked 1',
    'playcaller_store_up 1',
    'playcaller_ready 1',
    'playcaller_store_disk_free_bytes 1000000000',
    'playcaller_worker_slots 24',
    'playcaller_worker_slots_busy 5',
    'playcaller_worker_look_age_seconds 1.5',
    'playcaller_retries_total 2',
    'playcaller_parked_runs_total 1',
    'playcaller_leases_lost_total 1',
    'playcaller_handled_seconds_count{kind="subject",outcome="done"} 1',
    'playcaller_handled_calls_sum{kind="subject"} 6',
    'playcaller_github_call_seconds_count{api="graphql",status="200"} 1',
    'playcaller_github_ratelimit_remaining{installation="5",resource="core"} 4000',
    'playcaller_github_ratelimit_lowest_ratio{resource="core"} 0.8',
    `playcaller_build_info{version="1.2.3",node="${process.versions.node}"} 1`,
  ]) {
    expect(text).toContain(`${line}\n`);
  }
});

test('while the store is away: down and not ready, and no figure is made up', async () => {
  const metrics = createMetrics({
    figures: () => Promise.reject(new Error('away')),
    unready: () => Promise.resolve('the store does not answer'),
    freeBytes: () => Promise.reject(new Error('no such directory')),
  });
  const text = await metrics.text();
  expect(text).toContain('playcaller_store_up 0\n');
  expect(text).toContain('playcaller_ready 0\n');
  expect(text).not.toContain('playcaller_store_disk_free_bytes');
});

test('when the last good delivery came', async () => {
  let nowMs = 1_000_000_000_000;
  const metrics = createMetrics({ ...BUSY, nowMs: () => nowMs });
  metrics.delivery('duplicate');
  nowMs += 60_000;
  metrics.delivery('refused');
  expect(await metrics.text()).toContain('playcaller_last_delivery_timestamp_seconds 1000000000\n');
});

test('waiting for GitHub is counted once, however many lanes were told to wait', async () => {
  let nowMs = 0;
  const metrics = createMetrics({ ...BUSY, nowMs: () => nowMs });
  for (const until of [60_000, 60_000, 50_000, 90_000]) metrics.paused(5, until);
  metrics.paused(6, 10_000);
  let text = await metrics.text();
  expect(text).toContain('playcaller_github_wait_seconds_total 100\n');
  expect(text).toContain('playcaller_github_paused_installations 2\n');
  nowMs = 20_000;
  text = await metrics.text();
  expect(text).toContain('playcaller_github_paused_installations 1\n');
});

test('100,000 installations give the series of the scarcest few, and little to remember', async () => {
  let nowMs = 0;
  const metrics = createMetrics({ ...BUSY, nowMs: () => nowMs });
  const book = new QuotaBook(1000);
  for (let id = 1; id <= 100_000; id += 1) {
    // Spread without order: 7919 has no common factor with 5001.
    const quota = { installationId: id, resource: 'core', remaining: (id * 7919) % 5001, limit: 5000 };
    metrics.rateLimit(quota);
    book.record(quota, 0);
  }
  metrics.rateLimit({ installationId: null, resource: 'core', remaining: 1, limit: 5000 });
  const series = async () =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith('playcaller_github_ratelimit_remaining{'));
  const shown = await series();
  expect(shown).toHaveLength(INSTALLATIONS_SHOWN);
  expect(shown.map((line) => Number(line.split(' ')[1]))).toEqual([...Array.from({ length: 19 }, () => 0), 1]);
  expect(book.size).toBeLessThanOrEqual(1000);
  expect(book.scarcest(19, 0).map(({ remaining }) => remaining)).toEqual(Array.from({ length: 19 }, () => 0));

  nowMs = 3_600_001;
  expect(await series()).toEqual([]);
});

/** https://prometheus.io/docs/practices/naming/ */
test('names and units go by the conventions', async () => {
  const metrics = createMetrics(BUSY);
  const text = await metrics.text();
  const types = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => ({ name, type }));
  const own = types.filter(({ name }) => !/^playcaller_(process|nodejs)_/.test(name));
  expect(own.length).toBeGreaterThan(25);
  for (const { name, type } of own) {
    expect(name).toMatch(/^playcaller_[a-z]+(_[a-z]+)*$/);
    expect(name.endsWith('_total'), name).toBe(type === 'counter');
    expect(name).not.toMatch(/_(ms|milliseconds|minutes|hours|percent|kb|mb)(_|$)/);
    expect(text, name).toMatch(new RegExp(`^# HELP ${name} \\S`, 'm'));
  }
  // OpenMetrics takes `_total` off a counter's name: no other metric may have the rest.
  const counters = new Set(own.filter(({ type }) => type === 'counter').map(({ name }) => name.replace(/_total$/, '')));
  expect(own.filter(({ name, type }) => type !== 'counter' && counters.has(name))).toEqual([]);
});

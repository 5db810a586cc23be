/** Health, readiness and metrics as an orchestrator and Prometheus read them. */
import { expect, test } from 'vitest';
import type { QueueFigures } from '../../src/store/types.ts';
import { createWeb } from '../../src/web/create-web.ts';
import { createMetrics } from '../../src/web/metrics.ts';

const verdicts = { ledger: () => null, access: async () => ({ kind: 'unreadable' }) as const };

function web(why: string | null, figures: () => Promise<QueueFigures> | null = () => null) {
  const metrics = createMetrics(figures);
  return {
    metrics,
    get: async (path: string) => createWeb({ metrics, unready: async () => why, verdicts, sweeps: verdicts }).request(path),
  };
}

test('alive, whatever the store does', async () => {
  expect((await web('the store is away').get('/healthz')).status).toBe(200);
});

test('ready only when webhooks can be stored', async () => {
  expect((await web(null).get('/readyz')).status).toBe(200);
  const answer = await web('the store is away').get('/readyz');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'not ready', why: 'the store is away' });
});

test('metrics: deliveries, queue, handled runs, calls and what is left of the quota', async () => {
  const { metrics, get } = web(null, () => Promise.resolve({ depth: 3, oldestSeconds: 12, parked: 1 }));
  metrics.delivery('stored');
  metrics.delivery('stored');
  metrics.handled('subject', 'done', 120, 2);
  metrics.githubCall('graphql', 200, 80);
  metrics.rateLimit(5, 'core', 4999);
  const answer = await get('/metrics');
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = await answer.text();
  for (const line of [
    'playcaller_deliveries_total{outcome="stored"} 2',
    'playcaller_queue_depth 3',
    'playcaller_queue_oldest_seconds 12',
    'playcaller_parked 1',
    'playcaller_store_up 1',
    'playcaller_handled_seconds_count{kind="subject",outcome="done"} 1',
    'playcaller_handled_calls_sum{kind="subject"} 2',
    'playcaller_github_call_seconds_count{api="graphql",status="200"} 1',
    'playcaller_github_ratelimit_remaining{installation="5",resource="core"} 4999',
  ]) {
    expect(text).toContain(line);
  }
});

test('metrics while the store is away', async () => {
  const { get } = web(null, () => Promise.reject(new Error('away')));
  expect(await (await get('/metrics')).text()).toContain('playcaller_store_up 0');
});

test('a page for whoever looks, and 404 for the rest', async () => {
  const answer = await web(null).get('/');
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(await answer.text()).toContain('<h1>Playcaller</h1>');
  expect((await web(null).get('/nowhere')).status).toBe(404);
});

/** Health and readiness as an orchestrator reads them, and the page for whoever looks. */
import { expect, test } from 'vitest';
import { createWeb } from '../../src/web/create-web.ts';
import { createMetrics } from '../../src/web/metrics.ts';

const doors = { ledger: () => null, access: async () => ({ kind: 'unreadable' }) as const };

async function get(path: string, { unready = null, stuck = null }: { unready?: string | null; stuck?: string | null } = {}) {
  const metrics = createMetrics({ figures: () => null });
  return createWeb({ metrics, unready: async () => unready, stuck: () => stuck, verdicts: doors, sweeps: doors }).request(path);
}

test('alive, whatever the store does', async () => {
  expect((await get('/healthz', { unready: 'the store is away' })).status).toBe(200);
});

test('not alive when only a new start would help', async () => {
  const answer = await get('/healthz', { stuck: 'the worker has not looked for work for 130 s' });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'stuck', why: 'the worker has not looked for work for 130 s' });
});

test('ready only when webhooks can be stored', async () => {
  expect((await get('/readyz')).status).toBe(200);
  const answer = await get('/readyz', { unready: 'the store is away' });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'not ready', why: 'the store is away' });
});

test('a page for whoever looks, and 404 for the rest', async () => {
  const answer = await get('/');
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(await answer.text()).toContain('<h1>Playcaller</h1>');
  expect((await get('/nowhere')).status).toBe(404);
});

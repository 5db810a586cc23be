/** The delivery list is no kinder than GitHub's: pages by cursor, outcomes by code, three days, no answer is code 0. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, refusal, shop, startBench } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const list = async (query: Record<string, unknown> = {}) => bench.app.request('GET /app/hook/deliveries', query);

test('newest first, page by page by cursor, at most a hundred at once', async () => {
  const alice = bench.as('alice');
  for (let made = 0; made < 4; made += 1) await alice.rest.issues.create({ ...shop, title: `Issue ${made}` });
  await bench.heard();
  const all = await list({ per_page: 1000 });
  const ids = all.data.map(({ id }) => Number(id));
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
  const paged = await bench.app.paginate('GET /app/hook/deliveries', { per_page: 2 });
  expect(paged.map(({ id }) => Number(id))).toEqual(ids);
  const first = await list({ per_page: 2 });
  expect(first.headers.link).toMatch(/cursor=[^>]+>; rel="next"$/);
  expect(await refusal(list({ cursor: 'v1_none' }))).toMatchObject({ status: 422 });
});

test('outcomes go by the code: what nobody answered is in neither list', async () => {
  bench.answer.status = 503;
  await bench.as('alice').rest.issues.create({ ...shop, title: 'Refused' });
  await bench.heard();
  bench.answer.status = 202;
  await bench.app.request('PATCH /app/hook/config', { data: { url: 'http://127.0.0.1:9/hook' } });
  await bench.as('alice').rest.issues.create({ ...shop, title: 'Nobody there' });
  await bench.heard();
  const codes = async (query: Record<string, unknown>) => new Set((await list(query)).data.map((one) => one.status_code));
  expect(await codes({ status: 'failure' })).toEqual(new Set([503]));
  expect(await codes({ status: 'success' })).toEqual(new Set([202]));
  const [newest] = (await list()).data;
  expect(newest).toMatchObject({ status: 'failed to connect to host', status_code: 0 });
  expect(await refusal(list({ status: 'odd' }))).toMatchObject({ status: 422 });
});

test('after three days they are gone, for reading and for sending again', async () => {
  const [newest] = (await list()).data;
  await bench.control('POST', '/clock', { days: 3, minutes: 1 });
  expect((await list()).data).toEqual([]);
  const delivery_id = Number(newest?.id);
  expect(await refusal(bench.app.request('GET /app/hook/deliveries/{delivery_id}', { delivery_id }))).toMatchObject({
    status: 404,
  });
  const again = bench.app.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id });
  expect(await refusal(again)).toMatchObject({ status: 404 });
});

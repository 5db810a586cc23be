/** GitHub's delivery list as GitHub really answers: ids beyond JavaScript's numbers, cursors, odd items, what is gone (A2). */
import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDeliveries } from '../../src/github/deliveries.ts';
import { Broken, Gone, Unavailable } from '../../src/github/errors.ts';
import { faultOf, fixture, grantToken, HOST } from './fake.ts';

beforeEach(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
});

/** As text: a JavaScript number would change it. */
const BIG_ID = '3804004623172239367';
const item = (over = ''): string =>
  `{"id":${BIG_ID},"guid":"0b989ba4-242f-11e5-81e1-c7b6966d2516","delivered_at":"2026-03-02T11:59:58Z","redelivery":false,` +
  `"duration":0.27,"status":"failed to connect to host","status_code":502,"event":"issues","action":"labeled",` +
  `"installation_id":123,"repository_id":456,"throttled_at":null${over}}`;
const json = { 'content-type': 'application/json; charset=utf-8' };

test('a page, with ids that no JavaScript number can hold', async () => {
  nock(HOST)
    .get('/app/hook/deliveries?per_page=100')
    .reply(200, `[${item()},${item(',"status_code":202,"action":null,"installation_id":null')}]`, {
      ...json,
      date: 'Mon, 02 Mar 2026 12:00:00 GMT',
      link: `<${HOST}/app/hook/deliveries?per_page=100&cursor=v1_3804%3D>; rel="next", <${HOST}/x>; rel="prev"`,
    });
  const page = await createDeliveries(fixture().github).page(null);
  expect(page).toMatchObject({ next: 'v1_3804=', now: '2026-03-02T12:00:00.000Z' });
  expect(page.attempts).toEqual([
    {
      id: BIG_ID,
      guid: '0b989ba4-242f-11e5-81e1-c7b6966d2516',
      event: 'issues',
      action: 'labeled',
      deliveredAt: '2026-03-02T11:59:58.000Z',
      taken: false,
      redelivery: false,
      installationId: 123,
      repositoryId: 456,
    },
    expect.objectContaining({ taken: true, action: null, installationId: null }),
  ]);
});

test.each([
  ['0', false],
  ['200', true],
  ['204', true],
  ['301', false],
  ['404', false],
  ['503', false],
  ['null', false],
])('status_code %s: taken is %s', async (code, taken) => {
  nock(HOST)
    .get('/app/hook/deliveries?per_page=100&cursor=a')
    .reply(200, `[${item(`,"status_code":${code}`)}]`, json);
  const page = await createDeliveries(fixture().github).page('a');
  expect(page.attempts.map((attempt) => attempt.taken)).toEqual([taken]);
  expect(page.next).toBeNull();
});

test('an item that cannot be read is left out, the others stay', async () => {
  const odd = [
    'null',
    '7',
    '{}',
    item(',"guid":""'),
    item(',"guid":"a b"'),
    item(',"delivered_at":"soon"'),
    item(',"event":"../x"'),
  ];
  nock(HOST)
    .get('/app/hook/deliveries?per_page=100')
    .reply(200, `[${[...odd, item()].join(',')}]`, json);
  const deliveries = createDeliveries(fixture().github);
  expect((await deliveries.page(null)).attempts.map(({ id }) => id)).toEqual([BIG_ID]);
  nock(HOST)
    .get('/app/hook/deliveries?per_page=100')
    .reply(200, `[${odd.join(',')}]`, json);
  expect(await faultOf(deliveries.page(null))).toBeInstanceOf(Broken);
});

test('an answer that is no list is met as an outage; no list at all is told apart', async () => {
  const deliveries = createDeliveries(fixture().github);
  nock(HOST).get('/app/hook/deliveries?per_page=100').reply(200, '{"message":"hm"}', json);
  expect(await faultOf(deliveries.page(null))).toBeInstanceOf(Unavailable);
  nock(HOST).get('/app/hook/deliveries?per_page=100').reply(404, '{"message":"Not Found"}', json);
  expect(await faultOf(deliveries.page(null))).toBeInstanceOf(Gone);
});

test('what a delivery carried; null where GitHub has it no longer or gives something else', async () => {
  const deliveries = createDeliveries(fixture().github);
  const answers: [number, string][] = [
    [200, '{"id":1,"request":{"headers":{},"payload":{"action":"labeled","issue":{"number":3}}}}'],
    [404, '{"message":"Not Found"}'],
    [200, '{"request":{"payload":"text"}}'],
    [200, '{"request":{"payload":[1]}}'],
    [200, '[]'],
  ];
  for (const [status, body] of answers) nock(HOST).get(`/app/hook/deliveries/${BIG_ID}`).reply(status, body, json);
  expect(await deliveries.payload(BIG_ID)).toEqual({ action: 'labeled', issue: { number: 3 } });
  for (const _ of answers.slice(1)) expect(await deliveries.payload(BIG_ID)).toBeNull();
});

test("names of an installation's repositories, page by page; none when it is gone or may not be asked", async () => {
  grantToken(123);
  const deliveries = createDeliveries(fixture().github);
  const page = (from: number, count: number) => ({
    total_count: 120,
    repositories: Array.from({ length: count }, (_, index) => ({ id: from + index, full_name: `acme/r${from + index}` })),
  });
  nock(HOST).get('/installation/repositories?per_page=100&page=1').reply(200, page(1, 100), json);
  nock(HOST).get('/installation/repositories?per_page=100&page=2').reply(200, page(101, 20), json);
  const names = await deliveries.repositories(123);
  expect([names.size, names.get(120)]).toEqual([120, 'acme/r120']);
  nock(HOST).get('/installation/repositories?per_page=100&page=1').reply(403, { message: 'Resource not accessible' }, json);
  expect((await deliveries.repositories(123)).size).toBe(0);
  nock(HOST).post('/app/installations/9/access_tokens').reply(404, { message: 'Not Found' }, json);
  expect((await deliveries.repositories(9)).size).toBe(0);
});

/** Each fault of the sandbox, seen over the wire by a client without any help: plain fetch. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { WENT_WRONG } from '../../src/sandbox/harm.ts';
import { type Bench, shop, startBench } from './support.ts';

let bench: Bench;
let issueId = '';

beforeAll(async () => {
  bench = await startBench();
  const made = await bench
    .as('bob')
    .rest.issues.create({ ...shop, title: 'An issue with a title that is long enough to be cut' });
  issueId = made.data.node_id;
});
afterEach(() => bench.control('DELETE', '/faults'));
afterAll(() => bench.close());

const Answer = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullable(),
  errors: z.array(z.looseObject({ message: z.string(), path: z.array(z.union([z.string(), z.number()])).optional() })).optional(),
});

const fault = async (body: Record<string, unknown>) => expect((await bench.control('POST', '/faults', body)).status).toBe(201);

function call(method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { authorization: 'token sandbox-bob', 'content-type': 'application/json' };
  return fetch(`${bench.url}/api/${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}
const issue = () => call('GET', 'v3/repos/acme/shop/issues/1');
const ask = async (query: string) => Answer.parse(await (await call('POST', 'graphql', { query })).json());
const comments = async () =>
  (await bench.as('alice').rest.issues.listComments({ ...shop, issue_number: 1, per_page: 100 })).data.map(({ body }) => body);

test.each([
  [{ status: 500 }, 500, null],
  [{ status: 504 }, 504, null],
  [{ retryAfter: 3 }, 429, '3'],
  [{ status: 403, retryAfter: 3 }, 403, '3'],
  [{ status: 429 }, 429, null],
])('%j', async (wanted, status, retryAfter) => {
  await fault(wanted);
  const answer = await issue();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
  expect(await answer.json()).toHaveProperty('message');
});

test.each([
  [true, '60'],
  [2, '2'],
  ['unnamed', null],
])('a secondary limit in GitHub’s words: %s', async (secondaryLimit, retryAfter) => {
  await fault({ secondaryLimit });
  const answer = await issue();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([403, retryAfter]);
  expect(await answer.json()).toMatchObject({ message: expect.stringContaining('secondary rate limit') });
});

test('a page of HTML instead of JSON', async () => {
  await fault({ html: true });
  const answer = await issue();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
  expect(await answer.text()).toContain('<html>');
});

test('a body that breaks off, and one that ends too soon; what was asked for is done', async () => {
  await fault({ truncate: 'cut', times: 1 });
  const cut = await call('POST', 'v3/repos/acme/shop/issues/1/comments', { body: 'cut on its way' });
  expect(cut.status).toBe(201);
  await expect(cut.text()).rejects.toThrow();
  await fault({ truncate: 'short', times: 1 });
  const short = await call('POST', 'v3/repos/acme/shop/issues/1/comments', { body: 'short of its end' });
  expect(short.headers.get('content-type')).toContain('json');
  const text = await short.text();
  expect(text).toMatch(/^\{/);
  expect(() => JSON.parse(text)).toThrow();
  expect(await comments()).toEqual(['cut on its way', 'short of its end']);
});

test('an empty body', async () => {
  await fault({ emptyBody: true });
  const answer = await issue();
  expect([answer.status, await answer.text()]).toEqual([200, '']);
});

test('a slow body: headers at once, the rest later, and all of it', async () => {
  await fault({ slowBodyMs: 300 });
  const answer = await issue();
  const chunks: string[] = [];
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) chunks.push(decoder.decode(chunk, { stream: true }));
  expect(chunks.length).toBeGreaterThan(1);
  expect(JSON.parse(chunks.join(''))).toMatchObject({ number: 1 });
});

const add = (body: string) => `addComment(input: {subjectId: "${issueId}", body: "${body}"}) { clientMutationId }`;

test('GraphQL’s own ways to fail', async () => {
  const mutation = `mutation { ${add('never said')} }`;
  await fault({ graphql: 'went-wrong', times: 1 });
  expect(await ask(mutation)).toEqual({ data: null, errors: [{ message: WENT_WRONG }] });
  await fault({ graphql: 'rate-limited', times: 1 });
  expect(await ask(mutation)).toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] });
  expect(await comments()).not.toContain('never said');
  await fault({ graphql: 'timed-out', times: 1 });
  expect(await ask(`mutation { ${add('said after all')} }`)).toEqual({ data: null, errors: [{ message: WENT_WRONG }] });
  expect(await comments()).toContain('said after all');
});

test('GraphQL in part: one field of a mutation fails, the others are done', async () => {
  await fault({ graphql: 'partial', times: 1, seed: 5 });
  const answer = await ask(`mutation { a: ${add('first')} b: ${add('second')} c: ${add('third')} }`);
  expect(answer.errors).toEqual([expect.objectContaining({ message: WENT_WRONG, path: [expect.stringMatching(/^[abc]$/)] })]);
  const failed = answer.errors?.[0]?.path?.[0];
  const empty = Object.entries(answer.data ?? {}).filter(([, value]) => value === null);
  expect(empty).toEqual([[failed, null]]);
  const done = { a: 'first', b: 'second', c: 'third' };
  const said = await comments();
  for (const [name, body] of Object.entries(done)) expect(said.includes(body), body).toBe(name !== failed);
});

test('GraphQL in part: one field of a query fails, the others are there', async () => {
  await fault({ graphql: 'partial', times: 1, seed: 8 });
  const fields = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'].map(
    (name) => `${name}: issue(number: 1) { title }`,
  );
  const answer = await ask(`{ repository(owner: "acme", name: "shop") { ${fields.join(' ')} } }`);
  expect(answer.errors).toEqual([expect.objectContaining({ message: WENT_WRONG })]);
  const found = Object.values(answer.data?.repository ?? {});
  expect(found.filter((value) => value === null)).toHaveLength(1);
  expect(found).toHaveLength(fields.length);
});

test('stale reads: both APIs show the world of a while ago; people and writes see the newest', async () => {
  await fault({ staleMs: 60_000, actor: 'bob' });
  await bench.as('bob').rest.issues.createComment({ ...shop, issue_number: 1, body: 'not seen yet' });
  await bench.as('bob').rest.issues.update({ ...shop, issue_number: 1, title: 'Another title' });
  expect(await (await issue()).json()).toMatchObject({ title: expect.stringContaining('An issue') });
  const asked = await ask(
    '{ repository(owner: "acme", name: "shop") { issue(number: 1) { title comments(last: 9) { nodes { body } } } } }',
  );
  expect(JSON.stringify(asked)).toContain('An issue');
  expect(JSON.stringify(asked)).toContain('said after all');
  expect(JSON.stringify(asked)).not.toContain('not seen yet');
  expect(await comments()).toContain('not seen yet');
  await bench.control('DELETE', '/faults');
  expect(await (await issue()).json()).toMatchObject({ title: 'Another title' });
});

test('a stale read lags by no more than it was told', async () => {
  await fault({ staleMs: 700, actor: 'bob' });
  await new Promise((resolve) => setTimeout(resolve, 800));
  await bench.as('bob').rest.issues.update({ ...shop, issue_number: 1, title: 'The newest title' });
  expect(await (await issue()).json()).toMatchObject({ title: 'Another title' });
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(await (await issue()).json()).toMatchObject({ title: 'The newest title' });
});

test('a share of calls is slow, and none of them fails', async () => {
  await fault({ latencyMs: 1, errorRate: 0.5 });
  const answers = await Promise.all(Array.from({ length: 10 }, issue));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
});

test('an unknown part, or one out of bounds, is refused', async () => {
  for (const body of [{ stale: 5 }, { truncate: 'middle' }, { graphql: 'maybe' }, { retryAfter: -1 }])
    expect((await bench.control('POST', '/faults', body)).status).toBe(400);
});

/** The adapter against canned answers: authentication, both APIs, what is counted, and what is kept out of logs. */
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Broken, Gone, RateLimited, Refused, Unavailable } from '../../src/github/errors.ts';
import { tallied } from '../../src/github/tally.ts';
import { faultOf, fixture, grantToken, HOST, PRIVATE_KEY, TOKEN } from './fake.ts';

beforeEach(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
  vi.useRealTimers();
});

const QUERY = 'query Subject($n: Int!) { repository { issue(number: $n) { id } } }';
const MUTATION =
  'mutation Write($a: ID!) { one: addComment(input: { subjectId: $a }) { clientMutationId } two: addComment(input: {}) { clientMutationId } }';

describe('REST', () => {
  test('an installation asks for its token once and uses it', async () => {
    grantToken();
    nock(HOST).get('/repos/acme/shop').times(2).matchHeader('authorization', `token ${TOKEN}`).reply(200, { id: 1 });
    const { github } = fixture();
    const client = await github.forInstallation(5);
    const first = await client.rest('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' });
    await (await github.forInstallation(5)).rest('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' });
    expect(first).toMatchObject({ status: 200, data: { id: 1 } });
  });

  test('GitHub Enterprise Server, its port and paths included', async () => {
    const ghe = 'http://ghe.example.com:8443';
    grantToken(5, ghe, '/api/v3');
    nock(ghe).get('/api/v3/repos/acme/shop').reply(200, { id: 1 });
    nock(ghe)
      .post('/api/graphql')
      .reply(200, { data: { viewer: { login: 'x' } } });
    const client = await fixture({ apiUrl: `${ghe}/api/v3` }).github.forInstallation(5);
    expect((await client.rest('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' })).status).toBe(200);
    expect(await client.graphql('Who', 'query Who { viewer { login } }', {})).toEqual({
      data: { viewer: { login: 'x' } },
      errors: [],
    });
  });

  test('who we are', async () => {
    nock(HOST)
      .get('/app')
      .reply(200, { id: 7, slug: 'playcaller', name: 'Playcaller', permissions: { issues: 'write' }, events: ['issues'] });
    expect(await fixture().github.app()).toEqual({
      id: 7,
      slug: 'playcaller',
      name: 'Playcaller',
      login: 'playcaller[bot]',
      permissions: { issues: 'write' },
      events: ['issues'],
    });
  });

  test.each([
    ['github.com', HOST, '', null],
    ['Enterprise Server', 'http://ghe.example.com:8443', '/api/v3', 'http://ghe.example.com:8443/api/v3'],
  ])('a token that died is replaced once where it came from, and the call made again: %s', async (_, host, prefix, apiUrl) => {
    const granted: string[] = [];
    nock(host)
      .post(`${prefix}/app/installations/5/access_tokens`)
      .times(2)
      .reply(() => {
        granted.push(`${TOKEN}${granted.length}`);
        return [201, { token: granted.at(-1), expires_at: '2100-01-01T00:00:00Z', permissions: {} }];
      });
    nock(host).get(`${prefix}/zen`).matchHeader('authorization', `token ${TOKEN}0`).reply(200, {});
    nock(host).get(`${prefix}/zen`).matchHeader('authorization', `token ${TOKEN}0`).reply(401, { message: 'Bad credentials' });
    nock(host).get(`${prefix}/zen`).matchHeader('authorization', `token ${TOKEN}1`).reply(200, { ok: true });
    const client = await fixture({ apiUrl }).github.forInstallation(5);
    await client.rest('GET /zen');
    // In a token's first seconds a 401 only means that GitHub's replicas do not know it yet.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    expect((await client.rest('GET /zen')).data).toEqual({ ok: true });
    expect(granted).toHaveLength(2);
  });

  test('a write is never repeated by itself', async () => {
    grantToken();
    let writes = 0;
    nock(HOST)
      .persist()
      .post('/repos/acme/shop/issues')
      .reply(() => {
        writes += 1;
        return [502, ''];
      });
    const client = await fixture().github.forInstallation(5);
    const fault = await faultOf(client.rest('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'shop', title: 'x' }));
    expect(fault).toBeInstanceOf(Unavailable);
    expect(writes).toBe(1);
  });
});

describe('GraphQL', () => {
  test('partial data is kept beside its errors; variables may have any name', async () => {
    grantToken();
    let sent: unknown;
    nock(HOST)
      .post('/graphql', (body) => {
        sent = body;
        return true;
      })
      .reply(200, {
        data: { repository: { issue: null } },
        errors: [{ type: 'NOT_FOUND', path: ['repository', 'issue'], message: 'Could not resolve' }],
      });
    const client = await fixture().github.forInstallation(5);
    const answer = await client.graphql('Subject', QUERY, { n: 1, query: 'x', url: 'y', headers: 'z' });
    expect(answer).toEqual({
      data: { repository: { issue: null } },
      errors: [{ type: 'NOT_FOUND', path: 'repository.issue', message: 'Could not resolve' }],
    });
    expect(sent).toEqual({ query: QUERY, variables: { n: 1, query: 'x', url: 'y', headers: 'z' }, operationName: 'Subject' });
  });

  test.each([
    ['RATE_LIMITED', { type: 'RATE_LIMITED', message: 'API rate limit exceeded' }, RateLimited],
    ['a secondary limit', { message: 'You have exceeded a secondary rate limit.' }, RateLimited],
    ['an outage in disguise', { message: 'Something went wrong while executing your query.' }, Unavailable],
  ])('%s in a 200', async (_, error, kind) => {
    grantToken();
    nock(HOST)
      .post('/graphql')
      .reply(200, { data: null, errors: [error] });
    const client = await fixture().github.forInstallation(5);
    expect(await faultOf(client.graphql('Subject', QUERY, {}))).toBeInstanceOf(kind);
  });

  test.each([
    ['a page of HTML', '<html>', 'text/html'],
    ['nothing', '', 'application/json; charset=utf-8'],
    ['half of it', '{"data":{"repository":{"iss', 'application/json; charset=utf-8'],
    ['another shape', '"ok"', 'application/json; charset=utf-8'],
  ])('an answer that is no answer: %s', async (_, body, type) => {
    grantToken();
    nock(HOST).post('/graphql').reply(200, body, { 'content-type': type });
    const client = await fixture().github.forInstallation(5);
    expect(await faultOf(client.graphql('Subject', QUERY, {}))).toBeInstanceOf(Unavailable);
  });

  test.each([
    ['one field timed out', { path: ['repository', 'issue'], message: 'Something went wrong while executing your query.' }],
    ['one field failed inside', { type: 'INTERNAL', path: ['repository', 'issue'], message: 'oh' }],
    ['GitHub ran out of room', { type: 'RESOURCE_LIMITS_EXCEEDED', path: ['repository'], message: 'Resource limits' }],
  ])('partial data that GitHub itself could not make whole is an outage: %s', async (_, error) => {
    grantToken();
    nock(HOST)
      .post('/graphql')
      .reply(200, { data: { repository: { issue: null } }, errors: [error] });
    const client = await fixture().github.forInstallation(5);
    expect(await faultOf(client.graphql('Subject', QUERY, {}))).toBeInstanceOf(Unavailable);
  });
});

describe('what comes back wrong, over the wire', () => {
  const PAGE = `<!DOCTYPE html>\n<html>${'<p>Unicorn!</p>'.repeat(500)}</html>`;
  const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const cases: [string, () => void, new (...args: never[]) => Error][] = [
    ['404', () => void nock(HOST).get('/x').reply(404, { message: 'Not Found' }), Gone],
    [
      '403 permission',
      () => void nock(HOST).get('/x').reply(403, { message: 'Resource not accessible by integration' }),
      Refused,
    ],
    [
      '422',
      () =>
        void nock(HOST)
          .get('/x')
          .reply(422, { message: 'Validation Failed', errors: [{ code: 'custom' }] }),
      Refused,
    ],
    ['429', () => void nock(HOST).get('/x').reply(429, {}, { 'retry-after': '30' }), RateLimited],
    ['500', () => void nock(HOST).get('/x').reply(500, ''), Unavailable],
    ['400', () => void nock(HOST).get('/x').reply(400, { message: 'Problems parsing JSON' }), Broken],
    ['a dropped connection', () => void nock(HOST).get('/x').replyWithError('socket hang up'), Unavailable],
    [
      'JSON that broke off',
      () => void nock(HOST).get('/x').reply(200, '{"id":', { 'content-type': 'application/json' }),
      Unavailable,
    ],
    ['200 and not one byte', () => void nock(HOST).get('/x').reply(200, '', { 'content-type': 'application/json' }), Unavailable],
    ['200 and nothing at all', () => void nock(HOST).get('/x').reply(200), Unavailable],
    ['a page of HTML with 502', () => void nock(HOST).get('/x').reply(502, PAGE, { 'content-type': 'text/html' }), Unavailable],
    ['429 without a word when to come back', () => void nock(HOST).get('/x').reply(429, ''), RateLimited],
    ['a secondary limit without it', () => void nock(HOST).get('/x').reply(403, { message: SECONDARY }), RateLimited],
  ];
  test.each(cases)('%s', async (_, arrange, kind) => {
    grantToken();
    arrange();
    const { github, calls } = fixture();
    const fault = await faultOf((await github.forInstallation(5)).rest('GET /x'));
    expect(fault).toBeInstanceOf(kind);
    expect(String(fault)).toContain('GET /x');
    expect(calls).toHaveLength(1);
  });

  test.each([
    [404, { message: 'Not Found' }, Gone],
    [403, { message: 'This installation has been suspended' }, Gone],
    [401, { message: 'A JSON web token could not be decoded' }, Refused],
  ])('no token for this installation: %d', async (status, body, kind) => {
    nock(HOST).persist().post('/app/installations/5/access_tokens').reply(status, body);
    const client = await fixture().github.forInstallation(5);
    expect(await faultOf(client.rest('GET /x'))).toBeInstanceOf(kind);
  });
});

test('a page of HTML is not quoted', async () => {
  grantToken();
  nock(HOST)
    .get('/x')
    .reply(502, `<!DOCTYPE html>${'x'.repeat(9_000)}`, { 'content-type': 'text/html' });
  const fault = await faultOf((await fixture().github.forInstallation(5)).rest('GET /x'));
  expect(String(fault)).toContain('GET /x: 502 (a page of HTML)');
  expect(String(fault).length).toBeLessThan(200);
});

test.each(['{"token":"gh', '', '{}'])('a token that broke off is no token: %j', async (half) => {
  const json = { 'content-type': 'application/json' };
  nock(HOST).post('/app/installations/5/access_tokens').reply(201, half, json);
  const client = await fixture().github.forInstallation(5);
  expect(await faultOf(client.rest('GET /x'))).toBeInstanceOf(Unavailable);
  grantToken();
  nock(HOST).get('/x').matchHeader('authorization', `token ${TOKEN}`).reply(200, { ok: true });
  expect((await client.rest('GET /x')).data).toEqual({ ok: true });
});

describe('the pace, seen from outside', () => {
  test('a mutation counts as many writes as it has fields', async () => {
    grantToken();
    nock(HOST).persist().post('/graphql').reply(200, { data: {} });
    const client = await fixture({ writesPerMinute: 5 }).github.forInstallation(5);
    await client.graphql('Write', MUTATION, {});
    await client.graphql('Write', MUTATION, {});
    const fault = await faultOf(client.graphql('Write', MUTATION, {}));
    expect(fault).toBeInstanceOf(RateLimited);
    // Reading goes on.
    expect((await client.graphql('Subject', QUERY, {})).errors).toEqual([]);
  });

  test('each installation has its own', async () => {
    grantToken(5);
    grantToken(6);
    nock(HOST).persist().post('/graphql').reply(200, { data: {} });
    const { github } = fixture({ writesPerMinute: 2 });
    await (await github.forInstallation(5)).graphql('Write', MUTATION, {});
    await (await github.forInstallation(6)).graphql('Write', MUTATION, {});
  });

  test('a secondary limit keeps us quiet until it is over', async () => {
    grantToken();
    nock(HOST).get('/x').reply(403, { message: 'You have exceeded a secondary rate limit' }, { 'retry-after': '40' });
    nock(HOST).get('/y').reply(200, {});
    const { github, calls, clock } = fixture();
    const client = await github.forInstallation(5);
    const first = await faultOf(client.rest('GET /x'));
    expect(await faultOf(client.rest('GET /y'))).toBeInstanceOf(RateLimited);
    expect(calls).toHaveLength(1);
    expect(first instanceof RateLimited && Math.round((first.untilMs - Date.now()) / 1000)).toBe(40);
    await clock.sleep(41_000);
    expect((await client.rest('GET /y')).status).toBe(200);
  });

  test('a quota that an answer shows as used up is not asked again before its reset', async () => {
    grantToken();
    const reset = Math.ceil(Date.now() / 1000) + 600;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset), 'x-ratelimit-resource': 'core' };
    nock(HOST).get('/x').reply(200, {}, headers);
    nock(HOST).post('/graphql').reply(200, { data: {} });
    const { github, limits } = fixture();
    const client = await github.forInstallation(5);
    await client.rest('GET /x');
    expect(limits).toEqual([{ installationId: 5, resource: 'core', remaining: 0, limit: null }]);
    expect(await faultOf(client.rest('GET /x'))).toMatchObject({ kind: 'rate-limited', untilMs: reset * 1000 + 1000 });
    await client.graphql('Subject', QUERY, {});
  });

  test('a short wait is sat out', async () => {
    grantToken();
    nock(HOST).get('/x').reply(429, {}, { 'retry-after': '3' });
    nock(HOST).get('/x').reply(200, {});
    const { github, sleeps } = fixture();
    const client = await github.forInstallation(5);
    await faultOf(client.rest('GET /x'));
    expect((await client.rest('GET /x')).status).toBe(200);
    expect(sleeps).toHaveLength(1);
    expect(sleeps[0]).toBeGreaterThan(2000);
  });
});

test('calls are counted for the work that made them, the token included', async () => {
  grantToken();
  nock(HOST).persist().get('/x').reply(200, {});
  const client = await fixture().github.forInstallation(5);
  const [one, two] = [{ calls: 0 }, { calls: 0 }];
  await tallied(one, () => client.rest('GET /x'));
  await Promise.all([
    tallied(one, () => client.rest('GET /x')),
    tallied(two, async () => {
      await client.rest('GET /x');
      await client.rest('GET /x');
    }),
  ]);
  expect([one.calls, two.calls]).toEqual([3, 2]);
});

test('work that may have been taken over still reads, and writes nothing', async () => {
  grantToken();
  nock(HOST).get('/x').reply(200, {});
  const written = nock(HOST).post('/x').reply(201, {});
  const client = await fixture().github.forInstallation(5);
  const late = { calls: 0, mayWrite: () => false };
  await tallied(late, () => client.rest('GET /x'));
  const fault = await tallied(late, () => faultOf(client.rest('POST /x')));
  expect(fault).toBeInstanceOf(Unavailable);
  expect(fault).toMatchObject({ message: 'too late to write: the lease has run out meanwhile' });
  expect(written.isDone()).toBe(false);
  // The token and the reading.
  expect(late.calls).toBe(2);
});

test('neither token nor key nor what people wrote gets into the log', async () => {
  grantToken();
  nock(HOST).post('/repos/acme/shop/issues').reply(500, '');
  const { github, lines } = fixture();
  const client = await github.forInstallation(5);
  const fault = await faultOf(
    client.rest('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'shop', title: 'private words' }),
  );
  const text = lines.join('') + String(fault);
  expect(text).not.toContain(TOKEN);
  expect(text).not.toContain(PRIVATE_KEY.slice(100, 140));
  expect(text).not.toContain('private words');
});

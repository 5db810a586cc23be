/** The sandbox's pages on a very small fake API: what they show, what they send, what they refuse. */
import { beforeEach, describe, expect, test } from 'vitest';
import { pageRoutes } from '../../src/sandbox/page/page.ts';
import { type Fake, fakeSandbox } from './page-fake.ts';

const AT = '2026-01-31T07:00:00Z';
const EVIL = '<img src=x onerror=alert(1)>';
const SHOP = '/repos/acme/shop';
const user = { login: 'alice' };
const label = { name: 'bug "x"', color: 'd73a4a;position:fixed', description: null };
const issue = {
  number: 1,
  title: EVIL,
  body: '- [ ] one\n- [ ] two',
  user,
  state: 'open',
  state_reason: null,
  labels: [label],
  created_at: AT,
  comments: 1,
};
const pull = { ...issue, number: 2, title: 'fixed stuff', body: null, pull_request: { merged_at: null }, draft: false };
const comment = {
  id: 7,
  user: { login: 'playcaller[bot]' },
  body: '<!-- hidden -->\n- [ ] tick me',
  created_at: AT,
  updated_at: AT,
};
const head = { sha: 'a'.repeat(40), ref: 'topic', label: 'acme:topic' };
const run = {
  id: 5,
  name: 'Playcaller / readiness',
  status: 'completed',
  conclusion: 'failure',
  head_sha: head.sha,
  app: { name: 'Playcaller' },
  output: {
    title: 'Not ready',
    summary: 'Three things',
    text: '| item | mend |\n|--|--|\n| title | say more |',
    annotations_count: 1,
  },
};

let fake: Fake;
const app = () => pageRoutes(fake.fetch);
const get = async (path: string, headers: Record<string, string> = {}) => app().request(path, { headers });
const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app().request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: 'http://localhost', ...headers } });

beforeEach(() => {
  fake = fakeSandbox({
    'GET /user/repos': [{ full_name: 'acme/shop', description: EVIL, open_issues_count: 2, fork: false }],
    [`GET ${SHOP}/issues`]: [issue, pull, { ...issue, number: 3, title: 'done long ago', state: 'closed', labels: [] }],
    [`GET ${SHOP}/labels`]: [label],
    [`GET ${SHOP}/issues/1`]: issue,
    [`GET ${SHOP}/issues/1/comments`]: [comment],
    [`GET ${SHOP}/issues/1/events`]: [{ id: 9, event: 'labeled', actor: user, label, created_at: AT }],
    [`GET ${SHOP}/issues/2`]: pull,
    [`GET ${SHOP}/issues/2/comments`]: [],
    [`GET ${SHOP}/pulls/2`]: {
      number: 2,
      node_id: 'PR_2',
      state: 'open',
      draft: false,
      merged: false,
      user,
      head,
      base: { ref: 'main' },
    },
    [`GET ${SHOP}/pulls/2/files`]: [
      { filename: 'a.ts', status: 'modified', additions: 1, deletions: 1, patch: '@@ -4,2 +4,2 @@\n same\n-old\n+<b>new</b>' },
    ],
    [`GET ${SHOP}/commits/${head.sha}/check-runs`]: { total_count: 1, check_runs: [run] },
    [`GET ${SHOP}/commits/${head.sha}/status`]: { statuses: [] },
    [`GET ${SHOP}/check-runs/5/annotations`]: [
      { path: 'a.ts', start_line: 5, end_line: 5, annotation_level: 'failure', title: 'Secret', message: 'a token' },
    ],
    [`GET ${SHOP}/issues/comments/7`]: comment,
    [`PATCH ${SHOP}/issues/comments/7`]: comment,
    [`PATCH ${SHOP}/issues/1`]: issue,
    [`POST ${SHOP}/issues/1/comments`]: comment,
    [`POST ${SHOP}/issues/1/labels`]: [label],
    [`PUT ${SHOP}/pulls/2/merge`]: { merged: true },
    'POST /graphql': { data: {} },
  });
});

describe('pages', () => {
  test.each([
    ['/', 'acme/shop'],
    ['/acme/shop', '1 Open'],
    ['/acme/shop/issues?state=closed', 'done long ago'],
    ['/acme/shop/pulls', 'fixed stuff'],
    ['/acme/shop/issues/1', 'tick me'],
    ['/acme/shop/pull/2', '1 of 1 checks failing'],
    ['/acme/shop/pull/2/checks', '<td>say more</td>'],
    ['/acme/shop/pull/2/files', '&lt;b&gt;new&lt;/b&gt;'],
    ['/acme/shop/issues/new', 'Create issue'],
    ['/acme/shop/compare/main...topic', 'value="topic"'],
  ])('%s shows what it should, and no user text as HTML', async (path, words) => {
    const answer = await get(path);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain(words);
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('position:fixed');
  });

  test('the checks page shows annotations; the files page shows them at their line', async () => {
    expect(await (await get('/acme/shop/pull/2/checks')).text()).toContain('a.ts:5');
    expect(await (await get('/acme/shop/pull/2/files')).text()).toContain('Playcaller / readiness: a token');
  });

  test('a page loads nothing from elsewhere, and says so', async () => {
    const answer = await get('/acme/shop/issues/1');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('an unchanged page is 304 for whoever has it', async () => {
    const first = await get('/acme/shop/issues/1');
    const again = await get('/acme/shop/issues/1', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
    const other = await get('/acme/shop/issues/1', {
      'if-none-match': first.headers.get('etag') ?? '',
      cookie: 'sandbox-user=bob',
    });
    expect(other.status).toBe(200);
  });

  test('what is not there is 404 and leads back', async () => {
    const answer = await get('/acme/nothing');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is nothing here');
  });

  test('addresses of the API are left to it', async () => {
    expect((await get('/api/v3')).headers.get('content-security-policy')).toBeNull();
    expect(fake.asked).toEqual([]);
  });

  test.each(['primer.css', 'page.css', 'client.js', 'idiomorph.js'])('/-/%s is served', async (name) => {
    const answer = await get(`/-/${name}`);
    expect(answer.status).toBe(200);
    expect((await answer.text()).length).toBeGreaterThan(1000);
  });
});

describe('forms', () => {
  const asked = (method: string) =>
    fake.asked.filter((one) => one.method === method).map((one) => [one.path, one.token, JSON.parse(one.body || '{}')]);

  test('the chosen person acts', async () => {
    const chosen = await post('/-/user', { login: 'carol', back: '/acme/shop' });
    expect(chosen.headers.get('location')).toBe('/acme/shop');
    const cookie = chosen.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    await post('/-/repos/acme/shop/1/comment', { body: 'hello\r\nyou', state: '' }, { cookie });
    expect(asked('POST')).toEqual([[`${SHOP}/issues/1/comments`, 'token sandbox-carol', { body: 'hello\nyou' }]]);
  });

  test('nobody unknown is chosen, and nobody is sent away', async () => {
    const answer = await post('/-/user', { login: 'root', back: '//example.org' });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('location')).toBe('/');
  });

  test('a click on a box changes that box only', async () => {
    await post('/-/repos/acme/shop/1/tick/7', { task: '0', text: 'tick me', checked: 'true' });
    expect(asked('PATCH')).toEqual([
      [`${SHOP}/issues/comments/7`, 'token sandbox-alice', { body: '<!-- hidden -->\n- [x] tick me' }],
    ]);
  });

  test('the body of the issue can be ticked too', async () => {
    await post('/-/repos/acme/shop/1/tick/body', { task: '1', text: 'two', checked: 'true' });
    expect(asked('PATCH')).toEqual([[`${SHOP}/issues/1`, 'token sandbox-alice', { body: '- [ ] one\n- [x] two' }]]);
  });

  test('labels go on', async () => {
    await post('/-/repos/acme/shop/1/labels', { on: 'session:bug-fix' });
    expect(asked('POST')).toEqual([[`${SHOP}/issues/1/labels`, 'token sandbox-alice', { labels: ['session:bug-fix'] }]]);
  });

  test('merging merges what was seen', async () => {
    await post('/-/repos/acme/shop/2/pull', { act: 'merge' });
    expect(asked('PUT')).toEqual([[`${SHOP}/pulls/2/merge`, 'token sandbox-alice', { merge_method: 'squash', sha: head.sha }]]);
  });

  test('what the API refuses is said on the next page, once', async () => {
    const refused = await post(
      '/-/repos/acme/shop/99/comment',
      { body: 'x' },
      { referer: 'http://localhost/acme/shop/issues/1' },
    );
    expect(refused.headers.get('location')).toBe('/acme/shop/issues/1');
    const cookie = refused.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    const page = await get('/acme/shop/issues/1', { cookie });
    expect(await page.text()).toContain('Not Found');
    expect(page.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  test('another site cannot post', async () => {
    const answer = await post('/-/repos/acme/shop/1/comment', { body: 'x' }, { origin: 'https://example.org' });
    expect(answer.status).toBe(403);
    expect(fake.asked).toEqual([]);
  });
});

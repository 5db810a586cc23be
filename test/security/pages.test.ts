/** Our pages: what a browser may do with them, whom the JSON routes answer, and that nobody's words become markup. */
import { describe, expect, test } from 'vitest';
import { createWeb } from '../../src/web/create-web.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import type { Access } from '../../src/web/permitted.ts';
import { HOSTILE } from './hostile-text.ts';

const asked: string[] = [];
const access = async (token: string, repo: string): Promise<Access> => {
  asked.push(`${token} ${repo}`);
  return token === 'reader' ? { kind: 'readable', name: repo } : { kind: 'unreadable' };
};
const cycles = async () => [];
const nothing = { detail: async () => null, pull: async () => null };

function get(path: string, init: RequestInit = {}): Promise<Response> {
  const web = createWeb({
    metrics: createMetrics({ figures: () => null }),
    unready: async () => null,
    stuck: () => null,
    verdicts: { ledger: () => nothing, access },
    sweeps: { ledger: () => ({ cycles }), access },
  });
  return Promise.resolve(web.request(path, init));
}

const PATHS = [
  '/',
  '/healthz',
  '/readyz',
  '/metrics',
  '/nowhere',
  '/api/verdicts/acme/shop/1',
  '/api/sweeps/acme/shop',
  '/api/verdicts/x/y/z',
];

test.each(PATHS)('%s: headers that leave a browser nothing to do', async (path) => {
  const { headers } = await get(path);
  const policy = headers.get('content-security-policy') ?? '';
  for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"])
    expect(policy).toContain(rule);
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.has('x-powered-by')).toBe(false);
  expect(headers.has('access-control-allow-origin')).toBe(false);
  if (path !== '/' && path !== '/metrics') expect(headers.get('content-type')).toMatch(/^application\/json/);
});

test('the only style is the one that the policy names', async () => {
  const answer = await get('/');
  const text = await answer.text();
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? [];
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
  const hash = Buffer.from(digest).toString('base64');
  expect(answer.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
  expect(text).not.toMatch(/<script|\son\w+=|style="|javascript:|data:/i);
});

describe('whatever is asked for', () => {
  test.each(HOSTILE)('%j is not said back as markup', async (evil) => {
    for (const path of [
      `/${encodeURIComponent(evil.toWellFormed())}`,
      `/?x=${encodeURIComponent(evil.toWellFormed())}`,
      `/api/verdicts/acme/shop/${encodeURIComponent(evil.toWellFormed())}`,
    ]) {
      const answer = await get(path);
      expect(await answer.text()).not.toMatch(/evil/);
      expect([200, 400, 404]).toContain(answer.status);
    }
  });

  test.each(['__proto__', 'constructor', 'toString', '..%2f..%2fetc', '%00', '%ff', '%u0000'])('a name like %s', async (name) => {
    for (const path of [
      `/api/verdicts/${name}/${name}/1?__proto__[x]=1`,
      `/api/sweeps/${name}/${name}?constructor[prototype][x]=1`,
    ])
      expect([400, 401, 404]).toContain((await get(path, { headers: { authorization: 'Bearer stranger' } })).status);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });
});

describe('the JSON routes', () => {
  const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  test.each(['/api/verdicts/acme/shop/1', '/api/sweeps/acme/shop'])(
    '%s: whoever may not read, and what is not there, get the same answer',
    async (path) => {
      const answers = await Promise.all(['stranger', 'reader'].map((token) => get(path, as(token))));
      const said = await Promise.all(answers.map(async (answer) => [answer.status, await answer.text(), [...answer.headers]]));
      expect(said[0]).toEqual(said[1]);
      expect(said[0]?.[0]).toBe(404);
      expect((await get(path)).status).toBe(401);
    },
  );

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s does nothing', async (method) => {
    if (method === 'TRACE') return expect(() => new Request('http://x/', { method })).toThrow();
    for (const path of PATHS) expect((await get(path, { method, ...as('reader') })).status).toBe(404);
  });

  test('a token is taken from the header alone, never from the address', async () => {
    asked.length = 0;
    for (const query of ['token=reader', 'access_token=reader', 'authorization=Bearer%20reader'])
      expect((await get(`/api/sweeps/acme/shop?${query}`)).status).toBe(401);
    expect((await get('/api/sweeps/acme/shop', { headers: { cookie: 'token=reader' } })).status).toBe(401);
    expect(asked).toEqual([]);
  });
});

/** Whether a token may read a repository: what GitHub's answers mean, and how long they are remembered. */
import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createRepositoryAccess } from '../../src/github/repository-access.ts';
import { serve } from '../intake/deliver.ts';

type Answer = (path: string, token: string) => { status: number; body?: unknown; headers?: Record<string, string> } | null;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function github(answer: Answer, timeoutMs = 2_000) {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    const token = request.headers.authorization ?? '';
    asked.push(`${request.method} ${request.url} ${token}`);
    const given = answer(request.url ?? '', token);
    // Null: silence.
    if (!given) return;
    response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
    response.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? { message: 'x' }));
  };
  const server = await serve(listener);
  closing.push(server.close);
  let now = Date.parse('2030-01-01T00:00:00Z');
  const access = createRepositoryAccess({ apiUrl: `${server.origin}/api/v3`, nowMs: () => now, timeoutMs });
  return {
    asked,
    access,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

const FOUND = { status: 200, body: { full_name: 'acme/shop' } };

describe("GitHub's answers", () => {
  it('asks for the repository with that token', async () => {
    const { access, asked } = await github(() => FOUND);
    expect(await access('abc', 'Acme/SHOP')).toEqual({ kind: 'readable', name: 'acme/shop' });
    expect(asked).toEqual(['GET /api/v3/repos/Acme/SHOP Bearer abc']);
  });

  it('follows a repository to its new name', async () => {
    const { access } = await github((path) =>
      path.endsWith('/old') ? { status: 301, headers: { location: '/api/v3/repositories/1' } } : FOUND,
    );
    expect(await access('abc', 'acme/old')).toEqual({ kind: 'readable', name: 'acme/shop' });
  });

  it.each([
    [{ status: 404 }, { kind: 'unreadable' }],
    [{ status: 451 }, { kind: 'unreadable' }],
    [{ status: 403, body: { message: 'Resource protected by organization SAML enforcement.' } }, { kind: 'unreadable' }],
    [{ status: 401, body: { message: 'Bad credentials' } }, { kind: 'bad-token' }],
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'unknown', retryAfterSeconds: 7 },
    ],
    [
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse('2030-01-01T00:01:00Z') / 1000) },
      },
      { kind: 'unknown', retryAfterSeconds: 61 },
    ],
    [
      { status: 403, body: { message: 'Maximum number of login attempts exceeded. Please try again later.' } },
      { kind: 'unknown', retryAfterSeconds: 60 },
    ],
    [{ status: 502 }, { kind: 'unknown', retryAfterSeconds: 10 }],
    [
      { status: 200, body: '<html>' },
      { kind: 'unknown', retryAfterSeconds: 10 },
    ],
    [
      { status: 200, body: { name: 'shop' } },
      { kind: 'unknown', retryAfterSeconds: 10 },
    ],
  ])('%j → %j', async (answer, meaning) => {
    const { access } = await github(() => answer);
    expect(await access('abc', 'acme/shop')).toEqual(meaning);
  });

  it('gives up on a silent GitHub, and on none', async () => {
    const { access } = await github(() => null, 100);
    expect(await access('abc', 'acme/shop')).toEqual({ kind: 'unknown', retryAfterSeconds: 10 });
    const nobody = createRepositoryAccess({ apiUrl: 'http://127.0.0.1:1/api/v3', nowMs: () => 0 });
    expect(await nobody('abc', 'acme/shop')).toEqual({ kind: 'unknown', retryAfterSeconds: 10 });
  });
});

describe('memory', () => {
  it('asks once for each token and repository, for half a minute, the noes too', async () => {
    const { access, asked, pass } = await github((_, token) => (token.endsWith('bad') ? { status: 404 } : FOUND));
    await Promise.all([access('good', 'acme/shop'), access('good', 'ACME/shop'), access('bad', 'acme/shop')]);
    expect(await access('bad', 'acme/shop')).toEqual({ kind: 'unreadable' });
    expect(asked).toHaveLength(2);
    await access('good', 'acme/other');
    expect(asked).toHaveLength(3);
    pass(30_001);
    await access('bad', 'acme/shop');
    expect(asked).toHaveLength(4);
  });

  it('does not keep that GitHub could not be asked', async () => {
    let up = false;
    const { access } = await github(() => (up ? FOUND : { status: 503 }));
    expect(await access('abc', 'acme/shop')).toMatchObject({ kind: 'unknown' });
    up = true;
    expect(await access('abc', 'acme/shop')).toMatchObject({ kind: 'readable' });
  });

  it('asks for no more than 20 at the same time', async () => {
    const { access, asked } = await github(() => null, 300);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => access(`t${index}`, 'acme/shop')));
    expect(asked).toHaveLength(20);
    expect(answers.filter((answer) => answer.kind === 'unknown' && answer.retryAfterSeconds === 1)).toHaveLength(30);
  });
});

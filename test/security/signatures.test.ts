/** How a signature is compared: all of it, whatever differs; and which secrets the app takes at all. */
import timers from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Webhooks } from '@octokit/webhooks';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { isWellKnown } from '../../src/config/well-known-secrets.ts';
import { SECRET, sign } from '../intake/deliver.ts';
import { length } from '../suite.ts';

afterEach(() => vi.restoreAllMocks());

const BODY = '{"action":"opened"}';
const webhooks = new Webhooks({ secret: SECRET });

/** The right signature with one letter changed at `at`. */
function wrongAt(at: number): string {
  const right = sign(BODY);
  return `${right.slice(0, at)}${right[at] === '0' ? '1' : '0'}${right.slice(at + 1)}`;
}

test('every letter counts', async () => {
  expect(await webhooks.verify(BODY, sign(BODY))).toBe(true);
  for (let at = 0; at < sign(BODY).length; at++) expect(await webhooks.verify(BODY, wrongAt(at))).toBe(false);
});

test('the library hands both to the constant-time comparison, whole', async () => {
  const compared: [number, number][] = [];
  const real = timers.timingSafeEqual;
  const spy = vi.spyOn(timers, 'timingSafeEqual').mockImplementation((a, b) => {
    compared.push([a.byteLength, b.byteLength]);
    return real(a, b);
  });
  // Named imports of built-in modules follow what is changed on the module once it is told to.
  const { syncBuiltinESMExports } = await import('node:module');
  syncBuiltinESMExports();
  await webhooks.verify(BODY, wrongAt(7));
  await webhooks.verify(BODY, wrongAt(70));
  spy.mockRestore();
  syncBuiltinESMExports();
  expect(compared).toEqual([
    [71, 71],
    [71, 71],
  ]);
});

if (process.env.SUITE === 'long') {
  test('no prefix makes it slower or faster: medians of many', async () => {
    const rounds = length({ short: 1, long: 40_000 });
    const places = [7, 38, 70];
    const times = new Map(places.map((at) => [at, new Float64Array(rounds)]));
    for (let round = 0; round < rounds; round++)
      for (const at of places) {
        const signature = wrongAt(at);
        const from = performance.now();
        await webhooks.verify(BODY, signature);
        const list = times.get(at);
        if (list) list[round] = performance.now() - from;
      }
    const medians = [...times.values()].map((list) => list.sort()[Math.floor(rounds / 2)] ?? 0);
    // A comparison that stops early would differ by the time of a few letters: less than can be seen from outside, and not even that.
    expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.5);
  });
}

describe('a secret that others know, or can guess, is refused at the start', () => {
  const env = (secret: string | undefined) => ({ APP_ID: '7', WEBHOOK_SECRET: secret, PRIVATE_KEY: 'x' });
  const said = (secret: string | undefined) => {
    try {
      readEnvironment(env(secret));
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return '';
  };

  test.each([
    undefined,
    '',
    '   ',
    'development',
    ' Development ',
    'DEVELOPMENT',
    'secret',
    'changeme',
    'change-me',
    'changemechangeme',
    'secret-secret-secret',
    'your-webhook-secret-here',
    'my_webhook_secret',
    'supersecret',
    'password',
    'test',
    '0123456',
    'short-but-odd-7',
  ])('%j', (secret) => {
    expect(said(secret)).toContain('WEBHOOK_SECRET');
    if (secret && secret.trim().length > 6) expect(said(secret)).not.toContain(` ${secret} `);
  });

  test.each(['f3a9c1d77be2486fa1', 'a-secret-for-thirty-five-days', 'developmentally-unlikely-words'])(
    '%s is taken',
    (secret) => {
      expect(isWellKnown(secret)).toBe(false);
      expect(said(secret)).not.toContain('WEBHOOK_SECRET');
    },
  );
});

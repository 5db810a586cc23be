/** A GitHub of canned answers (nock), a clock that only moves when told, and a key made for this run. */
import { generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import { pino } from 'pino';
import { createGitHub } from '../../src/github/create-github.ts';
import type { CallReport, GitHub, GitHubOptions, LimitReport } from '../../src/github/types.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PRIVATE_KEY = String(privateKey.export({ type: 'pkcs1', format: 'pem' }));

export const HOST = 'https://api.github.com';
/** Looks like an installation token, and is none. */
export const TOKEN = ['ghs', 'x'.repeat(36)].join('_');

export interface Fixture {
  github: GitHub;
  calls: CallReport[];
  limits: LimitReport[];
  lines: string[];
  /** What was waited for, in milliseconds; the clock moved by it. */
  sleeps: number[];
  clock: { nowMs(): number; sleep(ms: number): Promise<void> };
}

export function fixture(options: Partial<GitHubOptions> = {}): Fixture {
  const calls: CallReport[] = [];
  const limits: LimitReport[] = [];
  const lines: string[] = [];
  const sleeps: number[] = [];
  let skipped = 0;
  const clock = {
    nowMs: () => Date.now() + skipped,
    sleep: async (ms: number) => {
      sleeps.push(ms);
      skipped += ms;
    },
  };
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
  const github = createGitHub(
    {
      appId: 7,
      privateKey: PRIVATE_KEY,
      apiUrl: null,
      writesPerMinute: null,
      onCall: (call) => calls.push(call),
      onLimit: (limit) => limits.push(limit),
      ...options,
    },
    log,
    clock,
  );
  return { github, calls, limits, lines, sleeps, clock };
}

/** Answers a request for an installation token, any number of times. */
export function grantToken(installation = 5, host = HOST, prefix = ''): nock.Scope {
  return nock(host)
    .persist()
    .post(`${prefix}/app/installations/${installation}/access_tokens`)
    .reply(201, {
      token: TOKEN,
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
      permissions: {},
      repository_selection: 'all',
    });
}

export async function faultOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('no fault');
}

/** The environment: every fault is named at once, and no secret is in the message. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { EnvironmentFault, readEnvironment } from '../../src/config/environment.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = String(privateKey.export({ type: 'pkcs1', format: 'pem' }));
const SECRET = 'a'.repeat(32);
const FOLDER = mkdtempSync(join(tmpdir(), 'playcaller-env-'));
const KEY_FILE = join(FOLDER, 'key.pem');
writeFileSync(KEY_FILE, PEM);
afterAll(() => rmSync(FOLDER, { recursive: true }));

const GOOD = { APP_ID: '7', WEBHOOK_SECRET: SECRET, PRIVATE_KEY: PEM };

function faultsOf(env: Record<string, string | undefined>): string[] {
  try {
    readEnvironment(env);
  } catch (error) {
    if (error instanceof EnvironmentFault) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}

test('the least that is needed, and the defaults', () => {
  expect(readEnvironment(GOOD)).toEqual({
    appId: 7,
    privateKey: PEM,
    webhookSecret: SECRET,
    apiUrl: null,
    port: 3000,
    host: 'localhost',
    logLevel: 'info',
    dataDir: './data',
    databaseUrl: null,
    writesPerMinute: null,
    warnings: [],
  });
});

test('everything set', () => {
  const env = {
    ...GOOD,
    PRIVATE_KEY: undefined,
    PRIVATE_KEY_PATH: KEY_FILE,
    GHE_HOST: 'ghe.example.com:8443',
    GHE_PROTOCOL: 'http',
    PORT: '0',
    HOST: '0.0.0.0',
    LOG_LEVEL: 'debug',
    DATA_DIR: '/srv/data',
    DATABASE_URL: 'postgres://localhost/x',
    GITHUB_WRITES_PER_MINUTE: '200',
  };
  expect(readEnvironment(env)).toMatchObject({
    privateKey: PEM,
    apiUrl: 'http://ghe.example.com:8443/api/v3',
    port: 0,
    host: '0.0.0.0',
    logLevel: 'debug',
    dataDir: '/srv/data',
    databaseUrl: 'postgres://localhost/x',
    writesPerMinute: 200,
  });
});

test.each([
  ['escaped', PEM.replaceAll('\n', '\\n')],
  ['base64', Buffer.from(PEM).toString('base64')],
  ['base64 of the escaped one', Buffer.from(PEM.replaceAll('\n', '\\n')).toString('base64')],
  ['PKCS#8', String(privateKey.export({ type: 'pkcs8', format: 'pem' }))],
])('a key written as %s', (_, key) => {
  expect(readEnvironment({ ...GOOD, PRIVATE_KEY: key }).privateKey).toMatch(/^-----BEGIN/);
});

test.each(['hunter2', 'f4Kq9-zR1', 'fifteen-letters'])('a secret that can be guessed is refused, and not shown: %s', (secret) => {
  const faults = faultsOf({ ...GOOD, WEBHOOK_SECRET: secret });
  expect(faults).toEqual([expect.stringContaining('WEBHOOK_SECRET')]);
  expect(faults.join()).not.toContain(secret);
});

test('an empty environment: all that is missing, one line each', () => {
  const faults = faultsOf({});
  expect(faults).toHaveLength(3);
  for (const name of ['APP_ID', 'WEBHOOK_SECRET', 'PRIVATE_KEY']) expect(faults.join('\n')).toContain(name);
});

describe('a fault names its variable', () => {
  const cases: [string, Record<string, string | undefined>][] = [
    ['WEBHOOK_SECRET', { WEBHOOK_SECRET: 'development' }],
    ['WEBHOOK_SECRET', { WEBHOOK_SECRET: '  ' }],
    ['APP_ID', { APP_ID: 'playcaller' }],
    ['APP_ID', { APP_ID: '0' }],
    ['PRIVATE_KEY', { PRIVATE_KEY: 'nonsense' }],
    ['PRIVATE_KEY', { PRIVATE_KEY: PEM.slice(0, 300) }],
    ['PRIVATE_KEY', { PRIVATE_KEY: String(publicKey.export({ type: 'pkcs1', format: 'pem' })) }],
    ['PRIVATE_KEY_PATH', { PRIVATE_KEY_PATH: KEY_FILE }],
    ['PRIVATE_KEY_PATH', { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: join(FOLDER, 'none.pem') }],
    ['PRIVATE_KEY_PATH', { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: FOLDER }],
    ['GHE_HOST', { GHE_HOST: 'https://ghe.example.com' }],
    ['GHE_HOST', { GHE_HOST: 'ghe.example.com/api' }],
    ['GHE_PROTOCOL', { GHE_PROTOCOL: 'ftp' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: 'http' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost' }],
    ['GITHUB_WRITES_PER_MINUTE', { GITHUB_WRITES_PER_MINUTE: '0' }],
  ];
  test.each(cases)('%s: %j', (name, change) => {
    const faults = faultsOf({ ...GOOD, ...change });
    expect(faults).toEqual([expect.stringContaining(name)]);
    expect(faults.join()).not.toContain(PEM.slice(100, 140));
  });
});

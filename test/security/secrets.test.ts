/** No secret leaves the process: not in the log at any level, not on standard error, not in metrics, pages or the parked list. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../src/start/create-log.ts';
import { openSqliteStore } from '../../src/store/open.ts';
import { deliver, issuesLabeled, SECRET, serve } from '../intake/deliver.ts';
import { type AppProcess, json, startApp } from '../start/app-process.ts';
import { length } from '../suite.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEY = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
/** A line from the middle of the key. */
const KEY_LINE = KEY.split('\n')[7] ?? '';
const TOKEN = ['ghs', 'Zq7Lm2Xw'.repeat(5)].join('_');
const ODD_TOKEN = 'an-installation-token-of-a-form-nobody-knows-yet';
const PASSWORD = 'hush/hush%2Fhush@1';

let folder: string;
let closing: (() => Promise<void>)[];
let apps: AppProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playcaller-secrets-'));
  closing = [];
  apps = [];
});

afterEach(async () => {
  for (const app of apps) {
    app.child.kill('SIGKILL');
    await app.exit;
  }
  for (const close of closing) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that the process has said. */
function said(app: AppProcess): string {
  return `${app
    .lines()
    .map((line) => JSON.stringify(line))
    .join('\n')}\n${app.stderr()}`;
}

function expectNoSecret(text: string): void {
  for (const secret of [SECRET, KEY_LINE, TOKEN, ODD_TOKEN, PASSWORD, encodeURIComponent(PASSWORD), 'hush'])
    expect(text).not.toContain(secret);
  expect(text).not.toMatch(/-----BEGIN|\beyJ[\w-]{8,}\.|bearer [\w.-]{8,}/i);
}

/** A GitHub that grants tokens, and answers all else as told, the request's own headers in its body. */
async function gitHub(token: string, answer: RequestListener): Promise<Record<string, string>> {
  const server = await serve((request, response) => {
    if (request.url === '/api/v3/app') return json(response, 200, { id: 7, slug: 'playcaller', name: 'Playcaller' });
    if (request.url?.endsWith('/access_tokens'))
      return json(response, 201, { token, expires_at: '2100-01-01T00:00:00Z', permissions: {} });
    answer(request, response);
  });
  closing.push(server.close);
  return { GHE_HOST: server.origin.replace('http://', ''), GHE_PROTOCOL: 'http' };
}

function start(env: Record<string, string>): AppProcess {
  const app = startApp({ PRIVATE_KEY: KEY, DATA_DIR: join(folder, 'data'), ...env });
  apps.push(app);
  return app;
}

const echo = (status: number): [string, RequestListener] => [
  `${status} with the request's headers in its words`,
  (request, response) => json(response, status, { message: `no: ${JSON.stringify(request.headers)}`, headers: request.headers }),
];

const ANSWERS: [string, RequestListener][] = [
  echo(401),
  echo(403),
  echo(422),
  echo(500),
  [
    '200 with GraphQL errors',
    (request, response) => json(response, 200, { errors: [{ message: `bad ${request.headers.authorization}` }] }),
  ],
  ['a cut line', (_, response) => void response.destroy()],
  ['HTML', (_, response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>')],
];

test.each(length({ short: 1, long: 3 }) === 1 ? ['trace'] : ['trace', 'debug', 'info'])(
  'at LOG_LEVEL=%s, whatever GitHub answers',
  async (level) => {
    let answer: RequestListener = (_, response) => json(response, 404, {});
    const env = await gitHub(TOKEN, (request, response) => answer(request, response));
    const app = start({ ...env, LOG_LEVEL: level });
    const origin = await app.origin();
    await app.logged('GitHub knows');
    for (const [at, [, next]] of ANSWERS.entries()) {
      answer = next;
      expect((await deliver(`${origin}/api/github/webhooks`, 'issues', issuesLabeled(at + 1))).status).toBe(202);
      while (!app.lines().some(({ msg, key }) => msg === 'handled' && key === `acme/shop#${at + 1}`))
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const paths = ['/', '/metrics', '/readyz', '/healthz', '/api/verdicts/acme/shop/1', '/api/sweeps/acme/shop', '/x'];
    const headers = { authorization: `Bearer ${TOKEN}` };
    const pages = await Promise.all(paths.map(async (path) => (await fetch(`${origin}${path}`, { headers })).text()));
    expectNoSecret(pages.join('\n'));
    expect(await app.stop()).toBe(0);
    expectNoSecret(said(app));
    const store = await openSqliteStore(join(folder, 'data'));
    expectNoSecret(JSON.stringify(await store.inbox.parked(100)));
    await store.close();
  },
);

test('when nobody is there', async () => {
  const app = start({ GHE_HOST: '127.0.0.1:9', GHE_PROTOCOL: 'http', LOG_LEVEL: 'trace' });
  await app.logged('GitHub cannot be reached');
  expect(await app.stop()).toBe(0);
  expectNoSecret(said(app));
});

const DATABASES: [string, string][] = [
  ['a database that is away', `postgres://me:${encodeURIComponent(PASSWORD)}@127.0.0.1:9/x`],
  ['a password with a bare percent sign', 'postgres://me:hush%zz@127.0.0.1:9/x'],
  ['a password as a parameter', `postgres://127.0.0.1:9/x?user=me&password=${encodeURIComponent(PASSWORD)}`],
];

test.each(DATABASES.slice(0, length({ short: 2, long: 3 })))('with %s', async (_, DATABASE_URL) => {
  const env = await gitHub(TOKEN, (__, response) => json(response, 404, {}));
  const app = start({ ...env, DATABASE_URL, LOG_LEVEL: 'trace' });
  await app.origin();
  await Promise.race([app.logged('PostgreSQL'), app.exit]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await app.stop();
  expectNoSecret(said(app));
  expect(said(app)).toContain('DATABASE_URL');
});

test.each([
  ['a key that is broken', { PRIVATE_KEY: KEY.replace(KEY_LINE, `${KEY_LINE}!!`) }],
  [
    'a key of another kind',
    { PRIVATE_KEY: String(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })) },
  ],
  ['a database of another kind', { DATABASE_URL: `mysql://me:${encodeURIComponent(PASSWORD)}@db/x` }],
])('with %s it does not start, and shows nothing of it', async (_, env) => {
  const app = start(env);
  expect(await app.exit).toBe(2);
  expectNoSecret(said(app));
});

test('with a key file that holds something else', async () => {
  const file = join(folder, 'key.pem');
  writeFileSync(file, `hush ${TOKEN}`);
  const app = start({ PRIVATE_KEY: '', PRIVATE_KEY_PATH: file });
  expect(await app.exit).toBe(2);
  expectNoSecret(said(app));
});

describe('the log itself', () => {
  function logged(fields: object | Error, message = 'x', secrets: string[] = []): string {
    const parts: string[] = [];
    const log = createLog('trace', { write: (part: string) => void parts.push(part) }, secrets);
    log.error(fields instanceof Error ? { err: fields } : fields, message);
    expect(parts.join('').trimEnd().split('\n')).toHaveLength(1);
    JSON.parse(parts.join(''));
    return parts.join('');
  }

  test('values of the environment, however they are written', () => {
    for (const text of [
      ODD_TOKEN,
      `x${ODD_TOKEN}y`,
      JSON.stringify({ a: ODD_TOKEN }),
      encodeURIComponent(`${PASSWORD}`),
      PASSWORD,
    ])
      for (const line of [logged({ note: text }, 'x', [ODD_TOKEN, PASSWORD]), logged({}, text, [ODD_TOKEN, PASSWORD])])
        expect(line).not.toMatch(/installation-token-of|hush/);
    const line = logged({ note: KEY.split('\n').slice(3, 9).join('\n') }, 'x', [KEY]);
    for (const part of KEY.split('\n').slice(3, 9)) expect(line).not.toContain(part);
  });

  test.each([
    ['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((kind) => `${kind}_${'aB3'.repeat(12)}`).join(' '),
    `github_pat_${'1A2b'.repeat(20)}`,
    `Authorization: Bearer ${'x'.repeat(30)}`,
    'Authorization: Basic aHVzaDpodXNo',
    `token ${'x9'.repeat(20)}`,
    'postgres://me:pw-pw-pw@db/x and mysql://a:pw-pw-pw@b',
    'https://x-access-token:pw-pw-pw@github.com/a/b.git',
  ])('by its looks: %s', (text) => {
    const line = logged(Object.assign(new Error(text), { cause: new Error(text) }), text);
    expect(line).not.toMatch(/(?:aB3){3}|(?:1A2b){3}|x{30}|aHVza|(?:x9){8}|pw-pw-pw/);
  });

  test('line breaks and terminal codes stay within one line of JSON', () => {
    for (const evil of ['a\n{"level":"fatal"}', 'a\r\nb', '\u001b[31mred\u001b[0m', '\u2028\u2029', '\0', '"}\n{"x":"'])
      expect(logged({ title: evil, deep: { er: evil } }, evil).trimEnd()).not.toMatch(/\p{Cc}/u);
  });

  test('errors come without what was sent and received', () => {
    const error = Object.assign(new Error('x'), {
      request: { headers: { authorization: 'hush' }, body: 'hush' },
      response: { data: 'hush', headers: { 'set-cookie': 'hush' } },
      config: 'hush',
    });
    expect(logged(error)).not.toContain('hush');
  });

  test('a line of a megabyte is scrubbed without a standstill', () => {
    for (const part of ['postgres://', 'a:', 'bearer ', '-----BEGIN RSA PRIVATE KEY-----', 'eyJ', 'ghs_', 'a+b.'])
      expect(logged({ note: part.repeat(300_000 / part.length) })).toContain('"level"');
  });
});

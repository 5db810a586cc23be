/** `doctor` against the sandbox and the running app: all in order, then each fault made by itself gives its line and the way out. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../src/cli/doctor/examine.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { requireFree } from '../../src/cli/free-port.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/server.ts';
import type { App, Installation } from '../../src/sandbox/state/accounts.ts';
import { openStore } from '../../src/store/open.ts';
import { type AppProcess, startApp } from '../start/app-process.ts';
import { databaseUrl, freshSchema } from '../store/worlds.ts';

const CLI = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const APP_ID = 4711;
const SECRET = 'a-secret-that-nobody-may-ever-read';
const pem = () => String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }));
const KEY = pem();
const SECRETS = [SECRET, KEY.slice(60, 90), 'hush-hush'];

let sandbox: RunningSandbox;
let running: AppProcess;
let dataDir: string;
let cwd: string;
let appUrl: string;
let env: Record<string, string>;
let app: App;
let installation: Installation;
let before: string;

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'playcaller-doctor-'));
  dataDir = join(cwd, 'data');
  const appPort = await requireFree(0, '');
  appUrl = `http://127.0.0.1:${appPort}`;
  sandbox = await startSandbox({
    port: 0,
    webhookUrl: `${appUrl}/api/github/webhooks`,
    webhookSecret: SECRET,
    appId: APP_ID,
    publicKeyOrPrivateKeyPem: KEY,
  });
  env = {
    APP_ID: String(APP_ID),
    PRIVATE_KEY: KEY,
    WEBHOOK_SECRET: SECRET,
    GHE_HOST: new URL(sandbox.url).host,
    GHE_PROTOCOL: 'http',
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: String(appPort),
  };
  running = startApp(env);
  await running.logged('GitHub knows');
  const { world } = sandbox.sandbox;
  const found = [...world.installations.values()].find(({ appId }) => appId === APP_ID);
  const known = world.apps.get(APP_ID);
  if (!found || !known) throw new Error('the sandbox lacks the app');
  installation = found;
  app = known;
  before = JSON.stringify([app, installation]);
  await issue();
});

afterEach(() => {
  const [wasApp, wasInstallation] = JSON.parse(before);
  Object.assign(app, wasApp);
  Object.assign(installation, wasInstallation);
  sandbox.sandbox.world.deliveries.length = 0;
});

afterAll(async () => {
  await running.stop();
  await sandbox.close();
  rmSync(cwd, { recursive: true, force: true });
});

/** Something happens, and GitHub tells of it. */
async function issue(): Promise<void> {
  // Octokit would wait three seconds between two issues.
  await fetch(`${sandbox.url}/api/v3/repos/acme/shop/issues`, {
    method: 'POST',
    headers: { authorization: 'Bearer sandbox-alice', 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'The total is wrong' }),
  });
  await fetch(`${sandbox.url}/_sandbox/idle`);
}

async function control(path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
}

interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/** In a directory without an .env, with nothing but the given environment. */
async function doctor(args: string[], over: Record<string, string> = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [CLI, 'doctor', ...args], { cwd, env: { PATH: process.env.PATH, ...env, ...over } });
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  for (const secret of SECRETS) expect(out + err).not.toContain(secret);
  return { code, out, err };
}

/** The same checks in this process, which is faster; the command itself is tried below. */
async function findings(over: Record<string, string> = {}): Promise<{ wrong: Finding[]; all: Finding[] }> {
  const all = await examine(() => readEnvironment({ ...env, ...over }));
  const wrong = all.filter(({ level }) => level !== 'ok');
  for (const { mend } of wrong) expect(mend).toMatch(/\w/);
  for (const secret of SECRETS) expect(JSON.stringify(all)).not.toContain(secret);
  return { wrong, all };
}

const said = ({ level, check, text: words, mend }: Finding) => `${level} ${check}: ${words} -> ${mend}`;

test('all in order: every check says so, and the exit code is 0', async () => {
  await issue();
  const { code, out, err } = await doctor([]);
  expect(err).toBe('');
  const marks = out.split('\n').filter((line) => /^[✓!✗] /.test(line));
  expect(marks.filter((line) => !line.startsWith('✓'))).toEqual([]);
  const checks = new Set(marks.map((line) => line.split(/\s+/)[1]));
  expect([...checks]).toEqual([
    'release',
    'environment',
    'api',
    'clock',
    'credentials',
    'permissions',
    'events',
    'installations',
    'limits',
    'webhook',
    'reach',
    'deliveries',
    'store',
    'disk',
    'queue',
    'parked',
  ]);
  expect(out).toMatch(/0 faults, 0 warnings, \d+ in order\.\n$/);
  expect(code).toBe(0);
});

describe('one thing wrong at a time', () => {
  test('a secret that differs: deliveries fail with 401', async () => {
    if (app.webhook) app.webhook.secret = 'another-secret-altogether';
    await issue();
    const { wrong } = await findings();
    expect(wrong.map(said)).toEqual([
      expect.stringMatching(/^fault deliveries: .*signature was not accepted \(401\).* -> Give WEBHOOK_SECRET the same value/),
    ]);
  });

  test('no secret', async () => {
    if (app.webhook) app.webhook.secret = '';
    await issue();
    const { wrong } = await findings();
    expect(wrong.map(said)).toEqual([
      expect.stringMatching(/^fault webhook: No webhook secret is set at GitHub.* -> Set "Webhook secret"/),
      expect.stringMatching(/^fault deliveries: .*401/),
    ]);
  });

  test('an address without the path', async () => {
    if (app.webhook) app.webhook.url = appUrl;
    await issue();
    const { wrong } = await findings();
    expect(wrong.map(said)).toEqual([
      expect.stringMatching(
        /^fault webhook: .*nobody takes them.* -> Set "Webhook URL" to http:\/\/127.*\/api\/github\/webhooks on .*\/organizations\/acme\/settings\/apps\/playcaller/,
      ),
      expect.stringMatching(/^fault deliveries: .*nobody takes webhooks at that address \(404\)/),
    ]);
  });

  test('sent as a form', async () => {
    if (app.webhook) app.webhook.contentType = 'form';
    await issue();
    expect((await findings()).wrong.map(said)).toEqual([
      expect.stringMatching(/^fault webhook: GitHub sends webhooks as form/),
      expect.stringMatching(/^fault deliveries: .*not sent as JSON \(415\)/),
    ]);
  });

  test('an event that is not subscribed to, and one too many', async () => {
    await issue();
    await control('app', { events: [...app.events.filter((event) => event !== 'issue_comment'), 'fork'] });
    const { wrong } = await findings();
    expect(wrong.map(said)).toEqual([
      expect.stringMatching(/^fault events: .*issue_comment.* -> Tick it under "Subscribe to events" on .*\/permissions/),
      expect.stringMatching(/^warning events: .*fork/),
    ]);
  });

  test('a permission too little, and one too much', async () => {
    await issue();
    const { checks: _, ...rest } = app.permissions;
    await control('app', { permissions: { ...rest, checks: 'read', administration: 'write' } });
    const { wrong } = await findings();
    expect(wrong.map(said)).toEqual([
      expect.stringMatching(/^fault permissions: The app lacks the permission checks: write \(it has read\)/),
      expect.stringMatching(/^warning permissions: The app has administration: write, and needs none/),
      expect.stringMatching(
        /^fault installations: acme has not accepted .*administration: write.* -> An owner of acme accepts them at /,
      ),
    ]);
  });

  test('a permission that the owner has not accepted, and then has', async () => {
    await issue();
    const { permissions } = app;
    const { statuses: __, ...without } = permissions;
    await control('app', { permissions: without });
    await control('app', { permissions });
    const { wrong } = await findings();
    expect(wrong.map(said)).toEqual([expect.stringMatching(/^fault installations: acme has not accepted .*: statuses: read\./)]);
    await control('installation', { action: 'new_permissions_accepted' });
    expect((await findings()).wrong).toEqual([]);
  });

  test('a suspended installation: a warning, and still exit code 0', async () => {
    await issue();
    await control('installation', { action: 'suspend' });
    const { wrong } = await findings();
    expect(wrong.map(said)).toEqual([
      expect.stringMatching(/^warning installations: Suspended.*acme.* -> An owner lifts it at /),
    ]);
    await control('installation', { action: 'unsuspend' });
  });

  test('the key of another app', async () => {
    const { wrong } = await findings({ PRIVATE_KEY: pem() });
    expect(wrong.map(said)).toEqual([
      expect.stringMatching(/^fault credentials: .*does not accept the private key for app 4711 \(401\).*APP_ID/),
    ]);
  });

  test('a clock that is ten minutes ahead: as data, exit code 1', async () => {
    await issue();
    const ahead = `const Real = Date; globalThis.Date = class extends Real {
      constructor(...given) { if (given.length) super(...given); else super(Real.now() + 600000); }
      static now() { return Real.now() + 600000; }
    };`;
    const { code, out } = await doctor(['--json'], {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(ahead)}`,
    });
    const { healthy, findings: all }: { healthy: boolean; findings: Finding[] } = JSON.parse(out);
    expect([code, healthy]).toEqual([1, false]);
    expect(all.map(said)).toContainEqual(
      expect.stringMatching(/^fault clock: The clock is (599|600|601) seconds ahead of GitHub's.* -> Let NTP/),
    );
  });

  test('GitHub cannot be reached', async () => {
    const { wrong } = await findings({ GHE_HOST: `127.0.0.1:${await requireFree(0, '')}` });
    expect(wrong.map(({ level, check }) => `${level} ${check}`)).toEqual(['fault api', 'fault credentials']);
    expect(wrong[0]?.text).toContain('ECONNREFUSED');
  });

  test('a quota that is nearly used up', async () => {
    await issue();
    await control('rate-limit', { limit: 100, used: 95 });
    const { wrong } = await findings();
    await control('rate-limit', { limit: 5000 });
    expect(wrong.map(said)).toContainEqual(expect.stringMatching(/^warning limits: acme: \d of 100 .* are left/));
  });

  test('the environment: all faults at once, and nothing else is asked', async () => {
    const { wrong } = await findings({ APP_ID: 'abc', WEBHOOK_SECRET: '', PORT: '99999', PRIVATE_KEY: '' });
    expect(wrong.map(({ check }) => check)).toEqual(['environment', 'environment', 'environment', 'environment']);
    for (const name of ['APP_ID', 'WEBHOOK_SECRET', 'PORT', 'PRIVATE_KEY']) {
      expect(wrong.some(({ text: words }) => words.startsWith(name))).toBe(true);
    }
  });

  test('a store that is no store, one that cannot be made, and one of a release that broke ours', async () => {
    await issue();
    const file = await findings({ DATA_DIR: CLI });
    expect(file.wrong.map(said)).toEqual([expect.stringMatching(/^fault store: .*(cannot be made|no directory)/)]);
    const nowhere = await findings({ DATA_DIR: join(cwd, 'no', 'such') });
    expect(nowhere.wrong.map(said)).toEqual([expect.stringMatching(/^fault store: .*is not there.* -> Create the directory/)]);
  });

  test('parked work', async () => {
    await issue();
    const own = mkdtempSync(join(tmpdir(), 'playcaller-doctor-parked-'));
    const store = await openStore({ dataDir: own });
    await store.inbox.receive([
      {
        guid: 'g',
        event: 'issues.labeled',
        receivedAt: '2026-01-01T00:00:00Z',
        inputs: [
          {
            repo: 'acme/shop',
            installationId: 7,
            address: { to: 'subject', number: 1 },
            input: { kind: 'change', event: 'issues.labeled', sender: 'alice', labels: [], isPull: false },
          },
        ],
      },
    ]);
    const [work] = await store.inbox.lease(1, 1000);
    if (!work) throw new Error('no work');
    await store.inbox.park(work.lease, work.inputs.at(-1)?.seq ?? 0, 'broken');
    await store.close();
    expect((await findings({ DATA_DIR: own })).wrong.map(said)).toEqual([
      expect.stringMatching(/^warning parked: 1 input kept failing and was put aside/),
    ]);
    rmSync(own, { recursive: true });
  });

  if (databaseUrl) {
    test('PostgreSQL: in order, then read-only, then away, and its password stays hidden', async () => {
      await issue();
      const schema = await freshSchema();
      const fresh = await findings({ DATABASE_URL: schema.url });
      expect(fresh.all.map(said)).toContainEqual(expect.stringMatching(/^ok store: There is no store in PostgreSQL at .* yet/));
      await (await openStore({ dataDir: '', databaseUrl: schema.url })).close();
      const there = await findings({ DATABASE_URL: schema.url });
      expect(there.wrong).toEqual([]);
      expect(there.all.map(said)).toContainEqual(expect.stringMatching(/^ok database: PostgreSQL \d+.*connections in use/));
      const readOnly = new URL(schema.url);
      readOnly.searchParams.set('options', `${readOnly.searchParams.get('options')} -cdefault_transaction_read_only=on`);
      expect((await findings({ DATABASE_URL: readOnly.href })).wrong.map(said)).toEqual([
        expect.stringMatching(/^fault store: It cannot be written: .*read-only/),
      ]);
      const away = await findings({ DATABASE_URL: 'postgres://postgres:hush-hush@127.0.0.1:9/test' });
      expect(away.wrong.map(said)).toEqual([
        expect.stringMatching(/^fault store: PostgreSQL at 127\.0\.0\.1:9\/test .*ECONNREFUSED/),
      ]);
      await schema.end();
    });
  }

  test('wrong use', async () => {
    const { code, err } = await doctor(['--nonsense']);
    expect([code, err]).toEqual([2, expect.stringContaining('--nonsense')]);
    expect((await doctor(['--help'])).code).toBe(0);
  });
});

/** Last: from here on nobody answers. */
test('the app is down: nobody answers at the address, and deliveries fail', async () => {
  await running.stop();
  await issue();
  const { wrong } = await findings();
  expect(wrong.map(said)).toEqual([
    expect.stringMatching(/^fault reach: Nobody answers at .*ECONNREFUSED.* -> Start the app/),
    expect.stringMatching(/^fault deliveries: .*GitHub could not reach the address \(failed to connect to host\)/),
  ]);
});

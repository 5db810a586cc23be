/** The end under load, as a process: not ready first, nothing acknowledged and lost, lines closed; and a full disk is told. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { deliver, deliveryHeaders, issuesLabeled } from '../intake/deliver.ts';
import { type AppProcess, json, type SmallGitHub, smallGitHub, startApp } from './app-process.ts';

const WEBHOOKS = '/api/github/webhooks';
let dataDir: string;
let github: SmallGitHub;
let app: AppProcess;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'playcaller-drain-'));
});

afterEach(async () => {
  app.child.kill('SIGKILL');
  await app.exit;
  await github.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('SIGTERM under load: /readyz is 503 at once, what is acknowledged until the port closes is kept, open lines are closed', async () => {
  let answered = false;
  const waiting: (() => void)[] = [];
  github = await smallGitHub((_, response) => {
    const answer = () => json(response, 404, { message: 'Not Found' });
    if (answered) answer();
    else waiting.push(answer);
  });
  app = startApp({ DATA_DIR: dataDir, ...github.env });
  await app.logged('GitHub knows');
  const origin = await app.origin();
  // As long as a handler runs, the port stays open.
  await deliver(`${origin}${WEBHOOKS}`, 'issues', issuesLabeled(1));
  while (!github.requests.some((one) => one.endsWith('/graphql'))) await pause(10);

  const acknowledged: string[] = [];
  const afterSignal: string[] = [];
  let signalled = false;
  let refused = false;
  const sender = async (number: number) => {
    while (!refused) {
      const guid = randomUUID();
      try {
        const { status } = await deliver(`${origin}${WEBHOOKS}`, 'issues', issuesLabeled(number), { 'x-github-delivery': guid });
        expect([202, 503]).toContain(status);
        if (status === 202) acknowledged.push(guid);
        if (status === 202 && signalled) afterSignal.push(guid);
      } catch {
        refused = signalled;
      }
    }
  };
  const senders = Array.from({ length: 8 }, (_, index) => sender(index + 2));
  while (acknowledged.length < 20) await pause(5);
  app.child.kill('SIGTERM');
  await app.logged('draining');
  signalled = true;

  const probe = await fetch(`${origin}/readyz`);
  expect([probe.status, await probe.json()]).toEqual([
    503,
    { status: 'not ready', why: expect.stringContaining('shutting down') },
  ]);
  expect(probe.headers.get('connection')).toBe('close');
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  while (afterSignal.length < 20) await pause(5);
  answered = true;
  for (const answer of waiting) answer();
  expect(await app.exit).toBe(0);
  await Promise.all(senders);
  expect(
    app
      .lines()
      .filter(({ msg }) => msg === 'handled')
      .map(({ key }) => key),
  ).toContain('acme/shop#1');

  const store = await openStore({ dataDir });
  const known = await store.inbox.receive(
    acknowledged.map((guid) => ({ guid, event: 'x', receivedAt: new Date().toISOString(), inputs: [] })),
  );
  expect(known.filter(Boolean)).toEqual([]);
  await store.close();
});

test('a line that is kept open without a request does not hold the end up', async () => {
  github = await smallGitHub();
  app = startApp({ DATA_DIR: dataDir, ...github.env });
  await app.logged('GitHub knows');
  const { hostname, port } = new URL(await app.origin());
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const closed = new Promise((resolve) => {
    const call = httpRequest({ agent, hostname, port, path: '/healthz' }, (response) => response.resume());
    call.on('socket', (socket) => socket.on('close', resolve));
    call.end();
  });
  await pause(100);
  expect(await app.stop()).toBe(0);
  await closed;
  agent.destroy();
});

test('a full disk: webhooks get 503, /readyz says so, /healthz stays well, what was acknowledged is there', async () => {
  github = await smallGitHub();
  // A limit on the size of files stands for the full disk; its signal must be off for the write itself to fail.
  const limited = `trap '' XFSZ; ulimit -f 800; exec "$0" "$@"`;
  app = startApp({ DATA_DIR: dataDir, ...github.env }, (file, env) =>
    spawn('bash', ['-c', limited, process.execPath, file], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  await app.logged('GitHub knows');
  const origin = await app.origin();
  const acknowledged: string[] = [];
  for (let status = 202; status === 202; ) {
    const guid = randomUUID();
    const body = JSON.stringify({ ...issuesLabeled(acknowledged.length + 1), padding: 'x' });
    status = (await fetch(`${origin}${WEBHOOKS}`, { method: 'POST', body, headers: deliveryHeaders('issues', body, guid) }))
      .status;
    if (status === 202) acknowledged.push(guid);
    else expect(status).toBe(503);
  }
  const probe = await fetch(`${origin}/readyz`);
  expect([probe.status, await probe.json()]).toEqual([
    503,
    {
      status: 'not ready',
      why: expect.stringMatching(/^the store (cannot grow, the disk is full|could not be read or written)$/),
    },
  ]);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  expect(app.lines().find(({ msg }) => msg === 'a webhook could not be stored')).toMatchObject({ level: 'warn', status: 503 });
  await app.stop();
  const store = await openStore({ dataDir });
  const known = await store.inbox.receive(
    acknowledged.map((guid) => ({ guid, event: 'x', receivedAt: new Date().toISOString(), inputs: [] })),
  );
  expect(known.filter(Boolean)).toEqual([]);
  await store.close();
});

/** The process itself: how it refuses to start, what it survives, and how it ends. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliver, issuesLabeled, serve } from '../intake/deliver.ts';
import { databaseUrl, freshSchema } from '../store/worlds.ts';
import type { AppProcess, SmallGitHub } from './app-process.ts';
import { json, smallGitHub, startApp } from './app-process.ts';

const WEBHOOKS = '/api/github/webhooks';
let folder: string;
let dataDir: string;
let github: SmallGitHub;
let apps: AppProcess[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'playcaller-main-'));
  dataDir = join(folder, 'data');
  github = await smallGitHub();
  apps = [];
});

afterEach(async () => {
  for (const app of apps) {
    app.child.kill('SIGKILL');
    await app.exit;
  }
  await github.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}): AppProcess {
  const app = startApp({ DATA_DIR: dataDir, ...github.env, ...env });
  apps.push(app);
  return app;
}

describe('it does not start', () => {
  test.each([
    ['without a webhook secret', { WEBHOOK_SECRET: '' }, 'WEBHOOK_SECRET'],
    ['with the well-known secret', { WEBHOOK_SECRET: 'development' }, 'WEBHOOK_SECRET'],
    ['without a key', { PRIVATE_KEY: '' }, 'PRIVATE_KEY'],
  ])('%s: exit code 2, naming the variable', async (_, env, name) => {
    const app = start(env);
    expect(await app.exit).toBe(2);
    expect(app.stderr()).toContain(name);
    expect(app.stderr()).not.toMatch(/^\s+at /m);
  });

  test('on a data directory that cannot be written: exit code 1, naming it', async () => {
    writeFileSync(join(folder, 'file'), '');
    const app = start({ DATA_DIR: join(folder, 'file', 'data') });
    expect(await app.exit).toBe(1);
    expect(app.stderr()).toContain('DATA_DIR');
    expect(app.stderr()).not.toMatch(/^\s+at /m);
  });

  test('on a port that is taken: exit code 1, naming it', async () => {
    const other = await serve(() => undefined);
    const port = new URL(other.origin).port;
    const app = start({ PORT: port });
    expect(await app.exit).toBe(1);
    expect(app.stderr()).toContain(port);
    await other.close();
  });

  test.each([
    [401, 'private key'],
    [404, 'APP_ID'],
  ])('when GitHub answers %d to who we are: exit code 1, with what to check', async (status, words) => {
    const strict = await serve(((_, response) => json(response, status, { message: 'no' })) satisfies RequestListener);
    const app = start({ GHE_HOST: strict.origin.replace('http://', '') });
    expect(await app.exit).toBe(1);
    expect(app.stderr()).toContain(words);
    await strict.close();
  });
});

describe('it goes on', () => {
  test('while GitHub cannot be reached, taking webhooks', async () => {
    const app = start({ GHE_HOST: '127.0.0.1:9' });
    await app.logged('GitHub cannot be reached');
    expect((await fetch(`${await app.origin()}/readyz`)).status).toBe(200);
    expect((await deliver(`${await app.origin()}${WEBHOOKS}`, 'issues', issuesLabeled())).status).toBe(202);
    expect(await app.stop()).toBe(0);
  });

  test('while PostgreSQL is away: alive, not ready, webhooks get 503', async () => {
    const app = start({ DATABASE_URL: 'postgres://postgres:hush-hush@127.0.0.1:9/test' });
    await app.logged('PostgreSQL');
    const origin = await app.origin();
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${origin}/readyz`)).status).toBe(503);
    const answer = await deliver(`${origin}${WEBHOOKS}`, 'issues', issuesLabeled());
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true]);
    expect(await app.stop()).toBe(0);
    expect(JSON.stringify(app.lines()) + app.stderr()).not.toContain('hush-hush');
  });

  if (databaseUrl) {
    test('when PostgreSQL comes, goes and comes back', async () => {
      const schema = await freshSchema();
      const url = new URL(schema.url);
      const wire = wireTo(url);
      const port = await wire.open(0);
      await wire.close();
      const through = new URL(url);
      through.host = `127.0.0.1:${port}`;
      const app = start({ DATABASE_URL: through.href });
      await app.logged('PostgreSQL');
      const webhooks = `${await app.origin()}${WEBHOOKS}`;

      await wire.open(port);
      await app.logged('ready');
      expect((await deliver(webhooks, 'issues', issuesLabeled())).status).toBe(202);
      await wire.close();
      expect((await deliver(webhooks, 'issues', issuesLabeled())).status).toBe(503);
      expect((await fetch(`${await app.origin()}/readyz`)).status).toBe(503);
      await wire.open(port);
      while ((await deliver(webhooks, 'issues', issuesLabeled())).status !== 202)
        await new Promise((resolve) => setTimeout(resolve, 50));

      expect(await app.stop()).toBe(0);
      await wire.close();
      await schema.end();
    });
  }
});

describe('it ends', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s: exit code 0, and what was taken is there at the next start', async (signal) => {
    const first = start({ GHE_HOST: '127.0.0.1:9' });
    await first.logged('GitHub cannot be reached');
    const guid = { 'x-github-delivery': `guid-${signal}` };
    expect((await deliver(`${await first.origin()}${WEBHOOKS}`, 'issues', issuesLabeled(), guid)).status).toBe(202);
    first.child.kill(signal);
    expect(await first.exit).toBe(0);

    const second = start();
    expect(await second.logged('handled')).toMatchObject({ key: 'acme/shop#12', guid: `guid-${signal}` });
    await deliver(`${await second.origin()}${WEBHOOKS}`, 'issues', issuesLabeled(), guid);
    const text = await (await fetch(`${await second.origin()}/metrics`)).text();
    expect(text).toContain('playcaller_deliveries_total{outcome="duplicate"} 1');
  });

  test('a running handler is finished first', async () => {
    let answer = () => {};
    // The list of deliveries, which is read at each start, is not what a handler asks.
    const slow = await smallGitHub((request, response) => {
      const say = () => json(response, 404, { message: 'Not Found' });
      if (request.url?.endsWith('/graphql')) answer = say;
      else say();
    });
    const app = start(slow.env);
    await app.logged('GitHub knows');
    await deliver(`${await app.origin()}${WEBHOOKS}`, 'issues', issuesLabeled());
    while (!slow.requests.some((one) => one.endsWith('/graphql'))) await new Promise((resolve) => setTimeout(resolve, 10));
    app.child.kill('SIGTERM');
    await app.logged('draining');
    expect(app.lines().some(({ msg }) => msg === 'handled')).toBe(false);
    answer();
    expect(await app.exit).toBe(0);
    expect(app.lines().filter(({ msg }) => msg === 'handled')).toHaveLength(1);
    await slow.close();
  });

  test('a second signal ends it at once', async () => {
    const mute = await smallGitHub(() => undefined);
    const app = start(mute.env);
    await app.logged('GitHub knows');
    await deliver(`${await app.origin()}${WEBHOOKS}`, 'issues', issuesLabeled());
    while (!mute.requests.some((one) => one.endsWith('/graphql'))) await new Promise((resolve) => setTimeout(resolve, 10));
    app.child.kill('SIGTERM');
    await app.logged('draining');
    app.child.kill('SIGTERM');
    expect(await app.exit).toBe(1);
    await mute.close();
  });
});

/** Stands between the app and PostgreSQL, so that a test can cut them apart. */
function wireTo(target: URL) {
  const sockets = new Set<ReturnType<typeof connect>>();
  const server = createServer((inward) => {
    const outward = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [inward, outward]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        inward.destroy();
        outward.destroy();
      });
    }
    inward.pipe(outward).pipe(inward);
  });
  return {
    async open(port: number): Promise<number> {
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    },
    close(): Promise<void> {
      return new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        sockets.clear();
      });
    },
  };
}

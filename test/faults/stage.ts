/** The stage: sandbox, post office and the real app in this process; where the app would only wait, time jumps. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Octokit } from 'octokit';
import { createApp } from '../../src/app.ts';
import { createGitHub } from '../../src/github/create-github.ts';
import { createRepositoryAccess } from '../../src/github/repository-access.ts';
import { handle } from '../../src/handle.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/server.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { createLog } from '../../src/start/create-log.ts';
import { scheduleOf } from '../../src/start/schedule-of.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/types.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import type { Team } from './play.ts';
import { openPostOffice } from './post-office.ts';
import { createTimes } from './times.ts';

const APP_ID = 4711;
const SECRET = 'a-secret-for-rough-seas';
const REPO = 'acme/shop';
const LOOK_MS = 20;
const HURRY_MS = 8;
/** Time jumps, handlers do not: while they work they keep their lanes, as in real time. */
const LEASE_MS = 12 * 3_600_000;
const SETTLE_MS = 60_000;
/** The app gives up on a call after so long. */
export const TIMEOUT_MS = 3_000;

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export type Stage = Awaited<ReturnType<typeof setStage>>;

/** @param configuration text of `.github/playcaller.yml` */
export async function setStage(start: string, configuration: string) {
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-faults-'));
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  let listener: Parameters<typeof createServer>[1];
  const server = createServer((request, response) => listener?.(request, response));
  // As in the sandbox: closing an idle connection would look like a fault that nobody asked for.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const post = await openPostOffice(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`);
  const sandbox = await startSandbox({
    port: 0,
    webhookUrl: post.url,
    webhookSecret: SECRET,
    appId: APP_ID,
    publicKeyOrPrivateKeyPem: publicKey,
    rateLimit: 1_000_000,
    start: new Date(start),
    lagClock: () => times.now().getTime(),
  });
  const team = teamOf(sandbox.url);
  sandbox.clock.hold(true);
  sandbox.clock.set(new Date(start));
  const times = createTimes(sandbox.clock);
  const address = `${sandbox.url}/_sandbox`;
  const store = hurried(await openSqliteStore(dataDir, { clock: () => times.now().getTime() }), times.willBeDue);
  let running = 0;
  const apiUrl = `${sandbox.url}/api/v3`;
  const clock = { nowMs: () => times.now().getTime(), sleep: times.sleep };
  const github = createGitHub({ appId: APP_ID, privateKey, apiUrl, writesPerMinute: null, timeoutMs: TIMEOUT_MS }, log, clock);
  const app = createApp({
    environment: { appId: APP_ID, webhookSecret: SECRET },
    log,
    github,
    access: createRepositoryAccess({ apiUrl, nowMs: Date.now }),
    metrics: createMetrics({ figures: () => store.inbox.figures() }),
    store: () => store,
    async handle(trigger, world) {
      running += 1;
      await handle(trigger, world).finally(() => {
        running -= 1;
      });
    },
    scheduleOf,
    now: times.now,
    lookMs: LOOK_MS,
  });
  listener = app.listener;
  app.knowBot((await github.app()).login);
  app.work(store);

  await team.alice.rest.repos.createOrUpdateFileContents({
    ...SHOP,
    path: '.github/playcaller.yml',
    message: 'chore: set Playcaller up',
    content: Buffer.from(configuration).toString('base64'),
  });

  let open = true;
  const hurrying = (async () => {
    for (; open; await pause(HURRY_MS)) {
      const nextMs = times.nextMs();
      if (nextMs === null || running > times.sleeping()) continue;
      times.jump(nextMs);
    }
  })();

  async function control(method: string, path: string, body?: unknown): Promise<void> {
    const answer = await fetch(`${address}/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }

  /** All webhooks are out, no lane has work, nothing waits for a time to come but the timers of days to come. */
  async function settled(): Promise<void> {
    const until = Date.now() + SETTLE_MS;
    for (let quiet = 0; quiet < 2; ) {
      await control('GET', 'idle');
      const { depth } = await store.inbox.figures();
      const busy = post.underWay() > 0 || depth > 0 || (await store.inbox.nextDueMs()) === 0;
      quiet = busy ? 0 : quiet + 1;
      if (busy && Date.now() > until) throw new Error(`the app still has work:\n${lines.slice(-20).join('')}`);
      if (busy) await pause(12);
    }
  }

  return {
    team,
    world: sandbox.sandbox.world,
    url: sandbox.url,
    times,
    post,
    store,
    /** The app's log. */
    lines,
    settled,
    faults: async (faults: readonly Record<string, unknown>[]) => {
      for (const fault of faults) await control('POST', 'faults', fault);
    },
    mended: () => control('DELETE', 'faults'),
    expireTokens: () => control('POST', 'tokens/expire'),
    /** Waits until the schedule knows the repository: from then on slots count. */
    async known(): Promise<void> {
      await settled();
      while ((await store.cron.lastSlot(`sweep:${REPO}`)) === null) await pause(5);
    },
    async goTo(time: string): Promise<void> {
      times.goTo(time);
      await settled();
    },
    /** Time for the scheduled sweep. */
    async sweep(slot: string): Promise<void> {
      times.goTo(slot);
      const until = Date.now() + SETTLE_MS;
      while ((await store.cron.lastSlot(`sweep:${REPO}`)) !== new Date(slot).toISOString()) {
        if (Date.now() > until) throw new Error(`no sweep was scheduled at ${slot}`);
        await pause(5);
      }
      await settled();
    },
    async close(): Promise<void> {
      await app.drain(5_000);
      open = false;
      await hurrying;
      await close(sandbox, server);
      await post.close();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The store, telling of each back-off, with leases that outlast a day's jumps. */
function hurried(store: Store, willBeDue: (ms: number) => void): Store {
  const { inbox } = store;
  return {
    ...store,
    inbox: {
      ...inbox,
      lease: (limit, _, only) => inbox.lease(limit, LEASE_MS, only),
      renew: (lease) => inbox.renew(lease, LEASE_MS),
      async retry(lease, delayMs, counts, error) {
        await inbox.retry(lease, delayMs, counts, error);
        willBeDue(delayMs);
      },
    },
  };
}

async function close(sandbox: RunningSandbox, server: ReturnType<typeof createServer>): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await sandbox.close();
}

function teamOf(url: string): Team {
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const person = (login: string) =>
    new Octokit({
      auth: `sandbox-${login}`,
      baseUrl: `${url}/api/v3`,
      throttle: { enabled: false },
      retry: { enabled: false },
      log: quiet,
    });
  return { alice: person('alice'), bob: person('bob'), ci: person('ci') };
}

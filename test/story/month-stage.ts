/** A stage for stories of weeks: sandbox and the real app in this process, both in the time of the sandbox's clock. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from '../../src/app.ts';
import { requireFree } from '../../src/cli/free-port.ts';
import { createGitHub } from '../../src/github/create-github.ts';
import { createRepositoryAccess } from '../../src/github/repository-access.ts';
import { handle } from '../../src/handle.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { meetPeople } from '../../src/sandbox/story/people.ts';
import { createLog } from '../../src/start/create-log.ts';
import { scheduleOf } from '../../src/start/schedule-of.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/types.ts';
import { createMetrics } from '../../src/web/metrics.ts';

const APP_ID = 4711;
const SECRET = 'a-secret-for-thirty-five-days';
const REPO = 'acme/shop';
const LOOK_MS = 20;
const SETTLE_MS = 30_000;
const GRACE_MS = 5_000;

export type MonthStage = Awaited<ReturnType<typeof setMonth>>;

/** @param start the time at which the sandbox begins; the clock stands but for what the stage moves it. */
export async function setMonth(start: string) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-month-'));
  const [port, appPort] = [await requireFree(0, ''), await requireFree(0, '')];
  // Links as on github.com, so that no golden file shows a port.
  const sandbox = await startSandbox({
    port,
    url: 'https://github.com',
    webhookUrl: `http://127.0.0.1:${appPort}/api/github/webhooks`,
    webhookSecret: SECRET,
    appId: APP_ID,
    publicKeyOrPrivateKeyPem: publicKey,
    rateLimit: 1_000_000,
    start: new Date(start),
  });
  const { clock } = sandbox;
  clock.hold(true);
  const address = `http://127.0.0.1:${port}`;
  const warnings: string[] = [];
  const log = createLog('warn', { write: (line) => void warnings.push(line) });
  const now = () => clock.now();

  async function startApp() {
    const store: Store = await openSqliteStore(dataDir, { clock: () => now().getTime() });
    const apiUrl = `${address}/api/v3`;
    const github = createGitHub({ appId: APP_ID, privateKey, apiUrl, writesPerMinute: null }, log);
    const app = createApp({
      environment: { appId: APP_ID, webhookSecret: SECRET },
      log,
      github,
      access: createRepositoryAccess({ apiUrl, nowMs: Date.now }),
      metrics: createMetrics({ figures: () => store.inbox.figures() }),
      store: () => store,
      handle,
      scheduleOf,
      now,
      lookMs: LOOK_MS,
    });
    const server = createServer(app.listener);
    await new Promise<void>((resolve) => server.listen(appPort, '127.0.0.1', resolve));
    app.knowBot((await github.app()).login);
    app.work(store);
    return {
      store,
      async stop() {
        await app.drain(GRACE_MS);
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        await store.close();
      },
    };
  }
  let app: Awaited<ReturnType<typeof startApp>> | null = await startApp();

  /** All webhooks are out, no lane has work, no timer is due. */
  async function settled(): Promise<void> {
    const idle = () => fetch(`${address}/_sandbox/idle`);
    if (!app) return void (await idle());
    const { inbox } = app.store;
    const until = Date.now() + SETTLE_MS;
    for (let quiet = 0; quiet < 2; ) {
      await idle();
      const busy = (await inbox.figures()).depth > 0 || (await inbox.nextDueMs()) === 0;
      quiet = busy ? 0 : quiet + 1;
      if (!busy) continue;
      // With a clock that stands, what failed is never tried again.
      if (warnings.length > 0) throw new Error(`the app warns: ${warnings[0]}`);
      if (Date.now() > until) throw new Error('the app still has work');
      await pause(5);
    }
  }

  return {
    people: meetPeople(address, APP_ID, privateKey),
    /** Warnings and errors that the app logged. */
    warnings,
    now,
    settled,
    isUp: () => app !== null,
    /** Waits until the schedule knows the repository: from then on slots count. */
    async known(): Promise<void> {
      await settled();
      while ((await app?.store.cron.lastSlot(`sweep:${REPO}`)) === null) await pause(5);
    },
    get store(): Store {
      if (!app) throw new Error('the app is down');
      return app.store;
    },
    /** Moves the clock, by the sandbox's own control path, and waits for what follows from it. */
    async goTo(time: string): Promise<void> {
      const answer = await fetch(`${address}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ now: time }) });
      if (!answer.ok) throw new Error(`the clock was not moved: ${await answer.text()}`);
      await settled();
    },
    /** Waits until the schedule has taken the slot by itself, and the sweep is out. */
    async swept(slot: string): Promise<void> {
      const until = Date.now() + SETTLE_MS;
      const wanted = new Date(slot).toISOString();
      while ((await app?.store.cron.lastSlot(`sweep:${REPO}`)) !== wanted) {
        if (Date.now() > until) throw new Error(`no sweep was scheduled at ${wanted}`);
        await pause(5);
      }
      await settled();
    },
    async stopApp(): Promise<void> {
      await settled();
      await app?.stop();
      app = null;
    },
    async startApp(): Promise<void> {
      app ??= await startApp();
      await settled();
    },
    async close(): Promise<void> {
      await app?.stop();
      app = null;
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

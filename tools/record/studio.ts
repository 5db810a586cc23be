/** Where fixtures are recorded: sandbox, store and app parts in this process, on a clock that only moves when told. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { Octokit } from 'octokit';
import { pino } from 'pino';
import { requireFree } from '../../src/cli/free-port.ts';
import { decide } from '../../src/decide/decide.ts';
import { gather } from '../../src/gather/gather.ts';
import { createGitHub } from '../../src/github/create-github.ts';
import { handle } from '../../src/handle.ts';
import { createReceiver } from '../../src/intake/receiver.ts';
import { nextRun } from '../../src/intake/split-work.ts';
import { createWebhookRoute } from '../../src/intake/webhook-route.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { Inbox, LaneWork } from '../../src/store/inbox-types.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Fixture } from '../../test/decide/fixture-files.ts';

export interface Studio {
  alice: Octokit;
  bob: Octokit;
  dave: Octokit;
  mallory: Octokit;
  ci: Octokit;
  /** Playcaller's own account, for what a late write of ours would do. */
  bot: Octokit;
  /** People do something; nobody hears of it until `settle`. */
  act<T>(work: () => Promise<T>): Promise<T>;
  /** Handles all that waits; the first look of each lane named here becomes a case: `{ '#1': 'start' }`. */
  settle(takes?: Record<string, string>): Promise<void>;
  pass(hours: number): void;
}

const APP_ID = 4711;
const REPO = 'acme/shop';
const START = Date.parse('2026-11-20T08:00:00Z');
const LEASE_MS = 60_000;
const MINUTE_MS = 60_000;
const SECRET = randomBytes(16).toString('hex');
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Plays in a fresh studio and gives the cases taken, by name. The same scene gives the same bytes. */
export async function inStudio(scene: (studio: Studio) => Promise<void>): Promise<Map<string, Fixture>> {
  const closing: (() => unknown)[] = [];
  let now = START;
  mock.timers.enable({ apis: ['Date'], now });
  const pass = (ms: number): void => {
    now += ms;
    mock.timers.setTime(now);
  };
  try {
    const { studio, cases } = await open(closing, pass);
    await scene(studio);
    return cases;
  } finally {
    for (const close of closing.toReversed()) await close();
    mock.timers.reset();
  }
}

async function open(closing: (() => unknown)[], pass: (ms: number) => void) {
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-record-'));
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const store = await openSqliteStore(dataDir);
  closing.push(() => store.close());
  const hooks = await startHooks(store.inbox, closing);
  const port = await requireFree(0, '');
  // Links as on github.com, so that no recording shows the port.
  const sandbox = await startSandbox({
    port,
    url: 'https://github.com',
    webhookUrl: hooks.url,
    webhookSecret: SECRET,
    appId: APP_ID,
    publicKeyOrPrivateKeyPem: keys.publicKey,
  });
  closing.push(() => sandbox.close());
  const address = `http://127.0.0.1:${port}`;
  const log = pino({ level: 'silent' });
  const github = createGitHub(
    { appId: APP_ID, privateKey: keys.privateKey, apiUrl: `${address}/api/v3`, writesPerMinute: null },
    log,
  );
  const cases = new Map<string, Fixture>();

  /** One look by the app's own handler, with what it is given and what it decides taken down before. */
  async function look(work: LaneWork, takes: Map<string, string>): Promise<void> {
    const run = nextRun(work, new Date().toISOString());
    if (!run) throw new Error(`nothing in ${work.lease.lane} can be handled`);
    const name = takes.get(work.lease.lane);
    if (name !== undefined) {
      takes.delete(work.lease.lane);
      const client = await github.forInstallation(work.installationId);
      const facts = await gather(run.trigger, { client, ledger: store.ledger, appId: APP_ID });
      const trigger: Trigger = { ...run.trigger, guid: 'recorded' };
      cases.set(name, structuredClone({ trigger, facts, effects: decide(trigger, facts) }));
    }
    await handle(run.trigger, { github, store, lease: work.lease, log, appId: APP_ID, now: () => new Date() });
    await store.inbox.complete(work.lease, run.uptoSeq);
    pass(1000);
  }

  async function settle(named: Record<string, string> = {}): Promise<void> {
    const takes = new Map(Object.entries(named).map(([lane, name]) => [REPO + lane, name]));
    for (;;) {
      hooks.open();
      await fetch(`${address}/_sandbox/idle`);
      hooks.hold();
      const [work] = await store.inbox.lease(1, LEASE_MS);
      if (!work) break;
      await look(work, takes);
    }
    if (takes.size > 0) throw new Error(`no look came for ${[...takes].join('; ')}`);
  }

  const person = (token: string) =>
    new Octokit({ auth: token, baseUrl: `${address}/api/v3`, throttle: { enabled: false }, retry: { enabled: false } });
  const [installation] = [...sandbox.sandbox.world.installations.values()].filter(({ appId }) => appId === APP_ID);
  const { token } = sandbox.sandbox.createToken(installation?.id ?? 0, { issues: 'write', metadata: 'read' });
  const [alice, bob, dave, mallory, ci] = ['alice', 'bob', 'dave', 'mallory', 'ci'].map((name) => person(`sandbox-${name}`));
  if (!alice || !bob || !dave || !mallory || !ci) throw new Error('everybody has a token');
  const studio: Studio = {
    alice,
    bob,
    dave,
    mallory,
    ci,
    bot: person(token),
    async act(work) {
      pass(MINUTE_MS);
      return work();
    },
    settle,
    pass: (hours) => pass(hours * 60 * MINUTE_MS),
  };
  return { studio, cases };
}

/**
 * Takes webhooks by the app's own route, but only while open: ids are given out one by one, so a webhook that crossed
 * with a request would change the recording.
 */
async function startHooks(inbox: Inbox, closing: (() => unknown)[]) {
  const faults: unknown[] = [];
  const route = createWebhookRoute({
    secret: SECRET,
    receiver: createReceiver(() => inbox),
    own: () => ({ appId: APP_ID, botLogin: 'playcaller[bot]' }),
    onStored: () => undefined,
    onAnswered: ({ outcome, event, error }) => {
      if (outcome !== 'stored' && outcome !== 'ignored') faults.push(error ?? `${event} was ${outcome}`);
    },
    now: () => new Date(),
  });
  let gate = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    void gate.promise.then(() => route(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    open: () => gate.resolve(),
    hold() {
      if (faults.length > 0) throw new Error(`webhooks were not taken: ${faults.join('; ')}`);
      gate = Promise.withResolvers<void>();
    },
  };
}

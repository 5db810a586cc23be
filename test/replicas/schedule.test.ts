/** Three replicas (with SQLite one is all) and one clock: each slot of the schedule is taken once, a sweep has one comment a day (W1, A4). */
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { requireFree } from '../../src/cli/free-port.ts';
import { createGitHub } from '../../src/github/create-github.ts';
import { createRepositoryAccess } from '../../src/github/repository-access.ts';
import { handle } from '../../src/handle.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { marked } from '../../src/sandbox/story/looks.ts';
import { meetPeople, SHOP } from '../../src/sandbox/story/people.ts';
import { until } from '../../src/sandbox/story/until.ts';
import { createLog } from '../../src/start/create-log.ts';
import { scheduleOf } from '../../src/start/schedule-of.ts';
import type { Store } from '../../src/store/types.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { engines, type World } from '../store/worlds.ts';
import { length } from '../suite.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import { KEYS } from './keys.ts';

const APP_ID = 4711;
const SECRET = 'a-secret-for-three-replicas';
const LOOK_MS = 20;
const DAYS = length({ short: 2, long: 10 });
const SETTLE_MS = 60_000;
const SWEEP = '<!-- playcaller:sweep ';

/** Noons: the schedule rests at weekends. */
function workingDays(count: number): Date[] {
  const noons = Array.from({ length: 2 * count + 2 }, (_, index) => new Date(Date.UTC(2030, 4, 2 + index, 12)));
  return noons.filter((noon) => noon.getUTCDay() % 6 !== 0).slice(0, count);
}

describe.each(engines)('the schedule over all replicas on $name', ({ name, begin }) => {
  let closing: (() => Promise<unknown>)[];
  let stores: Store[];
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let balancer: Balancer;
  /** Slots that each replica took, by its log. */
  let slots: string[];
  let world: World;

  beforeEach(async () => {
    closing = [];
    stores = [];
    slots = [];
    world = await begin();
    balancer = await startBalancer();
    const port = await requireFree(0, '');
    sandbox = await startSandbox({
      port,
      webhookUrl: balancer.url,
      webhookSecret: SECRET,
      appId: APP_ID,
      publicKeyOrPrivateKeyPem: KEYS.publicKey,
      rateLimit: 1_000_000,
      start: new Date('2030-05-01T06:00:00Z'),
    });
    sandbox.clock.hold(true);
    await Promise.all(Array.from({ length: name === 'SQLite' ? 1 : 3 }, startReplica));
  });
  afterEach(async () => {
    await Promise.all(closing.map((close) => close()));
    await sandbox.close();
    await balancer.close();
    await world.end();
  });

  async function startReplica(): Promise<void> {
    const store = await world.another();
    const log = createLog('info', {
      write: (line) => {
        const { msg, slot } = JSON.parse(line);
        if (msg === 'a sweep is due') slots.push(slot);
      },
    });
    const apiUrl = `${sandbox.url}/api/v3`;
    const github = createGitHub(
      { appId: APP_ID, privateKey: KEYS.privateKey, apiUrl, writesPerMinute: null, sharedBudget: () => store.pace },
      log,
    );
    const app = createApp({
      environment: { appId: APP_ID, webhookSecret: SECRET },
      log,
      github,
      access: createRepositoryAccess({ apiUrl, nowMs: Date.now }),
      metrics: createMetrics({ figures: () => store.inbox.figures() }),
      store: () => store,
      handle,
      scheduleOf,
      now: () => sandbox.clock.now(),
      lookMs: LOOK_MS,
    });
    const server = createServer(app.listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    balancer.add(typeof address === 'object' && address ? address.port : 0);
    app.knowBot((await github.app()).login);
    app.work(store);
    stores.push(store);
    closing.push(async () => {
      await app.drain(5_000);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  async function settled(): Promise<void> {
    const look = async () => {
      let depth = 0;
      for (let looked = 0; looked < 3; looked += 1) {
        await (await fetch(`${sandbox.url}/_sandbox/idle`)).text();
        depth += (await stores[0]?.inbox.figures())?.depth ?? 1;
      }
      return depth;
    };
    expect((await until(look, (depth) => depth === 0, SETTLE_MS)).last).toBe(0);
  }

  test(`${DAYS} days: ${DAYS} slots, ${DAYS} comments, whoever took them`, async () => {
    const { alice } = meetPeople(sandbox.url, APP_ID, KEYS.privateKey);
    const issues = await openIssues(alice, ['One', 'Two', 'Three']);
    for (const issue of issues) await label(alice, issue, 'session:bug-fix');
    await settled();
    const known = () => stores[0]?.cron.lastSlot('sweep:acme/shop') ?? Promise.resolve(null);
    expect((await until(known, (slot) => slot !== null, SETTLE_MS)).held).toBe(true);
    for (const [index, noon] of workingDays(DAYS).entries()) {
      sandbox.clock.set(noon);
      const swept = () => Promise.resolve(slots.length);
      expect((await until(swept, (count) => count > index, SETTLE_MS)).held).toBe(true);
      await settled();
    }
    expect(slots).toHaveLength(DAYS);
    expect(new Set(slots).size).toBe(DAYS);
    const trackers = await alice.rest.issues.listForRepo({ ...SHOP, labels: 'playcaller', state: 'all' });
    expect(trackers.data).toHaveLength(1);
    expect(await marked(alice, trackers.data[0]?.number ?? 0, SWEEP)).toHaveLength(DAYS);
  });
});

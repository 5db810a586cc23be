/** Sandbox, app and what stands between them, over many rounds on one database. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Octokit } from 'octokit';
import pg from 'pg';
import { requireFree } from '../../src/cli/free-port.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { readManifest } from '../../src/sandbox/state/manifest.ts';
import { AppProcess } from '../../src/sandbox/story/app-process.ts';
import { borrowSchema } from '../../src/sandbox/story/borrow-schema.ts';
import { meetPeople } from '../../src/sandbox/story/people.ts';
import { until } from '../../src/sandbox/story/until.ts';
import { SQLITE_FILE } from '../../src/store/sqlite.ts';
import { type Between, standBetween } from './between.ts';

export interface CrashStage {
  app: AppProcess;
  between: Between;
  alice: Octokit;
  /** Time in which the app is dead: leases of its last life run out. */
  leasesRunOut(): Promise<void>;
  /** Deliveries since the last `forgetDeliveries`, by GUID: whether the app acknowledged them. */
  deliveries(): Map<string, boolean>;
  forgetDeliveries(): void;
  /** Those that were acknowledged and yet, sent once more, were news to the app: it had lost them. */
  lost(): string[];
  /** Sends what was not taken, and of what was taken those that `also` picks. @returns how many. */
  redeliver(also?: () => boolean): number;
  /** All is delivered, handled, and nothing waits. @throws when that takes too long. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const APP_ID = 4711;
const HOST = '127.0.0.1';
const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;
const SETTLE_MS = 60_000;
/** The app tries a lost answer again after a second. */
const LOOKS = 3;

/** @param databaseUrl null: SQLite */
export async function setCrashStage(databaseUrl: string | null): Promise<CrashStage> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const secret = randomBytes(24).toString('hex');
  const dataDir = await mkdtemp(join(tmpdir(), 'playcaller-crash-'));
  const schema = databaseUrl === null ? null : await borrowSchema(databaseUrl);
  const [port, appPort] = [await requireFree(0, ''), await requireFree(0, '')];
  const between = await standBetween(port, appPort);
  const running = await startSandbox({
    host: HOST,
    port,
    webhookUrl: between.webhookUrl,
    webhookSecret: secret,
    appId: APP_ID,
    publicKeyOrPrivateKeyPem: publicKey,
    appManifest: readManifest(),
    rateLimit: 10_000_000,
  });
  const app = new AppProcess({
    main: MAIN,
    url: `http://${HOST}:${appPort}`,
    logFile: join(dataDir, 'app.log'),
    env: {
      APP_ID: String(APP_ID),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: secret,
      GHE_HOST: between.apiHost,
      GHE_PROTOCOL: 'http',
      PORT: String(appPort),
      HOST,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'info',
      ...(schema ? { DATABASE_URL: schema.url } : {}),
    },
  });
  await app.start();
  const { world } = running.sandbox;
  let since = 0;
  const attempts = () => world.deliveries.filter(({ id }) => id > since);
  const deliveries = (): Map<string, boolean> => {
    const taken = new Map<string, boolean>();
    for (const { guid, statusCode } of attempts()) taken.set(guid, taken.get(guid) === true || statusCode === 202);
    return taken;
  };
  const idle = async () => void (await fetch(`${running.url}/_sandbox/idle`)).text();
  const redeliver = (also: () => boolean = () => false): number => {
    const taken = deliveries();
    const newest = new Map(attempts().map((attempt) => [attempt.guid, attempt]));
    const chosen = [...newest.values()].filter(({ guid }) => !taken.get(guid) || also());
    for (const attempt of chosen) running.sandbox.redeliver(attempt);
    return chosen.length;
  };
  const look = async (): Promise<number> => {
    let waiting = 0;
    for (let looked = 0; looked < LOOKS; looked += 1) {
      await idle();
      waiting += (await app.waiting()) + redeliver();
    }
    return waiting;
  };
  const lost = (): string[] => {
    // What concerned nobody is not kept, and may concern somebody after a start: our name is learnt anew.
    const stored = new Set<string>();
    return attempts().flatMap(({ guid, statusCode, responseBody }) => {
      if (statusCode !== 202 || !responseBody.includes('stored')) return [];
      if (stored.has(guid)) return [guid];
      stored.add(guid);
      return [];
    });
  };
  const { alice } = meetPeople(running.url, APP_ID, privateKey);
  return {
    app,
    between,
    alice,
    leasesRunOut: () => (schema ? runOutOnPostgres(schema.url) : runOutOnSqlite(dataDir)),
    deliveries,
    forgetDeliveries: () => {
      since = world.deliveries.at(-1)?.id ?? since;
    },
    redeliver,
    lost,
    async settled() {
      const { held, last } = await until(look, (waiting) => waiting === 0, SETTLE_MS);
      if (!held) throw new Error(`the app still has work (${last}) after ${SETTLE_MS} ms; its log: ${app.settings.logFile}`);
    },
    async close() {
      await app.stop();
      await running.close();
      await between.close();
      await schema?.drop();
      if (!process.env.KEEP) await rm(dataDir, { recursive: true });
    },
  };
}

const RUN_OUT = 'update lane set lease_until = 0 where lease_until > 0';

async function runOutOnSqlite(dataDir: string): Promise<void> {
  const db = new DatabaseSync(join(dataDir, SQLITE_FILE));
  db.exec(RUN_OUT);
  db.close();
}

async function runOutOnPostgres(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(RUN_OUT);
  await client.end();
}

/** One sandbox, one database behind a wire, and replicas of the real app that come and go behind a load balancer. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { requireFree } from '../../src/cli/free-port.ts';
import type { Engine } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { AppProcess } from '../../src/sandbox/story/app-process.ts';
import { meetPeople, type People } from '../../src/sandbox/story/people.ts';
import { until } from '../../src/sandbox/story/until.ts';
import { openWire, throughWire, type Wire } from '../store/wire.ts';
import { freshSchema } from '../store/worlds.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import { type Book, newBook, openDoor } from './door.ts';
import { KEYS } from './keys.ts';

export interface Replica {
  name: string;
  url: string;
  /** Ends it as a rollout does: no more webhooks for it, SIGTERM, its exit code. */
  leave(): Promise<number | null>;
  /** As a power cut. */
  kill(): Promise<void>;
  /** Stopped where it stands; no more webhooks for it. */
  freeze(): void;
  /** It goes on, and does not know that time has passed. */
  thaw(): void;
}

export interface ReplicaStage {
  people: People;
  engine: Engine;
  url: string;
  book: Book;
  balancer: Balancer;
  wire: Wire;
  replicas: Replica[];
  /** One more; it takes webhooks once it is ready. */
  join(): Promise<Replica>;
  /** Deliveries that no attempt has handed over are sent once more. @returns how many */
  redeliver(): number;
  /** All is delivered, nothing waits. @throws when that takes too long. */
  settled(): Promise<void>;
  parked(): Promise<number>;
  /** What the replica of this name has logged so far. */
  logOf(name: string): Promise<string>;
  /** Lines of the worklog that hold this text. */
  worklog(text: string): Promise<number>;
  close(): Promise<void>;
}

const APP_ID = 4711;
const HOST = '127.0.0.1';
const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;
const SETTLE_MS = 120_000;
/** What is on its way is seen by one of so many looks in a row. */
const LOOKS = 3;

export async function setReplicas(count: number): Promise<ReplicaStage> {
  const { publicKey, privateKey } = KEYS;
  const secret = randomBytes(24).toString('hex');
  const dataDir = await mkdtemp(join(tmpdir(), 'playcaller-replicas-'));
  const schema = await freshSchema();
  const wire = await openWire(new URL(schema.url));
  const watcher = new pg.Pool({ connectionString: schema.url, max: 2 });
  const balancer = await startBalancer();
  const book = newBook();
  const port = await requireFree(0, '');
  const sandbox = await startSandbox({
    host: HOST,
    port,
    webhookUrl: balancer.url,
    webhookSecret: secret,
    appId: APP_ID,
    publicKeyOrPrivateKeyPem: publicKey,
    rateLimit: 10_000_000,
  });
  const replicas: Replica[] = [];
  const closing: (() => Promise<unknown>)[] = [];
  let names = 0;

  async function join_(): Promise<Replica> {
    names += 1;
    const name = `replica-${names}`;
    const appPort = await requireFree(0, '');
    const door = await openDoor(name, port, book);
    const app = new AppProcess({
      main: MAIN,
      url: `http://${HOST}:${appPort}`,
      logFile: join(dataDir, `${name}.log`),
      env: {
        APP_ID: String(APP_ID),
        PRIVATE_KEY: privateKey,
        WEBHOOK_SECRET: secret,
        GHE_HOST: door.host,
        GHE_PROTOCOL: 'http',
        PORT: String(appPort),
        HOST,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'info',
        DATABASE_URL: throughWire(schema.url, wire),
      },
    });
    closing.push(() => app.stop(), door.close);
    await app.start();
    balancer.add(appPort);
    const gone = () => {
      balancer.remove(appPort);
      replicas.splice(replicas.indexOf(replica), 1);
    };
    const replica: Replica = {
      name,
      url: `http://${HOST}:${appPort}`,
      leave() {
        gone();
        return app.stop();
      },
      async kill() {
        gone();
        await app.kill();
      },
      freeze() {
        balancer.remove(appPort);
        app.freeze();
      },
      thaw() {
        app.thaw();
        balancer.add(appPort);
      },
    };
    replicas.push(replica);
    return replica;
  }

  await Promise.all(Array.from({ length: count }, join_));
  const { world } = sandbox.sandbox;
  const figure = async (name: string): Promise<number> => {
    const text = await (await fetch(`${replicas[0]?.url}/metrics`)).text();
    const value = new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`the metrics name no ${name}`);
    return Number(value);
  };
  const redeliver = (): number => {
    const taken = new Set(world.deliveries.filter(({ statusCode }) => statusCode === 202).map(({ guid }) => guid));
    const newest = new Map(world.deliveries.map((attempt) => [attempt.guid, attempt]));
    const untaken = [...newest.values()].filter(({ guid }) => !taken.has(guid));
    for (const attempt of untaken) sandbox.sandbox.redeliver(attempt);
    return untaken.length;
  };
  const look = async (): Promise<number> => {
    let waiting = 0;
    for (let looked = 0; looked < LOOKS; looked += 1) {
      await (await fetch(`${sandbox.url}/_sandbox/idle`)).text();
      waiting += redeliver() + (await figure('playcaller_queue_depth'));
    }
    return waiting;
  };
  return {
    people: meetPeople(sandbox.url, APP_ID, privateKey),
    engine: sandbox.sandbox,
    url: sandbox.url,
    book,
    balancer,
    wire,
    replicas,
    join: join_,
    redeliver,
    parked: () => figure('playcaller_parked'),
    logOf: (name) => readFile(join(dataDir, `${name}.log`), 'utf8'),
    async worklog(text) {
      const { rows } = await watcher.query('select count(*)::int as lines from worklog where strpos(data, $1) > 0', [text]);
      return rows[0].lines;
    },
    async settled() {
      const { held, last, error } = await until(look, (waiting) => waiting === 0, SETTLE_MS);
      if (!held) throw new Error(`the replicas still have work (${last ?? error}) after ${SETTLE_MS} ms; logs: ${dataDir}`);
    },
    async close() {
      await Promise.all(closing.filter((_, index) => index % 2 === 0).map((stop) => stop()));
      await Promise.all(closing.map((stop) => stop()));
      await sandbox.close();
      await balancer.close();
      await wire.cut();
      await watcher.end();
      await schema.end();
      if (!process.env.KEEP) await rm(dataDir, { recursive: true });
    },
  };
}

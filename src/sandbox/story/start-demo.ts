/** Sets the stage: keys, a fresh data directory, the sandbox in this process, the app as one of its own. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../server.ts';
import { readManifest } from '../state/manifest.ts';
import { AppProcess } from './app-process.ts';
import { borrowSchema } from './borrow-schema.ts';
import { meetPeople, type People } from './people.ts';

export interface DemoSettings {
  /** Of the sandbox; it must be free. */
  port: number;
  appPort: number;
  /** Null: the embedded store. */
  databaseUrl: string | null;
  /** CI reports by itself on every pushed commit. */
  pretendCi: boolean;
}

export interface Demo {
  /** The sandbox's address. */
  url: string;
  app: AppProcess;
  people: People;
  /** The app's next writes to GitHub (one, or `times`) arrive only after so many milliseconds. */
  slow(latencyMs: number, times?: number): Promise<void>;
  /** Ends both, and removes what they left; `keep` leaves the data directory with the app's log. */
  close(keep?: boolean): Promise<void>;
}

const APP_ID = 4711;
const HOST = '127.0.0.1';
const MAIN = new URL('../../main.ts', import.meta.url).pathname;

/** @throws when the app or the database does not answer; nothing is left running then. */
export async function startDemo(settings: DemoSettings): Promise<Demo> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const secret = randomBytes(24).toString('hex');
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-demo-'));
  const appUrl = `http://${HOST}:${settings.appPort}`;
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (keep = false): Promise<void> => {
    for (const step of closing.toReversed()) await step();
    closing.length = 0;
    if (!keep) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const schema = settings.databaseUrl === null ? null : await borrowSchema(settings.databaseUrl);
    if (schema) closing.push(schema.drop);
    const sandbox = await startSandbox({
      host: HOST,
      port: settings.port,
      webhookUrl: `${appUrl}/api/github/webhooks`,
      webhookSecret: secret,
      appId: APP_ID,
      publicKeyOrPrivateKeyPem: publicKey,
      appManifest: readManifest(),
      pretendCi: settings.pretendCi,
    });
    closing.push(() => sandbox.close());
    const app = new AppProcess({
      main: MAIN,
      url: appUrl,
      logFile: join(dataDir, 'app.log'),
      env: {
        APP_ID: String(APP_ID),
        PRIVATE_KEY: privateKey,
        WEBHOOK_SECRET: secret,
        GHE_HOST: `${HOST}:${settings.port}`,
        GHE_PROTOCOL: 'http',
        PORT: String(settings.appPort),
        HOST,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'info',
        ...(schema ? { DATABASE_URL: schema.url } : {}),
      },
    });
    closing.push(() => app.stop());
    await app.start();
    return {
      url: sandbox.url,
      app,
      people: meetPeople(sandbox.url, APP_ID, privateKey),
      slow: (latencyMs, times = 1) => slow(sandbox.url, latencyMs, times),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function slow(url: string, latencyMs: number, times: number): Promise<void> {
  const body = JSON.stringify({ latencyMs, match: '#Apply$', times });
  const answer = await fetch(`${url}/_sandbox/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`the sandbox refused the fault: ${answer.status} ${await answer.text()}`);
}

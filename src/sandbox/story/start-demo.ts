/** Sets the stage: keys, a fresh data directory, the sandbox in this process, the app as one of its own. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../server.ts';
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
  /** Ends both, and removes what they left. */
  close(): Promise<void>;
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
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(dataDir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const step of closing.toReversed()) await step();
    closing.length = 0;
  };
  try {
    const schema = settings.databaseUrl === null ? null : await borrowSchema(settings.databaseUrl);
    if (schema) closing.push(schema.drop);
    const sandbox = await startSandbox({
      host: HOST,
      port: settings.port,
      app: { id: APP_ID, publicKey, webhookUrl: `${appUrl}/api/github/webhooks`, secret },
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
    return { url: sandbox.url, app, people: meetPeople(sandbox.url, APP_ID, privateKey), close };
  } catch (error) {
    await close();
    throw error;
  }
}

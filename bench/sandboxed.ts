/** The app as it is started for real, on a sandbox in this process whose GitHub answers at once. */
import { randomBytes } from 'node:crypto';
import type { Octokit } from 'octokit';
import type { Engine } from '../src/sandbox/sandbox.ts';
import { startSandbox } from '../src/sandbox/server.ts';
import { meetPeople } from '../src/sandbox/story/people.ts';
import { until } from '../src/sandbox/story/until.ts';
import { KEY, SECRET, startMeasured } from './processes.ts';

export interface Sandboxed {
  alice: Octokit;
  bob: Octokit;
  /** The sandbox's inside: what happens there is seen the moment it happens. */
  engine: Engine;
  /** Address of the sandbox. */
  url: string;
  /** What is to be measured. @throws when it has not come after five minutes. */
  seen<T>(coming: Promise<T>): Promise<T>;
  /** Nothing is on its way and nothing waits. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const APP_ID = 7;
const PATIENCE_MS = 300_000;

/**
 * @param rateLimit requests an hour; more than GitHub's, as a bench is no hour long
 * @param more environment of the app
 */
export async function startSandboxed(rateLimit = 100_000, more: Record<string, string> = {}): Promise<Sandboxed> {
  const sandbox = await startSandbox({
    port: 0,
    webhookUrl: null,
    webhookSecret: randomBytes(8).toString('hex'),
    appId: APP_ID,
    publicKeyOrPrivateKeyPem: KEY,
    rateLimit,
  });
  const { url, sandbox: engine } = sandbox;
  const env = { APP_ID: String(APP_ID), GHE_HOST: url.replace('http://', ''), GHE_PROTOCOL: 'http', ...more };
  const app = await startMeasured('../src/main.ts', '/readyz', env);
  const registered = engine.world.apps.get(APP_ID);
  if (registered) registered.webhook = { url: `${app.origin}/api/github/webhooks`, secret: SECRET };
  const depth = async () => {
    await fetch(`${url}/_sandbox/idle`);
    const text = await (await fetch(`${app.origin}/metrics`)).text();
    return Number(/^playcaller_queue_depth (\d+)/m.exec(text)?.[1]);
  };
  const { alice, bob } = meetPeople(url, APP_ID, KEY);
  return {
    alice,
    bob,
    engine,
    url,
    async seen(coming) {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => late.reject(new Error(`it did not come within ${PATIENCE_MS} ms`)), PATIENCE_MS);
      return Promise.race([coming, late.promise]).finally(() => clearTimeout(timer));
    },
    async settled() {
      // Twice: what was handled may have made events of its own.
      const { held } = await until(
        async () => (await depth()) + (await depth()),
        (waiting) => waiting === 0,
        PATIENCE_MS,
      );
      if (!held) throw new Error('the app still has work');
    },
    async close() {
      await app.stop();
      await sandbox.close();
    },
  };
}

/** Real parts for apply and gather: the sandbox in this process, a store on disk, the app's own client between them. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Octokit } from 'octokit';
import { pino } from 'pino';
import type { Writing } from '../../src/apply/writing.ts';
import { createGitHub } from '../../src/github/create-github.ts';
import type { GitHubClient } from '../../src/github/types.ts';
import { handle } from '../../src/handle.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { AppManifest } from '../../src/sandbox/state/start.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import type { Lease } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';
import { temporaryStore } from '../intake/deliver.ts';
import { addressed, delivery, leaseOf } from '../store/samples.ts';

export { SHOP };
export const REPO = 'acme/shop';
export const APP_ID = 4711;

export interface Stage {
  alice: Octokit;
  bob: Octokit;
  store: Store;
  client: GitHubClient;
  /** The app's installation on acme. */
  installationId: number;
  repoId: string;
  /** The sandbox's address. */
  url: string;
  /** What the app needs in its environment to work on the same store and sandbox. */
  env: Record<string, string>;
  /** Node id of a new issue, its number after it. */
  issue(title?: string): Promise<{ id: string; number: number }>;
  lease(number: number): Promise<Lease>;
  writing(number: number): Promise<Writing>;
  /** What the app has asked of GitHub since the last time: operations, or method and path. */
  calls(): Promise<string[]>;
  /** The app handles it, as its worker would have it do. */
  handle(trigger: Trigger): Promise<void>;
  fault(fault: Record<string, unknown>): Promise<void>;
  mended(): Promise<void>;
  close(): Promise<void>;
}

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** @param appManifest what the app may do, when that is not all that it asks for */
export async function setStage(appManifest?: AppManifest): Promise<Stage> {
  const sandbox = await startSandbox({
    port: 0,
    webhookUrl: null,
    webhookSecret: randomBytes(8).toString('hex'),
    appId: APP_ID,
    publicKeyOrPrivateKeyPem: publicKey,
    appManifest,
  });
  const { url } = sandbox;
  const temporary = await temporaryStore();
  const { store } = temporary;
  const log = pino({ level: 'silent' });
  const github = createGitHub({ appId: APP_ID, privateKey, apiUrl: `${url}/api/v3`, writesPerMinute: null }, log);
  const person = (login: string) =>
    new Octokit({
      auth: `sandbox-${login}`,
      baseUrl: `${url}/api/v3`,
      throttle: { enabled: false },
      retry: { enabled: false },
    });
  const [installation] = [...sandbox.sandbox.world.installations.values()].filter(({ appId }) => appId === APP_ID);
  const installationId = installation?.id ?? 0;
  const client = await github.forInstallation(installationId);
  const alice = person('alice');
  const { data: repo } = await alice.rest.repos.get(SHOP);
  const control = async (method: string, path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/_sandbox/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    alice,
    bob: person('bob'),
    store,
    client,
    installationId,
    repoId: repo.node_id,
    url,
    env: {
      APP_ID: String(APP_ID),
      PRIVATE_KEY: privateKey,
      GHE_HOST: url.replace('http://', ''),
      GHE_PROTOCOL: 'http',
      DATA_DIR: temporary.dataDir,
    },
    async issue(title = 'An issue') {
      const { data } = await alice.rest.issues.create({ ...SHOP, title });
      return { id: data.node_id, number: data.number };
    },
    lease: (number) => leaseOf(store, number),
    writing: async (number) => ({
      client,
      ledger: store.ledger,
      lease: await leaseOf(store, number),
      repo: REPO,
      now: () => new Date(),
    }),
    async calls() {
      const answer = await control('GET', 'calls?actor=playcaller[bot]');
      const report: { calls: { method: string; path: string; operation: string | null }[] } = JSON.parse(await answer.text());
      await control('DELETE', 'calls');
      return report.calls.map(({ method, path, operation }) => operation ?? `${method} ${path}`);
    },
    async handle(trigger) {
      const number = trigger.kind === 'board' ? null : trigger.number;
      const lease = await (number === null ? boardLease(store) : leaseOf(store, number));
      try {
        await handle(trigger, { github, store, lease, log, appId: APP_ID, now: () => new Date(trigger.now) });
      } finally {
        await store.inbox.complete(lease, Number.MAX_SAFE_INTEGER);
      }
    },
    fault: async (fault) => void (await control('POST', 'faults', fault)),
    mended: async () => void (await control('DELETE', 'faults')),
    async close() {
      await sandbox.close();
      await temporary.remove();
    },
  };
}

async function boardLease(store: Store): Promise<Lease> {
  await store.inbox.receive([delivery([addressed({ to: 'board' }, { kind: 'board', reason: 'command', sender: null })])]);
  const works = await store.inbox.lease(100, 60_000);
  const board = works.find(({ lease }) => lease.lane === `${REPO}@board`);
  if (!board) throw new Error('the board could not be leased');
  return board.lease;
}

/** A repository with many issues and pull requests that wait for their first look, and the signed deliveries about them. */
import { createHmac } from 'node:crypto';
import { startSandbox } from '../src/sandbox/server.ts';
import type { World } from '../src/sandbox/state/world.ts';
import { commitFile } from '../src/sandbox/story/hands.ts';
import { CARD } from '../src/sandbox/story/looks.ts';
import { meetPeople, SHOP } from '../src/sandbox/story/people.ts';
import { serve } from '../test/intake/deliver.ts';
import type { Payload } from './load.ts';
import { KEY, SECRET } from './processes.ts';

export interface ManyKeys {
  /** What an app needs in its environment to reach this GitHub. */
  env: Record<string, string>;
  /** In rounds over all keys, so that two of one key are as far apart as can be. */
  deliveries: Payload[];
  /** Address of the sandbox. */
  url: string;
  /** Issues with a card and commits with a verdict. */
  answered(): number;
  /** From now on this app hears what happens, as the echoes of its own writes. */
  connect(origin: string): void;
  close(): Promise<void>;
}

const APP_ID = 7;
/** Requests an hour; more than GitHub's, as a bench is no hour long. */
const NO_LIMIT = 100_000_000;
const AT_ONCE = 8;
/** Each of these has something to look at, and all of a key's that wait are one look. */
const PULL_ACTIONS = ['opened', 'edited', 'synchronize', 'labeled', 'ready_for_review', 'reopened'];
const ISSUE_ACTIONS = ['opened', 'labeled', 'edited', 'reopened', 'unlabeled'];

/**
 * Half of the keys are issues with a session's label, half are pull requests to be gated: every one gets a card or a
 * verdict at its first look. The payloads are the sandbox's own of `opened`, told with other actions as well.
 */
export async function makeManyKeys(keys: number, each: number): Promise<ManyKeys> {
  const opened: Opened[] = [];
  const collector = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const kept = openedOf(String(request.headers['x-github-event']), Buffer.concat(chunks).toString());
      if (kept) opened.push(kept);
      response.writeHead(202).end();
    });
  });
  const sandbox = await startSandbox({
    port: 0,
    webhookUrl: collector.origin,
    webhookSecret: SECRET,
    appId: APP_ID,
    publicKeyOrPrivateKeyPem: KEY,
    rateLimit: NO_LIMIT,
  });
  const { url } = sandbox;
  await openAll(url, keys);
  await fetch(`${url}/_sandbox/idle`);
  await collector.close();
  if (opened.length !== keys) throw new Error(`${opened.length} of ${keys} keys were told of`);
  return {
    env: { APP_ID: String(APP_ID), GHE_HOST: url.replace('http://', ''), GHE_PROTOCOL: 'http' },
    deliveries: Array.from({ length: each }, (_, round) => opened.map((one) => tell(one, round))).flat(),
    url,
    answered: () => countAnswered(sandbox.sandbox.world),
    connect(origin) {
      const app = sandbox.sandbox.world.apps.get(APP_ID);
      if (app?.webhook) Object.assign(app.webhook, { url: `${origin}/api/github/webhooks`, secret: SECRET });
    },
    close: () => sandbox.close(),
  };
}

function countAnswered({ repositories }: World): number {
  const all = [...repositories.values()];
  const cards = all.flatMap(({ comments }) => [...comments.values()].filter(({ body }) => body.startsWith(CARD)));
  const runs = all.flatMap(({ checkRuns }) => [...checkRuns.values()].filter(({ appId }) => appId === APP_ID));
  return new Set(cards.map(({ issueNumber }) => issueNumber)).size + new Set(runs.map(({ headSha }) => headSha)).size;
}

interface Opened {
  event: 'issues' | 'pull_request';
  payload: object;
  /** Made once for each action. */
  told: Map<string, Payload>;
}

function openedOf(event: string, body: string): Opened | null {
  const payload: { action?: string } = JSON.parse(body);
  const kept = payload.action === 'opened' && (event === 'issues' || event === 'pull_request');
  return kept ? { event, payload, told: new Map() } : null;
}

function tell({ event, payload, told }: Opened, round: number): Payload {
  const actions = event === 'issues' ? ISSUE_ACTIONS : PULL_ACTIONS;
  const action = actions[round % actions.length] ?? 'edited';
  const known = told.get(action);
  if (known) return known;
  const body = Buffer.from(JSON.stringify({ ...payload, action }));
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const made = { event, body, signature };
  told.set(action, made);
  return made;
}

async function openAll(url: string, keys: number): Promise<void> {
  const { alice, bob } = meetPeople(url, APP_ID, KEY);
  const config = `version: 1\ncapacity: ${keys}\nreserve: 1\n`;
  await commitFile(alice, 'main', '.github/playcaller.yml', config, 'chore: room for all');
  const main = await bob.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
  const pull = async (index: number) => {
    const head = `topic-${index}`;
    await bob.rest.git.createRef({ ...SHOP, ref: `refs/heads/${head}`, sha: main.data.object.sha });
    await commitFile(bob, head, `docs/${head}.md`, `# ${head}\n`, `docs: ${head}`);
    await bob.rest.pulls.create({ ...SHOP, head, base: 'main', title: `docs: ${head}`, body: '' });
  };
  const issue = (index: number) =>
    alice.rest.issues.create({ ...SHOP, title: `Totals are wrong, part ${index}`, labels: ['session:bug-fix'] });
  let next = 0;
  const hand = async () => {
    for (let index = next++; index < keys; index = next++) await (index % 2 === 0 ? issue(index) : pull(index));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

/** `playcaller replay` on a store that the app uses at the same time: shown, put back, thrown away, fetched (A1, A2). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from 'octokit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWorker } from '../../src/intake/worker.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { NewDelivery } from '../../src/store/inbox-types.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/types.ts';
import { about, addressed, command, delivery } from '../store/samples.ts';
import { databaseUrl, freshSchema } from '../store/worlds.ts';
import { KEYS, replay, replayHere } from './replay-process.ts';

const closing: (() => Promise<unknown>)[] = [];
let store: Store;
let env: Record<string, string>;

async function begin(engine: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-replay-'));
  closing.push(async () => rmSync(dataDir, { recursive: true }));
  env = { DATA_DIR: dataDir };
  if (engine === 'PostgreSQL') {
    const schema = await freshSchema();
    closing.push(schema.end);
    env.DATABASE_URL = schema.url;
  }
  store = await openStore({ dataDir, databaseUrl: env.DATABASE_URL ?? null });
  closing.push(() => store.close());
}
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Parks each with this error. */
async function park(deliveries: NewDelivery[], error = 'it broke'): Promise<void> {
  await store.inbox.receive(deliveries);
  for (const { lease, inputs } of await store.inbox.lease(100, 60_000))
    await store.inbox.park(lease, inputs.at(-1)?.seq ?? 0, error);
}

const seqOf = async (lane: string): Promise<number> => (await store.inbox.parked(1, { lane }))[0]?.seq ?? 0;
const lanesWaiting = async (): Promise<string[]> => (await store.inbox.lease(100, 60_000)).map(({ lease }) => lease.lane).sort();

describe.each(databaseUrl ? ['SQLite', 'PostgreSQL'] : ['SQLite'])('on %s, with the app running', (engine) => {
  beforeEach(() => begin(engine));

  test('lists, puts back by number and by key, throws away, and says what it did', async () => {
    expect(await replayHere(env)).toEqual({ code: 0, out: 'Nothing is parked.\n', err: '' });
    const words = delivery([addressed({ to: 'subject', number: 3 }, command('/session start\u001b[2J\u202e'))]);
    const board = delivery([addressed({ to: 'board' }, { kind: 'board', reason: 'schedule', sender: null })]);
    await park(
      [about(1), about(2), words, board, about(1, 'acme/other')],
      'Cannot read\n\u001b[31mproperties\u0007 of undefined',
    );
    const listed = await replayHere(env);
    expect(listed.code).toBe(0);
    expect(listed.out).toMatch(/^5 inputs are parked, the oldest first:/);
    expect(listed.out).toContain(`#${await seqOf('acme/shop#1')}  acme/shop#1  issues.labeled`);
    expect(listed.out).toContain(`tried once, delivery ${words.guid}`);
    expect(listed.out).toContain('alice wrote: /session start');
    expect(listed.out).toContain('Cannot read [31mproperties of undefined');
    expect(listed.out.replaceAll('\n', '')).not.toMatch(/[\p{Cf}\p{Cc}]/u);

    const [one, two] = [await seqOf('acme/shop#1'), await seqOf('acme/shop#2')];
    const some = await replayHere(env, String(one), `#${two}`, '987654');
    expect(some.code).toBe(1);
    expect(some.out).toContain(`put back #${one}  acme/shop#1`);
    expect(some.err).toBe('playcaller replay: nothing is parked under #987654. Without arguments it lists what is.\n');
    expect(await lanesWaiting()).toEqual(['acme/shop#1', 'acme/shop#2']);

    const dropped = await replayHere(env, '--drop', '--guid', words.guid);
    expect(dropped).toMatchObject({ code: 0, err: '' });
    expect(dropped.out).toMatch(/^thrown away: #\d+ {2}acme\/shop#3 .*\n.*"\/session start/);
    expect((await replayHere(env, '--key', 'acme/shop@board')).out).toMatch(/^put back #\d+ {2}acme\/shop@board/);
    const other = await replayHere(env, '--key', 'acme/other', '--json');
    expect(JSON.parse(other.out)).toMatchObject({ replayed: [{ lane: 'acme/other#1', tried: 1 }], missing: [] });
    expect(await lanesWaiting()).toEqual(['acme/other#1', 'acme/shop@board']);
    expect(JSON.parse((await replayHere(env, '--json')).out)).toEqual({ parked: [] });
  });

  test('--all while webhooks come in and a worker handles: each comes back once', async () => {
    const count = 700;
    await park(Array.from({ length: count }, (_, index) => about(1 + (index % 50))));
    const handled = new Map<string, number>();
    const worker = startWorker({
      inbox: store.inbox,
      log: pino({ level: 'silent' }),
      now: () => new Date(),
      tallied: (_, work) => work(),
      sortError: () => ({ kind: 'failed' }),
      pollMs: 50,
      async handle(trigger) {
        for (const change of trigger.kind === 'subject' ? trigger.changes : [])
          handled.set(change.event, (handled.get(change.event) ?? 0) + 1);
      },
    });
    let coming = true;
    const webhooks = (async () => {
      let sent = 0;
      for (; coming; sent += 1) {
        const input = { kind: 'change' as const, event: 'issues.edited', sender: null, labels: [], isPull: false };
        await store.inbox.receive([delivery([addressed({ to: 'subject', number: 1 + (sent % 50) }, input)])]);
      }
      return sent;
    })();
    try {
      const ran = await replay(env, '--all');
      coming = false;
      const sent = await webhooks;
      expect(ran).toMatchObject({ code: 0, err: '' });
      expect(ran.out.match(/^put back /gm)).toHaveLength(count);
      while ((await store.inbox.figures()).depth > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(Object.fromEntries(handled)).toEqual({ 'issues.labeled': count, 'issues.edited': sent });
      expect(await store.inbox.parked(10)).toEqual([]);
    } finally {
      coming = false;
      await worker.stop(1000);
    }
  });
});

test('wrong use is told with exit code 2, a store that is not there with 1', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-replay-'));
  closing.push(async () => rmSync(dataDir, { recursive: true }));
  env = { DATA_DIR: dataDir };
  const wrong = [['x'], ['0'], ['--all', '3'], ['--drop'], ['--drop', '--missed'], ['--key', 'acme'], ['--sweep']];
  for (const args of wrong) {
    const { code, out, err } = await replayHere(env, ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^playcaller replay: [^\n]+\n$/);
  }
  expect(await replayHere({ ...env, APP_ID: '' }, '--json')).toMatchObject({ code: 2 });
  expect(await replay(env, '--all', '3')).toMatchObject({ code: 2, out: '' });
  expect(await replayHere(env)).toMatchObject({ code: 1, err: expect.stringMatching(/there is no playcaller.db in .*DATA_DIR/) });
});

test('--missed reads the list now, while the app is stopped; a second time there is nothing', async () => {
  await begin('SQLite');
  const sandbox = await startSandbox({
    port: 0,
    // Nobody answers there.
    webhookUrl: 'http://127.0.0.1:9/hook',
    webhookSecret: 'none that anybody checks',
    appId: 4711,
    publicKeyOrPrivateKeyPem: KEYS.publicKey,
  });
  closing.push(() => sandbox.close());
  const at = { ...env, GHE_HOST: new URL(sandbox.url).host, GHE_PROTOCOL: 'http' };
  const alice = new Octokit({ auth: 'sandbox-alice', baseUrl: `${sandbox.url}/api/v3`, throttle: { enabled: false } });
  const { data } = await alice.rest.issues.create({ owner: 'acme', repo: 'shop', title: 'While nobody listened' });
  await alice.rest.issues.createComment({
    owner: 'acme',
    repo: 'shop',
    issue_number: data.number,
    body: '/session start bug-fix',
  });
  await fetch(`${sandbox.url}/_sandbox/idle`);
  const first = await replay(at, '--missed');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/^\d+ attempts looked at, up to .*: \d+ deliveries had not been handed over\.\ntaken in: \d+\n$/);
  const [work] = (await store.inbox.lease(10, 60_000)).filter(({ lease }) => lease.lane === `acme/shop#${data.number}`);
  expect(work?.inputs.map(({ input }) => input.kind)).toContain('command');
  expect((await replayHere(at, '--missed', '--json')).out).toMatch(/"missed": 0/);
  const wrongKey = await replayHere({ ...at, APP_ID: '1' }, '--missed');
  expect(wrongKey.code).toBe(1);
  expect(wrongKey.err).toMatch(/^playcaller replay: [^\n]+\n$/);
});

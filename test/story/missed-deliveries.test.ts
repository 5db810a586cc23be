/** What people do while the app is away is handled when it is back, each thing once, without anyone's redelivery (A2). */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it } from 'vitest';
import { requireFree } from '../../src/cli/free-port.ts';
import { AppProcess } from '../../src/sandbox/story/app-process.ts';
import { deliveries, redeliver, untaken } from '../../src/sandbox/story/deliveries.ts';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { branches, CARD, commentsOf, headOf, labelsOf, marked, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { until } from '../../src/sandbox/story/until.ts';
import { databaseUrl } from '../store/worlds.ts';
import { GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

const WORDS = ['apricot', 'blackberry', 'cherry'];
const PATIENCE_MS = 40_000;

let stage: Stage;
afterEach(() => stage.close());

async function wait(what: string, look: () => Promise<boolean>): Promise<void> {
  const { held, error } = await until(look, Boolean, PATIENCE_MS);
  if (!held) throw new Error(`${what} did not come about (${error ?? 'no error'}); the app's log: ${stage.app.settings.logFile}`);
}

async function idle(): Promise<void> {
  await fetch(`${stage.url}/_sandbox/idle`);
}

async function recovered(): Promise<number> {
  const text = await (await fetch(`${stage.app.settings.url}/metrics`)).text();
  return Number(/^playcaller_deliveries_total\{outcome="recovered"\} (\d+)/m.exec(text)?.[1] ?? 0);
}

/** How often the list of deliveries was asked for. */
async function readings(): Promise<number> {
  const answer = await fetch(`${stage.url}/_sandbox/calls?actor=app:4711`);
  const { calls }: { calls: { method: string; path: string }[] } = JSON.parse(await answer.text());
  return calls.filter(({ path }) => path.startsWith('/api/v3/app/hook/deliveries?')).length;
}

it('the app was down while people worked', { timeout: 120_000 }, async () => {
  stage = await setStage();
  const { alice, app } = stage.people;
  const [running = 0, fresh = 0] = await openIssues(alice, ['Was begun before', 'Begun meanwhile']);
  await label(alice, running, 'session:bug-fix');
  await stage.settled();
  await stage.app.kill();

  await label(alice, fresh, 'session:feature');
  for (const body of WORDS.map((word) => `/session log ${word}`))
    await alice.rest.issues.createComment({ ...SHOP, issue_number: running, body });
  const [branch = ''] = Object.keys(await branches(alice, 'session/'));
  const number = await openPull(alice, {
    branch,
    path: 'src/total.js',
    content: 'export const total = 1;\n',
    title: 'fix: count each item once',
    body: GOOD_BODY(running),
  });
  await idle();
  expect((await untaken(app)).length).toBeGreaterThan(4);

  await stage.app.start();
  await wait('the label', async () => (await labelsOf(alice, fresh)).includes('state:active'));
  await wait('the verdict', async () => (await readiness(alice, await headOf(alice, number)))?.status === 'completed');
  await stage.settled();
  const card = (await marked(alice, running, CARD))[0]?.body ?? '';
  const at = WORDS.map((word) => card.indexOf(word));
  expect(at.every((place) => place > 0)).toBe(true);
  expect(at).toEqual([...at].sort((a, b) => a - b));
  expect(await recovered()).toBeGreaterThan(4);
  expect((await deliveries(app)).some(({ redelivery }) => redelivery)).toBe(false);

  // What GitHub sends again after all is known already.
  const before = await Promise.all([running, fresh, number].map((each) => commentsOf(alice, each)));
  await redeliver(app, await untaken(app));
  await stage.settled();
  expect(await Promise.all([running, fresh, number].map((each) => commentsOf(alice, each)))).toEqual(before);
  expect(before.flat().filter(({ body }) => body.startsWith(CARD))).toHaveLength(2);
  expect(await stage.app.parked()).toBe(0);
});

it('the store was away: what was answered 503 is fetched as soon as it is back', { timeout: 120_000 }, async () => {
  stage = await setStage(null);
  const { alice, app } = stage.people;
  const [number = 0] = await openIssues(alice, ['While the store was away']);
  await alice.rest.issues.createLabel({ ...SHOP, name: 'session:bug-fix' }).catch(() => undefined);
  await stage.settled();
  const file = new DatabaseSync(join(stage.app.settings.env.DATA_DIR ?? '', 'playcaller.db'));
  file.exec('begin immediate');
  await label(alice, number, 'session:bug-fix');
  await idle();
  const refused = (await deliveries(app)).filter(({ code }) => code === 503);
  expect(refused.map(({ event }) => event)).toContain('issues');
  file.exec('rollback');
  file.close();
  await wait('the label', async () => (await labelsOf(alice, number)).includes('state:active'));
  await stage.settled();
  expect(await marked(alice, number, CARD)).toHaveLength(1);
  expect((await deliveries(app)).some(({ redelivery }) => redelivery)).toBe(false);
});

it.each(databaseUrl ? ['PostgreSQL'] : [])(
  '%s: two replicas start at once, each delivery is taken in by one of them',
  { timeout: 120_000 },
  async () => {
    stage = await setStage(databaseUrl);
    const { alice } = stage.people;
    const numbers = await openIssues(alice, ['One', 'Two', 'Three']);
    await stage.settled();
    await stage.app.kill();
    for (const number of numbers) await label(alice, number, 'session:bug-fix');
    await idle();
    await stage.forget();
    const { env, main, logFile } = stage.app.settings;
    const port = await requireFree(0, '');
    const other = new AppProcess({
      main,
      logFile: `${logFile}.2`,
      url: `http://127.0.0.1:${port}`,
      env: { ...env, PORT: String(port) },
    });
    try {
      await Promise.all([stage.app.start(), other.start()]);
      for (const number of numbers) await wait('the label', async () => (await labelsOf(alice, number)).includes('state:active'));
      await stage.settled();
      for (const number of numbers) expect(await marked(alice, number, CARD)).toHaveLength(1);
      // Whoever is ready only after the other has begun to read reads once more for itself.
      expect(await readings()).toBeLessThanOrEqual(2);
    } finally {
      await other.stop();
    }
  },
);

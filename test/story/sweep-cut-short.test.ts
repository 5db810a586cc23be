/** A sweep of the real app over three pages of sessions, killed between two of them, and refused for a while. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { deliveries, type SentDelivery } from '../../src/sandbox/story/deliveries.ts';
import { openIssues } from '../../src/sandbox/story/hands.ts';
import { commentsOf, numbersWith } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { until } from '../../src/sandbox/story/until.ts';
import { commit, type Stage, setStage } from './stage.ts';

const SESSIONS = 120;
/** Of the two pages after the first, the second is hit: the generator's first number is above one half, its second below. */
const THIRD_PAGE = { match: '#BoardPage$', errorRate: 0.5, seed: 1, times: 1 };

const SWEEP = '<!-- playcaller:sweep ';
const PARTIAL = /Reading was cut short: 20 open sessions are missing/;
const EDIT = z.object({ action: z.string(), comment: z.object({ body: z.string() }) });

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  const { alice } = stage.people;
  await commit(alice, 'main', '.github/playcaller.yml', 'version: 1\ncapacity: 200\nreserve: 1\n');
  await stage.settled();
  const numbers = await openIssues(
    alice,
    Array.from({ length: SESSIONS }, (_, at) => `Piece of work number ${at}`),
  );
  for (const issue_number of numbers) await alice.rest.issues.addLabels({ ...SHOP, issue_number, labels: ['session:bug-fix'] });
  await stage.settled();
  await command(numbers[0] ?? 0);
  await stage.settled();
}, 120_000);
afterEach(() => stage.mended());
afterAll(() => stage.close());

const command = (issue_number: number) =>
  stage.people.alice.rest.issues.createComment({ ...SHOP, issue_number, body: '/session sweep' });

async function tracker(): Promise<number> {
  const [number = 0, ...more] = await numbersWith(stage.people.alice, 'playcaller');
  expect(more).toEqual([]);
  return number;
}

async function sweeps(): Promise<string[]> {
  const said = await commentsOf(stage.people.alice, await tracker());
  return said.map(({ body }) => body).filter((body) => body.startsWith(SWEEP));
}

/** What the sweep's comment said since, oldest first: GitHub tells of each edit, so a version that stood for a moment is here. */
async function versions(before: readonly SentDelivery[]): Promise<string[]> {
  const { app } = stage.people;
  const known = new Set(before.map(({ id }) => id));
  const sent = (await deliveries(app)).filter(({ id, event }) => event === 'issue_comment' && !known.has(id)).toReversed();
  const said: string[] = [];
  for (const { id } of sent) {
    const { data } = await app.rest.apps.getWebhookDelivery({ delivery_id: id });
    const { action, comment } = EDIT.parse(data.request.payload);
    if (action === 'edited' && comment.body.startsWith(SWEEP)) said.push(comment.body);
  }
  return said;
}

const pages = async () => (await stage.calls()).filter(({ what }) => /^Board/.test(what)).map(({ what }) => what);

it('killed while it reads the third page: after the start it reads that one alone, and publishes once', async () => {
  const before = await sweeps();
  expect(before).toHaveLength(1);
  await stage.forget();
  await stage.faults({ match: '#BoardPage$', latencyMs: 2500 });
  await command(await tracker());
  const { held } = await until(pages, (seen) => seen.length === 2, 20_000);
  expect(held).toBe(true);
  // The second page is there; the third is on its way.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await stage.app.kill();
  await stage.mended();
  await stage.forget();
  await stage.app.start();
  await stage.settled();
  // What was on its way ends after its caller.
  const seen = await pages();
  expect(seen.slice(seen.indexOf('Board'))).toEqual(['Board', 'BoardPage']);
  expect(await sweeps()).toEqual(before);
}, 60_000);

it('refused for some seconds: published in part, whole when they are over', async () => {
  const [whole] = await sweeps();
  const before = await deliveries(stage.people.app);
  await stage.faults({ ...THIRD_PAGE, secondaryLimit: 2 });
  await stage.forget();
  await command(await tracker());
  await stage.settled();
  expect(await sweeps()).toEqual([whole]);
  const published = await versions(before);
  expect(published).toHaveLength(2);
  expect(published[0]).toMatch(PARTIAL);
  expect(published[1]).toBe(whole);
  expect(await pages()).toEqual(['Board', 'BoardPage', 'BoardPage', 'Board', 'BoardPage']);
  expect(await stage.app.parked()).toBe(0);
}, 60_000);

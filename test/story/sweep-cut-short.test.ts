/** A sweep of the real app over three pages of sessions, killed between two of them, and refused for a while. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openIssues } from '../../src/sandbox/story/hands.ts';
import { commentsOf, numbersWith } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { until } from '../../src/sandbox/story/until.ts';
import { commit, type Stage, setStage } from './stage.ts';

const SESSIONS = 120;
/** Of the two pages after the first, the second is hit: the generator's first number is above one half, its second below. */
const THIRD_PAGE = { match: '#BoardPage$', errorRate: 0.5, seed: 1, times: 1 };

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
  return said.map(({ body }) => body).filter((body) => body.startsWith('<!-- playcaller:sweep '));
}

const pages = async () => (await stage.calls()).filter(({ what }) => /^Board/.test(what)).map(({ what }) => what);

it('killed while it reads the third page: after the start it reads that one alone, and publishes once', async () => {
  const before = await sweeps();
  expect(before).toHaveLength(1);
  await stage.forget();
  await stage.faults({ match: '#BoardPage$', latencyMs: 1500 });
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
  await stage.faults({ ...THIRD_PAGE, secondaryLimit: 2 });
  await stage.forget();
  await command(await tracker());
  const { last, held } = await until(sweeps, ([body]) => body !== whole, 20_000);
  expect(held).toBe(true);
  expect(last).toHaveLength(1);
  await stage.settled();
  expect(await sweeps()).toEqual([whole]);
  expect(await pages()).toEqual(['Board', 'BoardPage', 'BoardPage', 'Board', 'BoardPage']);
  expect(await stage.app.parked()).toBe(0);
}, 60_000);

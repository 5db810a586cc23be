/** The sandbox's clock: everything it dates goes by it, forward and back; tokens and budgets stay on real time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, commitFile, payloadFaults, shop, startBench } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

async function clock(body?: unknown): Promise<{ now: string; held: boolean }> {
  const answer = await bench.control(body ? 'POST' : 'GET', '/clock', body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { now: string; held: boolean };
}

test('what happens is dated by it: issues, comments, events, commits, checks, statuses, reviews, merges, deliveries', async () => {
  expect(await clock({ now: '2031-05-06T07:00:00Z', held: true })).toEqual({ now: '2031-05-06T07:00:00.000Z', held: true });
  const [alice, bob, ci] = [bench.as('alice'), bench.as('bob'), bench.as('ci')];
  const issue = await alice.rest.issues.create({ ...shop, title: 'Later' });
  expect(issue.data).toMatchObject({ created_at: '2031-05-06T07:00:00Z', updated_at: '2031-05-06T07:00:00Z' });

  expect((await clock({ days: 2, hours: 1, minutes: 30, seconds: 5 })).now).toBe('2031-05-08T08:30:05.000Z');
  const at = '2031-05-08T08:30:05Z';
  const comment = await bob.rest.issues.createComment({ ...shop, issue_number: 1, body: 'Now.' });
  expect(comment.data.created_at).toBe(at);
  await alice.rest.issues.addLabels({ ...shop, issue_number: 1, labels: ['incident'] });
  const events = await alice.rest.issues.listEvents({ ...shop, issue_number: 1 });
  expect(events.data.at(-1)).toMatchObject({ event: 'labeled', created_at: at });
  expect((await alice.rest.issues.get({ ...shop, issue_number: 1 })).data).toMatchObject({
    created_at: '2031-05-06T07:00:00Z',
    updated_at: at,
  });

  const sha = await commitFile(bob, 'later', 'later.txt', 'later\n');
  const commit = await bob.rest.git.getCommit({ ...shop, commit_sha: sha });
  expect(commit.data).toMatchObject({ author: { date: at }, committer: { date: at } });
  const run = await ci.rest.checks.create({ ...shop, name: 'test', head_sha: sha, status: 'completed', conclusion: 'success' });
  expect(run.data).toMatchObject({ started_at: at, completed_at: at });
  const status = await ci.rest.repos.createCommitStatus({ ...shop, sha, state: 'success' });
  expect(status.data.created_at).toBe(at);

  const pull = await bob.rest.pulls.create({ ...shop, head: 'later', base: 'main', title: 'feat: later' });
  await clock({ hours: 3 });
  const later = '2031-05-08T11:30:05Z';
  const review = await alice.rest.pulls.createReview({ ...shop, pull_number: pull.data.number, event: 'APPROVE' });
  expect(review.data.submitted_at).toBe(later);
  await alice.rest.pulls.merge({ ...shop, pull_number: pull.data.number, merge_method: 'squash' });
  expect((await alice.rest.pulls.get({ ...shop, pull_number: pull.data.number })).data.merged_at).toBe(later);
  await bench.heard();
  const deliveries = await bench.app.rest.apps.listWebhookDeliveries({ per_page: 1 });
  expect(deliveries.data[0]?.delivered_at).toBe(later);
});

test('`since` and new tokens agree with it, each in its own time', async () => {
  const since = await bench.as('alice').rest.issues.listComments({ ...shop, issue_number: 1, since: '2031-05-08T00:00:00Z' });
  expect(since.data).toHaveLength(1);
  const token = await bench.app.rest.apps.createInstallationAccessToken({ installation_id: 3001 });
  const leftMs = Date.parse(token.data.expires_at) - Date.now();
  expect(leftMs).toBeGreaterThan(55 * 60_000);
  expect(leftMs).toBeLessThan(65 * 60_000);
  const rate = await bench.as('alice').rest.rateLimit.get();
  expect(rate.data.rate.reset * 1000 - Date.now()).toBeLessThan(61 * 60_000);
});

test('held it stands; let go it runs on from there; it goes back too', async () => {
  const before = await clock();
  expect(await clock()).toEqual(before);
  expect(await clock({ days: -3 })).toEqual({ now: '2031-05-05T11:30:05.000Z', held: true });
  const old = await bench.as('alice').rest.issues.create({ ...shop, title: 'Earlier' });
  expect(old.data.created_at).toBe('2031-05-05T11:30:05Z');
  const going = await clock({ held: false });
  expect(Date.parse(going.now) - Date.parse('2031-05-05T11:30:05Z')).toBeLessThan(60_000);
  const moved = await clock({ now: '2026-02-03T04:05:06+01:00', hours: 1 });
  expect(Date.parse(moved.now) - Date.parse('2026-02-03T04:05:06Z')).toBeLessThan(60_000);
  expect(moved.held).toBe(false);
});

test('nonsense is refused, and changes nothing', async () => {
  const before = await clock({ held: true });
  for (const body of [{ now: 'tomorrow' }, { days: '1' }, { weeks: 1 }, { days: 1e9 }, { days: -1e5 }, { held: 1, days: 1 }]) {
    expect((await bench.control('POST', '/clock', body)).status, JSON.stringify(body)).toBe(400);
  }
  expect(await clock()).toEqual(before);
  expect(bench.faults).toEqual([]);
  expect(payloadFaults(bench.received)).toEqual([]);
});

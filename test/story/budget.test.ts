/** What one event costs in API calls (A5): counted by the sandbox, the same on every machine. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { label, openIssues, tickNext } from '../../src/sandbox/story/hands.ts';
import { headOf, marked, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
let issue = 0;
let pull = 0;

beforeAll(async () => {
  stage = await setStage();
  const { alice } = stage.people;
  const [first = 0, second = 0] = await openIssues(alice, ['The first one makes the labels', 'The one that is counted']);
  await label(alice, first, 'session:bug-fix');
  await stage.settled();
  issue = second;
});
afterAll(() => stage.close());

async function cost(act: () => Promise<unknown>): Promise<string[]> {
  await stage.settled();
  await stage.forget();
  await act();
  await stage.settled();
  return (await stage.calls()).map(({ what }) => what);
}

it('a start label: one query, one mutation', async () => {
  const calls = await cost(() => label(stage.people.alice, issue, 'session:bug-fix'));
  expect(calls).toEqual(['Subject', 'Apply']);
});

it('a tick: one query, one mutation', async () => {
  const [playbook] = await marked(stage.people.alice, issue, PLAYBOOK);
  const calls = await cost(() => tickNext(stage.people.alice, playbook?.id ?? 0));
  expect(calls).toEqual(['Subject', 'Apply']);
});

it('a push to a gated pull request: at most three', async () => {
  const { alice } = stage.people;
  const body = GOOD_BODY(issue);
  pull = await openPull(alice, { branch: 'counted', path: 'docs/a.md', content: '1', title: 'fix: count', body });
  const calls = await cost(() => commit(alice, 'counted', 'docs/a.md', '2'));
  expect(calls).toHaveLength(3);
  expect(calls).toContain('Subject');
  expect(calls).toContain('Apply');
});

it.each([
  ['the title edited', () => stage.people.alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'stuff' })],
  ['the title mended', () => stage.people.alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'fix: count once' })],
  ['the issue edited', () => stage.people.alice.rest.issues.update({ ...SHOP, issue_number: issue, title: 'A better title' })],
])('%s: at most two', async (_name, act) => {
  expect((await cost(act)).length).toBeLessThanOrEqual(2);
});

it('CI reports, which is two events, created and completed: at most four', async () => {
  const { alice, ci } = stage.people;
  const sha = await headOf(alice, pull);
  const run = { ...SHOP, name: 'test', head_sha: sha, status: 'completed', conclusion: 'failure' } as const;
  expect((await cost(() => ci.rest.checks.create(run))).length).toBeLessThanOrEqual(4);
});

it('ten pushes in a burst: at most two evaluations', async () => {
  const { alice } = stage.people;
  const calls = await cost(async () => {
    for (let at = 0; at < 10; at++) await commit(alice, 'counted', 'docs/a.md', `burst ${at}`);
  });
  expect(calls.filter((what) => what === 'Subject').length).toBeLessThanOrEqual(2);
  expect(calls.length).toBeLessThanOrEqual(6);
});

it('what does not concern us: nothing', async () => {
  const { alice, bob } = stage.people;
  const [other = 0] = await openIssues(alice, ['Not for us']);
  const calls = await cost(async () => {
    await bob.rest.issues.createComment({ ...SHOP, issue_number: issue, body: 'Looks good to me' });
    await bob.rest.issues.createComment({ ...SHOP, issue_number: other, body: 'A talk about /session sweep' });
    await alice.rest.issues.update({ ...SHOP, issue_number: other, title: 'Still not for us' });
    await label(alice, other, 'bug', 'help wanted');
    await alice.rest.issues.update({ ...SHOP, issue_number: other, state: 'closed' });
    await alice.rest.issues.createLabel({ ...SHOP, name: 'colour' });
    await alice.rest.issues.createMilestone({ ...SHOP, title: 'v1' });
    await commit(alice, 'main', 'src/unrelated.ts', 'export {}');
  });
  expect(calls).toEqual([]);
});

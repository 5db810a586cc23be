/** What one event costs in API calls (A5): counted by the sandbox, the same on every machine. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues, tickNext } from '../../src/sandbox/story/hands.ts';
import { headOf, marked, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
let issue = 0;
let pull = 0;
let twin = 0;

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

describe('what else happens to a pull request', () => {
  const rest = () => stage.people.alice.rest;
  const at = () => ({ ...SHOP, pull_number: pull });
  const review = (event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT') =>
    stage.people.bob.rest.pulls.createReview({ ...at(), event, body: 'seen' });
  const queue = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${stage.url}/_sandbox/repos/acme/shop/merge-queue${path}`, {
      method,
      headers: { authorization: 'Bearer sandbox-alice', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  let group: { id: number } = { id: 0 };

  it.each<[string, number, () => Promise<unknown>]>([
    ['an approval', 2, () => review('APPROVE')],
    ['a request for changes', 2, () => review('REQUEST_CHANGES')],
    ['words in a review', 0, () => review('COMMENT')],
    ['a comment', 0, () => rest().issues.createComment({ ...SHOP, issue_number: pull, body: 'fine' })],
    ['a label of others', 2, () => label(stage.people.alice, pull, 'size/XL')],
    ['someone assigned', 0, () => rest().issues.addAssignees({ ...SHOP, issue_number: pull, assignees: ['bob'] })],
    ['the body edited', 2, () => rest().pulls.update({ ...at(), body: `${GOOD_BODY(issue)}\n\nMore.` })],
    [
      'queued to be merged',
      2,
      async () => {
        group = JSON.parse(await (await queue('POST', '', { pull_number: pull })).text());
      },
    ],
    ['out of the queue', 2, () => queue('DELETE', `/${group.id}?reason=dequeued`)],
    ['a push of a manifest to main: one looks for all', 1, () => commit(stage.people.alice, 'main', 'package.json', '{}')],
    [
      'a push of a lockfile that was there',
      0,
      async () => {
        await commit(stage.people.alice, 'main', 'yarn.lock', '1');
        await stage.settled();
        await stage.forget();
        await commit(stage.people.alice, 'main', 'yarn.lock', '2');
      },
    ],
  ])('%s: at most %i', async (_name, most, act) => {
    expect((await cost(act)).length).toBeLessThanOrEqual(most);
  });

  it('another one on the same commit: each looks at most twice, and writes only what changed', async () => {
    const { alice } = stage.people;
    const sha = await headOf(alice, pull);
    await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/twin', sha });
    await cost(async () => {
      const made = { ...SHOP, head: 'twin', base: 'main', title: 'fix: twin', body: 'x' };
      twin = (await alice.rest.pulls.create(made)).data.number;
    });
    const calls = await cost(() => alice.rest.pulls.update({ ...at(), title: 'fix: one of two' }));
    expect(calls.filter((what) => what === 'Subject').length).toBeLessThanOrEqual(2);
    expect(calls.filter((what) => what === 'Apply')).toHaveLength(1);
  });
});

it('no look at a pull request cost more than three calls', () => {
  const lines = readFileSync(stage.app.settings.logFile, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"handled"'));
  const looks = lines
    .map((line): { calls: number; key: string } => JSON.parse(line))
    .filter(({ key }) => key === `acme/shop#${pull}` || key === `acme/shop#${twin}`);
  expect(looks.length).toBeGreaterThan(10);
  expect(looks.filter(({ calls }) => calls > 3)).toEqual([]);
});

/** Whatever GitHub answers, the final state is right and nothing is there twice (A3, A5). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { branches, commentsOf, labelsOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

async function startsWell(title: string): Promise<void> {
  const { alice } = stage.people;
  const [number = 0] = await openIssues(alice, [title]);
  await label(alice, number, 'session:bug-fix');
  await stage.settled();
  expect(await labelsOf(alice, number)).toEqual(['session:bug-fix', 'state:active']);
  const markers = (await commentsOf(alice, number)).map(({ body }) => body.split('\n')[0]);
  expect(markers.sort()).toEqual(['<!-- playcaller:card -->', '<!-- playcaller:playbook -->']);
  expect(
    Object.keys(await branches(alice, 'session/')).filter((name) => name.endsWith(title.toLowerCase().replaceAll(' ', '-'))),
  ).toHaveLength(1);
}

const ours = { actor: 'playcaller[bot]' };

it.each([
  ['500', { status: 500, errorRate: 1, times: 2 }],
  ['502', { status: 502, errorRate: 1, times: 1 }],
  ['an answer lost after the write', { dropAfterWrite: true, times: 1 }],
  ['a secondary limit', { secondaryLimit: 1, times: 1 }],
  ['slow answers', { latencyMs: 700, times: 3 }],
])('GitHub answers with %s', { timeout: 60_000 }, async (name, fault) => {
  await stage.faults({ ...ours, ...fault });
  await startsWell(`Fault ${name}`);
  await stage.mended();
  expect(await stage.app.parked()).toBe(0);
});

it('a third of all calls fails', { timeout: 120_000 }, async () => {
  await stage.faults({ ...ours, errorRate: 0.3, status: 502, seed: 7 });
  await startsWell('Rough sea');
  await stage.mended();
});

it('a repository without issues: sweeps and comments break nothing', async () => {
  const { alice } = stage.people;
  await alice.rest.repos.createInOrg({ org: 'acme', name: 'bare', has_issues: false, auto_init: true });
  await stage.settled();
  const repo = { owner: 'acme', repo: 'bare' };
  const main = await alice.rest.git.getRef({ ...repo, ref: 'heads/main' });
  await alice.rest.git.createRef({ ...repo, ref: 'refs/heads/x', sha: main.data.object.sha });
  await alice.rest.repos.createOrUpdateFileContents({
    ...repo,
    path: 'x.md',
    branch: 'x',
    message: 'docs: x',
    content: Buffer.from('x').toString('base64'),
  });
  const { data } = await alice.rest.pulls.create({ ...repo, head: 'x', base: 'main', title: 'docs: x' });
  await alice.rest.issues.createComment({ ...repo, issue_number: data.number, body: '/session sweep' });
  await stage.settled();
  expect(await stage.app.parked()).toBe(0);
});

it('an issue that is deleted or transferred in mid-session frees its slot', async () => {
  const { alice } = stage.people;
  const [number = 0] = await openIssues(alice, ['Soon gone']);
  await label(alice, number, 'session:bug-fix');
  await stage.settled();
  const { data } = await alice.rest.issues.get({ ...SHOP, issue_number: number });
  await alice.graphql('mutation($id: ID!) { deleteIssue(input: {issueId: $id}) { clientMutationId } }', { id: data.node_id });
  await stage.settled();
  expect(await stage.app.parked()).toBe(0);
});

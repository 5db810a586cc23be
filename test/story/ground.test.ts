/** What verdicts stand on moves under open pull requests: all that it concerns are judged anew, and nobody else (G5). */
import type { Octokit } from 'octokit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GATE_ITEMS } from '../../src/config/gate-options.ts';
import { headOf, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, type Stage, setStage } from './stage.ts';

let stage: Stage;
let alice: Octokit;
beforeAll(async () => {
  stage = await setStage();
  alice = stage.people.alice;
});
afterAll(() => stage.close());

const rule = async (...items: string[]) => {
  const lines = GATE_ITEMS.map((id) => `    ${id}: ${items.includes(id) ? 'required' : 'off'}\n`);
  await commit(alice, 'main', '.github/playcaller.yml', `version: 1\ngate:\n  items:\n${lines.join('')}`);
  await stage.settled();
};
const branchOff = async (name: string, from = 'main') => {
  const { data } = await alice.rest.git.getRef({ ...SHOP, ref: `heads/${from}` });
  await alice.rest.git.createRef({ ...SHOP, ref: `refs/heads/${name}`, sha: data.object.sha });
};
const open = async (head: string, path: string, base = 'main'): Promise<number> => {
  await branchOff(head, base);
  await commit(alice, head, path, `${head}\n`);
  const { data } = await alice.rest.pulls.create({ ...SHOP, head, base, title: 'docs: words', body: 'x' });
  await stage.settled();
  return data.number;
};
const verdict = async (pull: number) => {
  const run = await readiness(alice, await headOf(alice, pull));
  return run?.conclusion ?? run?.status;
};
/** The app's calls for what was pushed. */
const pushed = async (path: string, content: string, branch = 'main') => {
  await stage.forget();
  await commit(alice, branch, path, content);
  await stage.settled();
  return (await stage.calls()).map(({ what }) => what).sort();
};

it('commitlint’s rules: one looks, and the others follow where they moved', async () => {
  await rule('title');
  const pulls = [await open('one', 'docs/1.md'), await open('two', 'docs/2.md'), await open('three', 'docs/3.md')];
  for (const pull of pulls) expect(await verdict(pull)).toBe('success');

  expect(await pushed('package.json', '{"name": "shop"}')).toEqual(['Subject']);
  const wanted = '{"rules": {"type-enum": [2, "always", ["feat"]]}}';
  expect(await pushed('package.json', `{"name": "shop", "commitlint": ${wanted}}`)).toHaveLength(6);
  for (const pull of pulls) expect(await verdict(pull)).toBe('failure');
  expect(await pushed('package.json', `{"name": "harbour", "commitlint": ${wanted}}`)).toEqual(['Subject']);

  expect(await pushed('package.json', '{"name": "shop"}')).toHaveLength(6);
  for (const pull of pulls) expect(await verdict(pull)).toBe('success');
  await pushed('.commitlintrc.json', wanted);
  for (const pull of pulls) expect(await verdict(pull)).toBe('failure');
  await pushed('.commitlintrc.json', '{"rules": {}}');
  for (const pull of pulls) expect(await verdict(pull)).toBe('success');
});

it('lockfiles: only that they come or go, and only at the root', async () => {
  expect(await pushed('package-lock.json', '{}')).toContain('Subject');
  expect(await pushed('package-lock.json', '{"lockfileVersion": 3}')).toEqual([]);
  expect(await pushed('tools/yarn.lock', '')).toEqual([]);
  expect(await pushed('src/package.json', '{"commitlint": {}}')).toEqual([]);
});

it('CODEOWNERS of a base: the pull requests to that branch, and no others', async () => {
  await rule('security');
  await branchOff('release/1');
  const [here, there] = [await open('four', 'SECURITY.md'), await open('five', 'SECURITY.md', 'release/1')];
  for (const pull of [here, there]) {
    await stage.people.bob.rest.pulls.createReview({ ...SHOP, pull_number: pull, event: 'APPROVE' });
    await stage.settled();
    expect(await verdict(pull)).toBe('success');
  }
  expect(await pushed('.github/CODEOWNERS', '* @carol\n', 'release/1')).toEqual(['Apply', 'Subject']);
  expect(await verdict(there)).toBe('in_progress');
  expect(await verdict(here)).toBe('success');
  // Five pull requests to main are open: one looks, four follow.
  const calls = await pushed('docs/CODEOWNERS', '* @carol\n');
  expect(calls.filter((what) => what === 'Subject')).toHaveLength(4);
  expect(await verdict(here)).toBe('in_progress');
  // Nobody wants to merge into this branch.
  await branchOff('six');
  expect(await pushed('CODEOWNERS', '* @dave\n', 'six')).toEqual([]);
});

it('what brings no event, such as the squash setting: whoever looks next has the others look too', async () => {
  await rule('title');
  await branchOff('seven');
  await alice.rest.repos.createOrUpdateFileContents({
    ...SHOP,
    path: 'docs/7.md',
    branch: 'seven',
    message: 'fixup! stuff',
    content: Buffer.from('x').toString('base64'),
  });
  const { data } = await alice.rest.pulls.create({ ...SHOP, head: 'seven', base: 'main', title: 'docs: x', body: 'x' });
  const last = await open('eight', 'docs/8.md');
  await alice.rest.repos.update({ ...SHOP, squash_merge_commit_title: 'PR_TITLE' });
  await alice.rest.pulls.update({ ...SHOP, pull_number: last, title: 'docs: told' });
  await stage.settled();
  expect(await verdict(data.number)).toBe('success');
  await alice.rest.repos.update({ ...SHOP, squash_merge_commit_title: 'COMMIT_OR_PR_TITLE' });
  await alice.rest.pulls.update({ ...SHOP, pull_number: last, title: 'docs: told again' });
  await stage.settled();
  expect(await verdict(data.number)).toBe('failure');
});

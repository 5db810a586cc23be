/** A pull request that changes the configuration: checked, tried on the open ones, without effect until it is merged (G4). */
import type { Octokit } from 'octokit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GATE_ITEMS } from '../../src/config/gate-options.ts';
import { headOf, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, openPull, type Stage, setStage } from './stage.ts';

const PATH = '.github/playcaller.yml';
const rules = (level: (id: string) => string) =>
  `version: 1\ngate:\n  items:\n${GATE_ITEMS.map((id) => `    ${id}: ${level(id)}\n`).join('')}`;
const TITLE_ONLY = rules((id) => (id === 'title' ? 'required' : 'off'));
const ALL_OFF = rules(() => 'off');

let stage: Stage;
let alice: Octokit;
/** A pull request with a poor title, and one with a good one. */
let poor = 0;
let good = 0;

beforeAll(async () => {
  stage = await setStage();
  alice = stage.people.alice;
  await commit(alice, 'main', PATH, TITLE_ONLY);
  poor = await openPull(alice, { branch: 'poor', path: 'docs/poor.md', content: 'x', title: 'stuff', body: '' });
  good = await openPull(alice, { branch: 'good', path: 'docs/good.md', content: 'x', title: 'docs: good', body: '' });
  await stage.settled();
});
afterAll(() => stage.close());

const configRuns = async (pull: number) => {
  const ref = await headOf(alice, pull);
  return (await alice.rest.checks.listForRef({ ...SHOP, ref, check_name: 'Playcaller / config' })).data.check_runs;
};
const preview = async (pull: number) => (await configRuns(pull))[0];
const verdict = async (pull: number) => (await readiness(alice, await headOf(alice, pull)))?.conclusion;
const propose = async (branch: string, content: string, title = 'chore: other rules') => {
  const pull = await openPull(alice, { branch, path: PATH, content, title, body: '' });
  await stage.settled();
  return pull;
};
const merge = async (pull: number) => {
  await alice.rest.pulls.merge({ ...SHOP, pull_number: pull, merge_method: 'squash' });
  await stage.settled();
};

it('a pull request that leaves it alone has no such check', async () => {
  expect(await configRuns(poor)).toEqual([]);
});

it('a pull request that switches the gate off stays gated', async () => {
  const pull = await propose('off', ALL_OFF, 'switch it all off');
  expect(await verdict(pull)).toBe('failure');
  expect(await verdict(poor)).toBe('failure');
  const run = await preview(pull);
  expect(run).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(run?.output.summary).toContain(`${poor} stuff`);
  expect(run?.output.summary).toContain('❌ fail → ➖ nothing asked');
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, state: 'closed' });
  await stage.settled();
});

it('a broken file: failure with the line marked; mended, success; each head has one check', async () => {
  const pull = await propose('broken', 'version: 1\ngate:\n  items:\n    titel: off\n');
  const run = await preview(pull);
  expect(run).toMatchObject({ status: 'completed', conclusion: 'failure', output: { title: '1 fault in the configuration' } });
  const { data: marks } = await alice.rest.checks.listAnnotations({ ...SHOP, check_run_id: run?.id ?? 0 });
  expect(marks).toMatchObject([{ path: PATH, start_line: 4, annotation_level: 'failure' }]);
  expect(run?.output.summary).toMatch(/playcaller\.yml:4.*titel/);
  await commit(alice, 'broken', PATH, `# mended\n${TITLE_ONLY}`);
  await stage.settled();
  expect(await preview(pull)).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(await configRuns(pull)).toHaveLength(1);
});

it('one query more for its head, none for what comes after, and no write where nothing changed', async () => {
  const pull = await propose('calls', `# other words\n${TITLE_ONLY}`);
  await stage.forget();
  await alice.rest.issues.addLabels({ ...SHOP, issue_number: pull, labels: ['size/S'] });
  await stage.settled();
  expect((await stage.calls()).map(({ what }) => what)).toEqual(['Subject']);
  await stage.forget();
  await commit(alice, 'calls', PATH, `# other words again\n${TITLE_ONLY}`);
  await stage.settled();
  expect((await stage.calls()).filter(({ what }) => what === 'Proposed')).toHaveLength(1);
});

it('two pull requests on one commit: one check, which does not go to and fro', async () => {
  const first = await propose('twins', ALL_OFF);
  await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/next', sha: await mainSha() });
  const { data } = await alice.rest.pulls.create({ ...SHOP, head: 'twins', base: 'next', title: 'chore: twin', body: '' });
  await stage.settled();
  const before = await configRuns(first);
  expect(before).toHaveLength(1);
  for (const pull_number of [first, data.number, first]) {
    await alice.rest.issues.addLabels({ ...SHOP, issue_number: pull_number, labels: [`touched-${pull_number}`] });
    await stage.settled();
  }
  await stage.forget();
  await alice.rest.issues.addLabels({ ...SHOP, issue_number: data.number, labels: ['size/M'] });
  await stage.settled();
  await alice.rest.issues.addLabels({ ...SHOP, issue_number: first, labels: ['size/L'] });
  await stage.settled();
  expect((await stage.calls()).map(({ what }) => what)).toEqual(['Subject', 'Subject']);
  expect((await configRuns(first)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});

it('deleted: it says that the defaults would hold', async () => {
  await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/gone', sha: await mainSha() });
  const { data } = await alice.rest.repos.getContent({ ...SHOP, path: PATH, ref: 'gone' });
  const sha = Array.isArray(data) ? '' : data.sha;
  await alice.rest.repos.deleteFile({ ...SHOP, path: PATH, branch: 'gone', message: 'chore: no rules', sha });
  const made = await alice.rest.pulls.create({ ...SHOP, head: 'gone', base: 'main', title: 'chore: no rules', body: '' });
  await stage.settled();
  const run = await preview(made.data.number);
  expect(run).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(run?.output.summary).toContain('the defaults would hold then');
  expect(run?.output.summary).toContain(`${good} docs: good`);
});

it('from a fork: checked all the same', async () => {
  await stage.mallory.rest.repos.createFork(SHOP);
  const fork = { owner: 'mallory', repo: 'shop' };
  await stage.mallory.rest.git.createRef({ ...fork, ref: 'refs/heads/mine', sha: await mainSha() });
  const { data } = await stage.mallory.rest.repos.getContent({ ...fork, path: PATH, ref: 'mine' });
  await stage.mallory.rest.repos.createOrUpdateFileContents({
    ...fork,
    path: PATH,
    branch: 'mine',
    message: 'chore: mine',
    content: Buffer.from('gate: [\n').toString('base64'),
    sha: Array.isArray(data) ? '' : data.sha,
  });
  const made = await stage.mallory.rest.pulls.create({
    ...SHOP,
    head: 'mallory:mine',
    base: 'main',
    title: 'chore: mine',
    body: '',
  });
  await stage.settled();
  expect(await preview(made.data.number)).toMatchObject({ status: 'completed', conclusion: 'failure' });
});

it('merged: open pull requests are judged by it; merged though broken: the last good one stays, and they are told', async () => {
  const off = await propose('really-off', ALL_OFF);
  expect(await verdict(poor)).toBe('failure');
  await merge(off);
  expect(await verdict(poor)).toBe('neutral');
  expect(await verdict(good)).toBe('neutral');
  const broken = await propose('really-broken', 'version: 1\ngate: nonsense\n');
  expect(await preview(broken)).toMatchObject({ conclusion: 'failure' });
  await merge(broken);
  expect(await verdict(poor)).toBe('neutral');
  const run = await readiness(alice, await headOf(alice, poor));
  expect(run?.output.text).toContain(`${PATH}:2`);
  await commit(alice, 'main', PATH, TITLE_ONLY);
  await stage.settled();
  expect([await verdict(poor), await verdict(good)]).toEqual(['failure', 'success']);
});

async function mainSha(): Promise<string> {
  return (await alice.rest.git.getRef({ ...SHOP, ref: 'heads/main' })).data.object.sha;
}

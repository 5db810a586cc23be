/** Bad input at the gate: nothing crashes, nothing hangs, and the verdict says what is so. */
import type { Octokit } from 'octokit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
let alice: Octokit;
beforeAll(async () => {
  stage = await setStage();
  alice = stage.people.alice;
});
afterAll(() => stage.close());

let count = 0;
const open = async (more: Partial<Parameters<typeof openPull>[1]> = {}) => {
  count += 1;
  const parts = { branch: `input/${count}`, path: `docs/i${count}.md`, content: 'x\n', title: 'docs: words', body: GOOD_BODY(1) };
  const pull = await openPull(alice, { ...parts, ...more });
  await stage.settled();
  return pull;
};
const look = async (pull: number) => {
  const run = await readiness(alice, await headOf(alice, pull));
  return { status: run?.status, conclusion: run?.conclusion, title: run?.output.title ?? '', summary: run?.output.summary ?? '' };
};
const main = async () => (await alice.rest.git.getRef({ ...SHOP, ref: 'heads/main' })).data.object.sha;

describe('words', () => {
  it.each([
    ['an empty body', ''],
    ['65,536 characters', 'x'.repeat(65_536)],
    ['65,536 characters of headings', '# a\n'.repeat(16_384)],
    ['65,536 characters of comment', `<!--${'-'.repeat(65_000)}`],
    ['65,536 quote marks', '>'.repeat(65_536)],
    ['mentions, markers and closing words', '@everyone <!-- playcaller:card --> Closes #999999 </details>'],
  ])('%s', async (_, body) => {
    const seen = await look(await open({ body }));
    expect(seen).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(seen.summary).toMatch(/\| Description \| ❌ mend \|/);
    expect(Buffer.byteLength(seen.summary)).toBeLessThanOrEqual(65_535);
  });

  it('a body that was never written', async () => {
    await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/bodiless', sha: await main() });
    await commit(alice, 'bodiless', 'docs/b.md', 'x');
    const { data } = await alice.rest.pulls.create({ ...SHOP, head: 'bodiless', base: 'main', title: 'docs: b' });
    await stage.settled();
    expect(data.body).toBeNull();
    expect(await look(data.number)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  });

  it.each(['🎉🎉 feat', 'feat: one\nand two', 'x'.repeat(256), '| `` <b> @all', '​'])('the title %j', async (title) => {
    const seen = await look(await open({ title }));
    expect(seen).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(seen.summary).not.toMatch(/@all|<b>/);
    expect(seen.title).not.toContain('\n');
  });
});

describe('files', () => {
  it('a patch of 100,000 lines', async () => {
    const content = Array.from({ length: 100_000 }, (_, line) => `export const a${line} = ${line};`).join('\n');
    const seen = await look(await open({ path: 'src/long.ts', content }));
    expect(seen).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(seen.summary).toContain('src/long.ts');
  });

  it('files without a patch', async () => {
    const seen = await look(await open({ path: 'assets/tool.bin', content: '\0\u0001\u0002'.repeat(1000) }));
    expect(seen).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(seen.summary).toContain('assets/tool.bin');
  });
});

describe('what is gone', () => {
  it('commits by people that GitHub does not know', async () => {
    const nobody = { name: 'No body', email: 'nobody@nowhere.example' };
    const base = await main();
    const { tree } = (await alice.rest.git.getCommit({ ...SHOP, commit_sha: base })).data;
    const made = { ...SHOP, message: 'docs: by nobody', parents: [base], author: nobody, committer: nobody };
    const next = await alice.rest.git.createTree({
      ...SHOP,
      base_tree: tree.sha,
      tree: [{ path: 'docs/n.md', mode: '100644', type: 'blob', content: 'n' }],
    });
    const { data } = await alice.rest.git.createCommit({ ...made, tree: next.data.sha });
    await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/nobody', sha: data.sha });
    const pull = await alice.rest.pulls.create({ ...SHOP, head: 'nobody', base: 'main', title: 'stuff', body: '' });
    await stage.settled();
    expect(await look(pull.data.number)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  });

  it('the base branch', async () => {
    await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/doomed', sha: await main() });
    const pull = await open({ title: 'stuff' });
    await alice.rest.pulls.update({ ...SHOP, pull_number: pull, base: 'doomed' });
    await stage.settled();
    await alice.rest.git.deleteRef({ ...SHOP, ref: 'heads/doomed' });
    await stage.settled();
    await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'other stuff' });
    await stage.settled();
    expect(await look(pull)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  });

  it('the repository that it comes from', async () => {
    const { mallory } = stage;
    const fork = { owner: 'mallory', repo: 'shop' };
    await mallory.rest.repos.createFork(SHOP);
    await mallory.rest.git.createRef({ ...fork, ref: 'refs/heads/mine', sha: await main() });
    const content = Buffer.from('x').toString('base64');
    await mallory.rest.repos.createOrUpdateFileContents({
      ...fork,
      path: 'docs/m.md',
      branch: 'mine',
      message: 'docs: m',
      content,
    });
    const made = await mallory.rest.pulls.create({ ...SHOP, head: 'mallory:mine', base: 'main', title: 'docs: m', body: '' });
    const sha = made.data.head.sha;
    await stage.settled();
    await mallory.rest.repos.delete(fork);
    await stage.settled();
    await alice.rest.pulls.update({ ...SHOP, pull_number: made.data.number, title: 'stuff' });
    await stage.settled();
    const run = await readiness(alice, sha);
    expect(run).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(run?.output.title).toContain('title');
  });
});

it('nothing is left over: no lane waits or was parked', async () => {
  await stage.settled();
  expect(await stage.app.waiting()).toBe(0);
  const metrics = await (await fetch(`${stage.app.settings.url}/metrics`)).text();
  expect(metrics).toMatch(/^playcaller_parked 0$/m);
});

/** Two pull requests with one head commit: one check run that shows the worse of them, until they part (G5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { cardOf, headOf, readiness, wordsOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const EASY = `version: 1\ngate:\n  required: [title]\n  items:\n${['session', 'description', 'ci', 'tests', 'criteria', 'type']
  .map((id) => `    ${id}: off\n`)
  .join('')}`;

const shown = async (sha: string) => {
  const run = await readiness(stage.people.alice, sha);
  return { conclusion: run?.conclusion ?? null, status: run?.status, title: run?.output.title ?? null };
};
const runs = async (sha: string) => {
  const { alice } = stage.people;
  const { data } = await alice.rest.checks.listForRef({ ...SHOP, ref: sha, check_name: 'Playcaller / readiness', filter: 'all' });
  return data.check_runs.length;
};
const update = async (pull: number, change: { title?: string; base?: string; state?: 'open' | 'closed' }) => {
  await stage.people.alice.rest.pulls.update({ ...SHOP, pull_number: pull, ...change });
  await stage.settled();
};

/** One branch, asked into `main` and into `release`. */
async function twins(branch: string, titles: [string, string]) {
  const { alice } = stage.people;
  const first = await openPull(alice, { branch, path: `docs/${branch}.md`, content: 'x', title: titles[0], body: '' });
  const { data } = await alice.rest.pulls.create({ ...SHOP, head: branch, base: 'release', title: titles[1], body: '' });
  await stage.settled();
  return { first, second: data.number, sha: await headOf(alice, first) };
}

describe('two pull requests on one commit', () => {
  beforeAll(async () => {
    const { alice } = stage.people;
    const main = await alice.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
    for (const name of ['release', 'hotfix']) {
      await alice.rest.git.createRef({ ...SHOP, ref: `refs/heads/${name}`, sha: main.data.object.sha });
    }
    await commit(alice, 'main', '.github/playcaller.yml', EASY);
    await stage.settled();
  });

  it('the check shows the worse; mended, it is green; each keeps its own verdict', async () => {
    const { first, second, sha } = await twins('one', ['docs: one', 'stuff']);
    expect(await shown(sha)).toEqual({
      status: 'completed',
      conclusion: 'failure',
      title: `2 pull requests share this commit. #${second}: 1 thing to mend: title`,
    });
    const run = await readiness(stage.people.alice, sha);
    expect(wordsOf(run ?? { output: { title: null, summary: null, text: null } })).toContain(`### #${first} docs: one`);
    const before = await runs(sha);
    await stage.forget();
    await update(second, { title: 'docs: one, for the release' });
    expect(await shown(sha)).toMatchObject({
      conclusion: 'success',
      title: `2 pull requests share this commit. Ready to ship: #${first} and #${second}`,
    });
    // Its own look and write, and the other's look that finds nothing to write.
    expect((await stage.calls()).length).toBeLessThanOrEqual(3);
    expect(await runs(sha)).toBe(before);
    await update(first, { title: 'docs: one, for all' });
    const summary = (await readiness(stage.people.alice, sha))?.output.summary ?? '';
    expect(summary).toContain(`| #${first} docs: one, for all | ✅ Ready to ship |`);
    expect(summary).toContain(`| #${second} docs: one, for the release | ✅ Ready to ship |`);
  });

  it('another base: still there, judged anew, whoever is looked at', async () => {
    const { first, second, sha } = await twins('two', ['stuff', 'docs: two']);
    await update(second, { base: 'hotfix' });
    expect(await shown(sha)).toMatchObject({
      conclusion: 'failure',
      title: expect.stringContaining(`#${first}: 1 thing to mend`),
    });
    await update(second, { title: 'more stuff' });
    expect((await shown(sha)).title).toContain(`#${first} and #${second} have things to mend`);
  });

  it('closed, it drops out; reopened, it is back', async () => {
    const { first, second, sha } = await twins('three', ['docs: three', 'stuff']);
    await update(second, { state: 'closed' });
    expect(await shown(sha)).toEqual({ status: 'completed', conclusion: 'success', title: 'Ready to ship' });
    await update(second, { state: 'open' });
    expect(await shown(sha)).toMatchObject({ conclusion: 'failure', title: expect.stringContaining(`#${second}: 1 thing`) });
    await update(first, { state: 'closed' });
    expect(await shown(sha)).toMatchObject({ conclusion: 'failure', title: '1 thing to mend: title' });
  });

  it('one pushed away: each commit has its own; both pushed: they share the new one', async () => {
    const { alice } = stage.people;
    const { first, second, sha } = await twins('four', ['docs: four', 'docs: four again']);
    await update(second, { state: 'closed' });
    // A branch of its own on the same commit.
    await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/four-b', sha });
    const { data } = await alice.rest.pulls.create({ ...SHOP, head: 'four-b', base: 'release', title: 'stuff', body: '' });
    await stage.settled();
    expect(await shown(sha)).toMatchObject({ conclusion: 'failure', title: expect.stringContaining(`#${data.number}`) });
    await commit(alice, 'four-b', 'docs/four-b.md', 'y');
    await stage.settled();
    expect(await shown(sha)).toEqual({ status: 'completed', conclusion: 'success', title: 'Ready to ship' });
    const away = await headOf(alice, data.number);
    expect(await shown(away)).toMatchObject({ conclusion: 'failure', title: '1 thing to mend: title' });
    await alice.rest.git.updateRef({ ...SHOP, ref: 'heads/four', sha: away, force: true });
    await stage.settled();
    expect((await shown(away)).title).toBe(`2 pull requests share this commit. #${data.number}: 1 thing to mend: title`);
    await commit(alice, 'four', 'docs/four.md', 'z');
    await stage.settled();
    expect(await shown(await headOf(alice, first))).toMatchObject({ conclusion: 'success', title: 'Ready to ship' });
    expect((await shown(away)).title).toBe('1 thing to mend: title');
  });

  it('from a fork as well, where GitHub ties no pull request to the commit', async () => {
    const { alice } = stage.people;
    await stage.mallory.rest.repos.createFork(SHOP);
    const fork = { owner: 'mallory', repo: 'shop' };
    const main = await stage.mallory.rest.git.getRef({ ...fork, ref: 'heads/main' });
    await stage.mallory.rest.git.createRef({ ...fork, ref: 'refs/heads/patch', sha: main.data.object.sha });
    const content = Buffer.from('x').toString('base64');
    const file = { ...fork, path: 'docs/fork.md', branch: 'patch', message: 'docs: x', content };
    await stage.mallory.rest.repos.createOrUpdateFileContents(file);
    const open = (base: string, title: string) =>
      stage.mallory.rest.pulls.create({ ...SHOP, head: 'mallory:patch', base, title, body: '' });
    const one = (await open('main', 'docs: fork')).data;
    await stage.settled();
    const two = (await open('release', 'stuff')).data;
    await stage.settled();
    expect(await readiness(alice, one.head.sha)).toMatchObject({ conclusion: 'failure' });
    expect((await shown(one.head.sha)).title).toContain(`#${two.number}: 1 thing to mend`);
    await update(two.number, { state: 'closed' });
    expect(await shown(one.head.sha)).toMatchObject({ conclusion: 'success', title: 'Ready to ship' });
  });

  it("a session's card shows its own pull request's verdict, not the other's", async () => {
    const { alice } = stage.people;
    const [issue = 0] = await openIssues(alice, ['Shared']);
    await label(alice, issue, 'session:documentation');
    await stage.settled();
    const branch = 'shared';
    const first = await openPull(alice, { branch, path: 'docs/s.md', content: 'x', title: 'docs: s', body: GOOD_BODY(issue) });
    await alice.rest.pulls.create({ ...SHOP, head: branch, base: 'release', title: 'stuff', body: '' });
    await stage.settled();
    expect(await shown(await headOf(alice, first))).toMatchObject({ conclusion: 'failure' });
    expect(await cardOf(alice, issue)).toContain(`#${first} open · ready to ship`);
  });
});

/** Stories of the readiness gate, played through GitHub's REST paths against the running app (G1, G4, G5). */
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

const runs = async (sha: string) =>
  (await stage.people.alice.rest.checks.listForRef({ ...SHOP, ref: sha, check_name: 'Playcaller / readiness', filter: 'all' }))
    .data.check_runs;
const green = async (sha: string) => {
  await stage.people.ci.rest.checks.create({ ...SHOP, name: 'test', head_sha: sha, status: 'completed', conclusion: 'success' });
  await stage.settled();
};
async function sessionPull(title: string, draft = false): Promise<{ issue: number; pull: number; sha: string }> {
  const { alice } = stage.people;
  const [issue = 0] = await openIssues(alice, [title]);
  await label(alice, issue, 'session:feature');
  await stage.settled();
  const branch = `work/${issue}`;
  const pull = await openPull(alice, {
    branch,
    path: `docs/${issue}.md`,
    content: 'x',
    title: 'docs: write it down',
    body: GOOD_BODY(issue),
    draft,
  });
  await stage.settled();
  return { issue, pull, sha: await headOf(alice, pull) };
}

describe('drafts, forks, re-requests (G5)', () => {
  it('a draft waits, marked ready it is judged', async () => {
    const { alice } = stage.people;
    const { pull, sha } = await sessionPull('A draft', true);
    await green(sha);
    expect(await readiness(alice, sha)).toMatchObject({ status: 'in_progress', conclusion: null });
    const { data } = await alice.rest.pulls.get({ ...SHOP, pull_number: pull });
    await alice.graphql(
      'mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { clientMutationId } }',
      { id: data.node_id },
    );
    await stage.settled();
    const words = wordsOf((await readiness(alice, sha)) ?? { output: { title: null, summary: null, text: null } });
    expect(words).toContain('criteria');
    expect(words).not.toContain('This is a draft');
  });

  it('a fork: found by its head commit, and told what is missing', async () => {
    const { alice, ci } = stage.people;
    await stage.mallory.rest.repos.createFork(SHOP);
    const fork = { owner: 'mallory', repo: 'shop' };
    const main = await stage.mallory.rest.git.getRef({ ...fork, ref: 'heads/main' });
    await stage.mallory.rest.git.createRef({ ...fork, ref: 'refs/heads/patch', sha: main.data.object.sha });
    await stage.mallory.rest.repos.createOrUpdateFileContents({
      ...fork,
      path: 'a.ts',
      branch: 'patch',
      message: 'x',
      content: Buffer.from('export {}').toString('base64'),
    });
    const made = await stage.mallory.rest.pulls.create({
      ...SHOP,
      head: 'mallory:patch',
      base: 'main',
      title: 'fixed stuff',
      body: '',
    });
    await stage.settled();
    const sha = made.data.head.sha;
    expect(await readiness(alice, sha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
    await ci.rest.checks.create({ ...SHOP, name: 'test', head_sha: sha, status: 'completed', conclusion: 'failure' });
    await stage.settled();
    expect(wordsOf((await readiness(alice, sha)) ?? { output: { title: null, summary: null, text: null } })).toContain('test');
    expect(await runs(sha)).toHaveLength(1);
  });

  it('a check that is asked for again is answered with a new run', async () => {
    const { alice } = stage.people;
    const { pull, sha } = await sessionPull('Again please');
    await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'stuff' });
    await stage.settled();
    const run = await readiness(alice, sha);
    await alice.rest.checks.rerequestRun({ ...SHOP, check_run_id: run?.id ?? 0 });
    await stage.settled();
    const after = await readiness(alice, sha);
    expect(after?.output.summary).toBe(run?.output.summary);
    expect(after?.conclusion).toBe('failure');
    expect(after?.id).not.toBe(run?.id);
  });

  it('a verdict that waits again after it ended is seen as waiting, not as passed', async () => {
    const { alice, ci } = stage.people;
    const { pull, sha } = await sessionPull('Red, then running');
    await ci.rest.checks.create({ ...SHOP, name: 'test', head_sha: sha, status: 'completed', conclusion: 'failure' });
    await stage.settled();
    expect(await readiness(alice, sha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
    await ci.rest.checks.create({ ...SHOP, name: 'test', head_sha: sha, status: 'in_progress' });
    await stage.settled();
    expect(await readiness(alice, sha)).toMatchObject({ status: 'in_progress', conclusion: null });
    await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'stuff' });
    await stage.settled();
    expect(await readiness(alice, sha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  });
});

describe('a pull request and its session', () => {
  it('linked by a line `Session: <id>`, and let go when the line goes', async () => {
    const { alice } = stage.people;
    const [issue = 0] = await openIssues(alice, ['By line']);
    await label(alice, issue, 'session:documentation');
    await stage.settled();
    const id = /Session `([^`]+)`/.exec(await cardOf(alice, issue))?.[1] ?? '';
    const pull = await openPull(alice, {
      branch: 'line',
      path: 'docs/line.md',
      content: 'x',
      title: 'docs: a line',
      body: `Session: ${id}`,
    });
    await stage.settled();
    expect(await cardOf(alice, issue)).toContain(`#${pull} open`);
    await alice.rest.pulls.update({ ...SHOP, pull_number: pull, body: 'nothing' });
    await stage.settled();
    expect(await cardOf(alice, issue)).toContain('none yet');
  });

  it('closed without a merge: the session goes on', async () => {
    const { alice } = stage.people;
    const { issue, pull } = await sessionPull('Second try');
    await alice.rest.pulls.update({ ...SHOP, pull_number: pull, state: 'closed' });
    await stage.settled();
    expect(await cardOf(alice, issue)).toMatch(new RegExp(`#${pull} closed`));
    expect(await cardOf(alice, issue)).toContain('🚀 active');
  });
});

describe('configuration (G4)', () => {
  const PATH = '.github/playcaller.yml';

  it('from the default branch only; a broken file is shown with line and field, the last good one stays', async () => {
    const { alice } = stage.people;
    const { pull, sha } = await sessionPull('Configured');
    const summary = async () => (await readiness(alice, await headOf(alice, pull)))?.output;
    expect((await summary())?.summary).toContain('CI');
    await commit(alice, `work/${pull - 1}`, PATH, 'gate: {items: {ci: off}}\n');
    await stage.settled();
    expect((await summary())?.summary).toContain('| CI |');
    await commit(alice, 'main', PATH, 'version: 1\ngate:\n  items:\n    ci: off\n');
    await stage.settled();
    expect((await summary())?.summary).not.toContain('| CI |');
    await commit(alice, 'main', PATH, 'version: 1\ngate:\n  items:\n    cii: off\n');
    await stage.settled();
    const shown = await summary();
    expect(shown?.text).toContain('.github/playcaller.yml:4');
    expect(shown?.text).toContain('cii');
    expect(shown?.summary).not.toContain('| CI |');
    expect(sha).not.toBe('');
  });

  it('a tracker shows it too', async () => {
    const { alice } = stage.people;
    const [issue = 0] = await openIssues(alice, ['Sweep please']);
    await alice.rest.issues.createComment({ ...SHOP, issue_number: issue, body: '/session sweep' });
    await stage.settled();
    const [tracker] = await alice.paginate(alice.rest.issues.listForRepo, { ...SHOP, labels: 'playcaller', state: 'all' });
    expect(tracker?.body).toContain('.github/playcaller.yml:4');
  });
});

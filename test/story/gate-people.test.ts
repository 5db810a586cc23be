/** Stories of the gate items that people answer for: security paths, documentation, coverage, freshness (G2). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf, readiness, rowOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, openPull, type Stage, setStage } from './stage.ts';

const OFF = 'session: off, title: off, description: off, hygiene: off, ci: off, tests: off, size: off, criteria: off, type: off';
const config = (items: string) => `version: 1\ngate:\n  items: {${OFF}${items}}\n`;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  const { alice } = stage.people;
  await commit(alice, 'main', '.github/playcaller.yml', config(''));
  await commit(alice, 'main', '.github/CODEOWNERS', '* @alice\n/src/auth/ @bob # he knows why\n/src/crypto/ @acme/security\n');
  await stage.settled();
});
afterAll(() => stage.close());

async function opened(branch: string, title: string, ...files: string[]): Promise<number> {
  const { alice } = stage.people;
  const [first = '', ...rest] = files;
  const pull = await openPull(alice, { branch, path: first, content: 'export {};\n', title, body: 'x' });
  for (const path of rest) await commit(alice, branch, path, 'export {};\n');
  await stage.settled();
  return pull;
}
const review = async (as: Stage['people']['bob'], pull: number, event: 'APPROVE' | 'REQUEST_CHANGES') => {
  const made = await as.rest.pulls.createReview({ ...SHOP, pull_number: pull, event, body: 'seen' });
  await stage.settled();
  return made.data.id;
};
async function verdict(pull: number, item: string) {
  const { alice } = stage.people;
  const run = await readiness(alice, await headOf(alice, pull));
  const [, state = '', evidence = '', mend = ''] = rowOf(run?.output.summary ?? '', new RegExp(`^\\| ${item} \\|`));
  return { whole: run?.conclusion ?? run?.status, title: run?.output.title, state, evidence, mend };
}

describe('security paths', () => {
  it("want a test, and an owner's approval by CODEOWNERS of the base branch", async () => {
    const { alice, bob } = stage.people;
    const pull = await opened('auth', 'fix(auth): close a hole', 'src/auth/login.ts');
    // A pull request cannot make its author an owner.
    await commit(alice, 'auth', '.github/CODEOWNERS', '* @alice\n');
    await stage.settled();
    const bare = await verdict(pull, 'Security');
    expect(bare).toMatchObject({ whole: 'failure', state: '❌ mend' });
    expect(bare.evidence).toContain('No test changed with `src/auth/login.ts`');
    expect(bare.evidence).toContain('Not approved yet: `src/auth/login.ts`; owned by `bob`');
    expect(bare.evidence).toContain('owned by `alice`');
    await alice.rest.pulls.update({ ...SHOP, pull_number: pull, state: 'closed' });

    const next = await opened('auth-2', 'fix(auth): close a hole', 'src/auth/login.ts', 'test/login.test.ts');
    expect(await verdict(next, 'Security')).toMatchObject({
      whole: 'in_progress',
      title: 'Waiting for security: an owner’s approval',
      state: '⏳ waiting',
      mend: expect.stringContaining('Ask for a review: `bob`'),
    });
    const id = await review(bob, next, 'APPROVE');
    expect(await verdict(next, 'Security')).toMatchObject({
      whole: 'success',
      evidence: expect.stringMatching(/Approved on .* by `bob`/),
    });

    await alice.rest.pulls.dismissReview({ ...SHOP, pull_number: next, review_id: id, message: 'not so fast' });
    await stage.settled();
    expect(await verdict(next, 'Security')).toMatchObject({
      whole: 'in_progress',
      evidence: expect.stringContaining('Dismissed: the review of `bob`'),
    });
  });

  it('a push makes the approval stale, a new one mends it; changes asked for are red', async () => {
    const { alice, bob } = stage.people;
    const pull = await opened('push', 'fix(auth): a limit', 'src/auth/limit.ts', 'test/limit.test.ts');
    await review(bob, pull, 'APPROVE');
    expect(await verdict(pull, 'Fresh proof')).toMatchObject({ whole: 'success', state: '✅ pass' });
    await commit(alice, 'push', 'src/auth/limit.ts', 'export const limit = 3;\n');
    await stage.settled();
    expect(await verdict(pull, 'Security')).toMatchObject({
      whole: 'in_progress',
      evidence: expect.stringContaining('Of an earlier commit, so stale: the approval of `bob`'),
    });
    expect(await verdict(pull, 'Fresh proof')).toMatchObject({
      state: '🔕 waiting, advice',
      mend: expect.stringContaining('Ask `bob` to look at the newest commit'),
    });
    await review(bob, pull, 'REQUEST_CHANGES');
    expect(await verdict(pull, 'Security')).toMatchObject({
      whole: 'failure',
      evidence: expect.stringContaining('Changes asked for by `bob`'),
    });
    await review(bob, pull, 'APPROVE');
    expect(await verdict(pull, 'Security')).toMatchObject({ whole: 'success' });
  });

  it("a team's approval counts when GitHub says that it is the team's", async () => {
    const { alice } = stage.people;
    await alice.rest.teams.create({ org: 'acme', name: 'security', maintainers: ['carol'] });
    await alice.rest.teams.addOrUpdateRepoPermissionsInOrg({ org: 'acme', team_slug: 'security', ...SHOP, permission: 'push' });
    const pull = await opened('team', 'fix(crypto): a seed', 'src/crypto/seed.ts', 'test/seed.test.ts');
    expect(await verdict(pull, 'Security')).toMatchObject({
      whole: 'in_progress',
      evidence: expect.stringContaining('owned by team `acme/security`'),
      mend: expect.stringContaining('Request it from the team itself'),
    });
    await review(stage.people.bob, pull, 'APPROVE');
    expect(await verdict(pull, 'Security')).toMatchObject({ whole: 'in_progress' });
    await alice.rest.pulls.requestReviewers({ ...SHOP, pull_number: pull, team_reviewers: ['security'] });
    await review(stage.carol, pull, 'APPROVE');
    expect(await verdict(pull, 'Security')).toMatchObject({
      whole: 'success',
      evidence: expect.stringMatching(/Approved on .* by `carol`/),
    });
  });

  it("the author's own word does not count, nor that of someone who may not write", async () => {
    const { alice } = stage.people;
    const pull = await opened('own', 'docs: our policy', 'SECURITY.md');
    expect(await verdict(pull, 'Security')).toMatchObject({
      whole: 'in_progress',
      mend: expect.stringContaining('The author is the only owner'),
    });
    await review(alice, pull, 'APPROVE').catch(() => undefined);
    await review(stage.dave, pull, 'APPROVE');
    expect(await verdict(pull, 'Security')).toMatchObject({
      whole: 'in_progress',
      evidence: expect.stringContaining('Approved without write access, which does not count: `dave`'),
    });
  });
});

describe('coverage of new code', () => {
  it('is read from a status, and measured against the configuration', async () => {
    const { ci } = stage.people;
    const pull = await opened('cover', 'fix: a total', 'src/total.ts');
    const sha = await headOf(stage.people.alice, pull);
    const report = async (state: 'pending' | 'success' | 'failure', description: string) => {
      await ci.rest.repos.createCommitStatus({ ...SHOP, sha, state, description, context: 'codecov/patch' });
      await stage.settled();
      return verdict(pull, 'Coverage');
    };
    expect(await verdict(pull, 'Coverage')).toMatchObject({ whole: 'success', state: '➖ not needed' });
    expect(await report('pending', 'Waiting for reports')).toMatchObject({
      whole: 'in_progress',
      title: 'Waiting for coverage: 1 check',
    });
    expect(await report('success', '72.50% of diff hit (target 70.00%)')).toMatchObject({
      whole: 'failure',
      evidence: expect.stringContaining('72.5%'),
      mend: expect.stringContaining('Cover the new lines'),
    });
    expect(await report('success', '85.71% of diff hit (target 70.00%)')).toMatchObject({ whole: 'success', state: '✅ pass' });
    expect(await report('success', 'Thank you')).toMatchObject({
      whole: 'failure',
      evidence: expect.stringContaining('can be read'),
    });
  });

  it('is read from the summary of a check run, too', async () => {
    const { ci } = stage.people;
    const pull = await opened('sonar', 'fix: a sum', 'src/sum.ts');
    const sha = await headOf(stage.people.alice, pull);
    const summary = '**Quality Gate passed**\n[79.9% Coverage on New Code](https://sonar.example/c)';
    await ci.rest.checks.create({
      ...SHOP,
      name: 'SonarCloud Code Analysis',
      head_sha: sha,
      status: 'completed',
      conclusion: 'success',
      output: { title: 'Quality Gate passed', summary },
    });
    await stage.settled();
    expect(await verdict(pull, 'Coverage')).toMatchObject({ whole: 'failure', evidence: expect.stringContaining('79.9%') });
  });
});

describe('documentation', () => {
  it('is advice for a feature and holds nothing up; required by the configuration it does', async () => {
    const { alice } = stage.people;
    const pull = await opened('feature', 'feat: gift cards', 'src/gift.ts', 'test/gift.test.ts');
    expect(await verdict(pull, 'Docs')).toMatchObject({
      whole: 'success',
      state: '🔕 advice',
      evidence: expect.stringContaining('`src/gift.ts`'),
    });
    await commit(alice, 'main', '.github/playcaller.yml', config(', docs: required'));
    await stage.settled();
    expect(await verdict(pull, 'Docs')).toMatchObject({ whole: 'failure', title: '1 thing to mend: docs' });
    await commit(alice, 'feature', 'docs/gift.md', '# Gift cards\n');
    await stage.settled();
    expect(await verdict(pull, 'Docs')).toMatchObject({ whole: 'success', evidence: 'Written down in `docs/gift.md`' });
  });
});

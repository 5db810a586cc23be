/** Stories of what a pull request holds: its title by commitlint's rules, its size, lockfiles, binaries (G2). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { headOf, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  const { alice } = stage.people;
  await commit(alice, 'main', 'package.json', '{"name": "shop", "scripts": {"commitlint": "commitlint --edit"}}\n');
  await commit(alice, 'main', 'package-lock.json', '{"lockfileVersion": 3}\n');
  await stage.settled();
});
afterAll(() => stage.close());

/** The row of an item in the verdict's table. */
async function row(pull: number, title: string): Promise<string> {
  await stage.settled();
  const { alice } = stage.people;
  const run = await readiness(alice, await headOf(alice, pull));
  return run?.output.summary?.split('\n').find((line) => line.includes(`| ${title} |`)) ?? '';
}

async function servedPull(title: string, path: string, content: string): Promise<{ pull: number; branch: string; body: string }> {
  const { alice } = stage.people;
  const [issue = 0] = await openIssues(alice, [title]);
  await label(alice, issue, 'session:feature');
  await stage.settled();
  const branch = `work/${issue}`;
  const body = GOOD_BODY(issue);
  return { pull: await openPull(alice, { branch, path, content, title, body }), branch, body };
}

it('a title is judged by the commitlint configuration of the default branch, never by that of the branch', async () => {
  const { alice } = stage.people;
  const { pull, branch } = await servedPull('feat: Count each item.', 'docs/a.md', 'x');
  expect(await row(pull, 'Title')).toContain('A conventional `feat` title');
  await commit(alice, branch, '.commitlintrc.json', '{"extends": ["@commitlint/config-conventional"]}');
  expect(await row(pull, 'Title')).toContain('A conventional `feat` title');
  await commit(alice, 'main', '.commitlintrc.json', '{"extends": ["@commitlint/config-conventional"]}');
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'feat: Count each item.!' });
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'feat: Count each item.' });
  expect(await row(pull, 'Title')).toMatch(/mend.*breaks the rules of `.commitlintrc.json`.*Try `feat: count each item`/);
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'feat: count each item' });
  expect(await row(pull, 'Title')).toContain('Keeps the rules of `.commitlintrc.json`');
  await commit(alice, 'main', '.commitlintrc.json', '{"extends": ["@acme/commitlint"]}');
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'nonsense' });
  expect(await row(pull, 'Title')).toMatch(/mend.*does not say what kind.*builds on `@acme\/commitlint`/);
});

it('a big pull request says why', async () => {
  const { alice } = stage.people;
  const { pull, body } = await servedPull('feat: rename all', 'src/names.ts', 'export const a = 1;\n'.repeat(700));
  expect(await row(pull, 'Size')).toMatch(/mend.*700 added lines.*`src\/names.ts` \(700\).*## Size/);
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, body: `${body}\n\n## Size\n\nOne rename, made by a tool.` });
  expect(await row(pull, 'Size')).toMatch(/pass.*the description says why/);
});

it('a lockfile alone is upkeep; with other changes it wants its manifest, and the manifest its lockfile', async () => {
  const { alice } = stage.people;
  const { pull, branch } = await servedPull('chore: refresh', 'package-lock.json', '{"lockfileVersion": 3, "a": 1}\n');
  expect(await row(pull, 'Diff hygiene')).toMatch(/pass.*Note: `package-lock.json`/);
  await commit(alice, branch, 'src/x.ts', 'export {}\n');
  expect(await row(pull, 'Diff hygiene')).toMatch(/mend.*Lockfile without its manifest/);
  const other = await servedPull('feat: take a library', 'package.json', '{\n  "dependencies": {\n    "zod": "^4.0.0"\n  }\n}\n');
  expect(await row(other.pull, 'Diff hygiene')).toMatch(/mend.*Dependencies changed, their lockfile did not: `package.json`/);
  await commit(alice, other.branch, 'package-lock.json', '{"lockfileVersion": 3, "zod": 4}\n');
  expect(await row(other.pull, 'Diff hygiene')).toContain('pass');
});

it('a big image is weighed, at the cost of one call, and only where there is one', async () => {
  const { alice } = stage.people;
  const { pull, branch } = await servedPull('docs: a picture', 'docs/small.png', '\0small');
  expect(await row(pull, 'Diff hygiene')).toMatch(/pass.*1 image or font/);
  await stage.forget();
  await commit(alice, branch, 'docs/big.png', `\0${'x'.repeat(1_200_000)}`);
  expect(await row(pull, 'Diff hygiene')).toMatch(/mend.*Over 1 MB: `docs\/big.png` \(1.1 MB\)/);
  const asked = (await stage.calls()).filter(({ what }) => what === 'Sizes');
  expect(asked).toHaveLength(1);
  await stage.forget();
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'docs: two pictures' });
  await stage.settled();
  expect((await stage.calls()).map(({ what }) => what)).not.toContain('Sizes');
});

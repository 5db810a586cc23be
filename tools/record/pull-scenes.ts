/** Pull requests: the gate from the first push to the merge. */
import { label, tickNext } from '../../src/sandbox/story/hands.ts';
import { PLAYBOOK, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { BODY, begin, commentOf, commit, DESCRIPTION, openPull, startCi } from './hands.ts';
import type { Scene } from './scenes.ts';

/** Looks like a token, is none, and is always the same. */
const TOKEN = ['gh', 'p_', 'k7Qm2ZxT', '9vLb4RwY', 'c6HdN1sF', 'g8JpA3eU', 'u5Wi'].join('');
const ALL = 100;
const FIXED = 'export function total(items) {\n  return items.length;\n}\n';

const careless: Scene = async (studio) => {
  const { alice, bob, act, settle } = studio;
  await begin(studio);
  await act(async () => {
    await commit(studio, 'src/vouchers.js', `export const total = 0;\nconst key = '${TOKEN}';\n`);
    await openPull(bob, { title: 'fixed stuff', body: '' });
  });
  await settle({ '#2': 'pull-failing' });
  const { head, finishCi } = await act(async () => {
    await commit(studio, 'src/vouchers.js', FIXED);
    const head = await commit(studio, 'test/vouchers.test.js', "import '../src/vouchers.js';\n");
    await bob.rest.pulls.update({ ...SHOP, pull_number: 2, title: 'fix(cart): count all vouchers', body: DESCRIPTION });
    await alice.rest.issues.update({ ...SHOP, issue_number: 1, body: BODY.replace('[ ]', '[x]') });
    await tickNext(alice, (await commentOf(alice, 1, PLAYBOOK)).comment_id, ALL);
    return { head, finishCi: await startCi(studio, head) };
  });
  await settle({ '#2': 'pull-mended' });
  await act(() => finishCi('success'));
  await settle({ '#2': 'pull-ci-green' });
  const check = await readiness(alice, head);
  await act(() => alice.rest.checks.rerequestRun({ ...SHOP, check_run_id: check?.id ?? 0 }));
  await settle({ '#2': 'pull-check-rerequested' });
  await act(() => alice.rest.pulls.merge({ ...SHOP, pull_number: 2, merge_method: 'squash' }));
  await settle({ '#2': 'pull-merged', '#1': 'merged-completed' });
};

const draft: Scene = async (studio) => {
  const { bob, act, settle } = studio;
  await begin(studio, '');
  await act(async () => {
    await commit(studio, 'src/vouchers.js', FIXED);
    await openPull(bob, { draft: true });
  });
  await settle({ '#2': 'pull-draft' });
  await act(() => bob.rest.pulls.update({ ...SHOP, pull_number: 2, state: 'closed' }));
  await settle({ '#2': 'pull-closed-unmerged' });
};

const fork: Scene = async (studio) => {
  const { mallory, act, settle } = studio;
  await begin(studio, '');
  await act(async () => {
    await mallory.rest.repos.createFork(SHOP);
    const theirs = { owner: 'mallory', repo: 'shop' };
    const content = Buffer.from(FIXED).toString('base64');
    await mallory.rest.repos.createOrUpdateFileContents({ ...theirs, path: 'src/help.js', message: 'feat: help', content });
    await openPull(mallory, { head: 'mallory:main' });
  });
  await settle({ '#2': 'pull-from-fork' });
};

const alone: Scene = async (studio) => {
  const { alice, bob, act, settle } = studio;
  await act(async () => {
    const main = await bob.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
    await bob.rest.git.createRef({ ...SHOP, ref: 'refs/heads/topic', sha: main.data.object.sha });
    await commit(studio, 'docs/shop.md', '# The shop\n', 'topic');
    await openPull(bob, { head: 'topic', title: 'docs: the shop', body: DESCRIPTION.replace('Closes #1\n\n', '') });
  });
  await settle({ '#1': 'pull-without-session' });
  await act(() => label(alice, 1, 'session:documentation'));
  await settle({ '#1': 'start-on-pull' });
};

export const pullScenes: Scene[] = [careless, draft, fork, alone];

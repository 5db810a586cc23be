/** What happens to a pull request, and what the gate makes of it (G5, G6, G7). What `gate.test.ts` shows is not repeated here. */
import type { Octokit } from 'octokit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GATE_ITEMS } from '../../src/config/gate-options.ts';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { cardOf, commentsOf, headOf, marked, PLAYBOOK, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
let alice: Octokit;
beforeAll(async () => {
  stage = await setStage();
  alice = stage.people.alice;
});
afterAll(() => stage.close());

/** A configuration in which only these items count. */
const only = (...items: string[]) =>
  `version: 1\ngate:\n  items:\n${GATE_ITEMS.map((id) => `    ${id}: ${items.includes(id) ? 'required' : 'off'}\n`).join('')}`;
const rule = async (...items: string[]) => {
  await commit(alice, 'main', '.github/playcaller.yml', only(...items));
  await stage.settled();
};

let count = 0;
const open = async (more: Partial<Parameters<typeof openPull>[1]> = {}, as = alice) => {
  count += 1;
  const parts = {
    branch: `events/${count}`,
    path: `docs/e${count}.md`,
    content: 'x\n',
    title: 'docs: words',
    body: GOOD_BODY(1),
  };
  const pull = await openPull(as, { ...parts, ...more });
  await stage.settled();
  return { pull, branch: more.branch ?? parts.branch };
};
const look = async (pull: number) => {
  const run = await readiness(alice, await headOf(alice, pull));
  return { id: run?.id ?? 0, status: run?.status, conclusion: run?.conclusion ?? null, ...run?.output };
};
const verdict = async (pull: number) => {
  const { status, conclusion } = await look(pull);
  return conclusion ?? status;
};
const update = async (pull: number, change: Record<string, string>) => {
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, ...change });
  await stage.settled();
};
const runsOf = async (sha: string) =>
  (await alice.rest.checks.listForRef({ ...SHOP, ref: sha, check_name: 'Playcaller / readiness', filter: 'all' })).data
    .check_runs;
const press = async (id: number, identifier: string) => {
  const answer = await fetch(`${stage.url}/_sandbox/repos/acme/shop/check-runs/${id}/requested-action`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'token sandbox-alice' },
    body: JSON.stringify({ identifier }),
  });
  if (!answer.ok) throw new Error(`the button ${identifier}: ${answer.status} ${await answer.text()}`);
  await stage.settled();
};
const buttonsOf = async (pull: number) => {
  const { id } = await look(pull);
  const sha = await headOf(alice, pull);
  const answer = await fetch(`${stage.url}/_sandbox/repos/acme/shop/commits/${sha}/actions`, {
    headers: { authorization: 'token sandbox-alice' },
  });
  const all: Record<string, { identifier: string }[]> = JSON.parse(await answer.text());
  return (all[id] ?? []).map(({ identifier }) => identifier);
};
const say = async (number: number, body: string, as = alice) => {
  await as.rest.issues.createComment({ ...SHOP, issue_number: number, body });
  await stage.settled();
};

describe('the pull request itself', () => {
  beforeAll(() => rule('title', 'description', 'hygiene'));

  it('back to draft: the verdict waits again; ready: it ends', async () => {
    const { pull } = await open();
    expect(await verdict(pull)).toBe('success');
    const { node_id } = (await alice.rest.pulls.get({ ...SHOP, pull_number: pull })).data;
    const to = (mutation: string) =>
      alice.graphql(`mutation($id: ID!) { ${mutation}(input: {pullRequestId: $id}) { clientMutationId } }`, { id: node_id });
    await to('convertPullRequestToDraft');
    await stage.settled();
    expect(await verdict(pull)).toBe('in_progress');
    await to('markPullRequestReadyForReview');
    await stage.settled();
    expect(await verdict(pull)).toBe('success');
  });

  it('title and body edited: judged again, both ways', async () => {
    const { pull } = await open();
    await update(pull, { title: 'stuff' });
    expect(await verdict(pull)).toBe('failure');
    await update(pull, { title: 'docs: words', body: 'no sections' });
    expect((await look(pull)).title).toContain('description');
    await update(pull, { body: GOOD_BODY(1) });
    expect(await verdict(pull)).toBe('success');
  });

  it('the base changed: its patches are read against the new one', async () => {
    const { pull, branch } = await open({ path: 'debug.log' });
    expect(await verdict(pull)).toBe('failure');
    const { object } = (await alice.rest.git.getRef({ ...SHOP, ref: `heads/${branch}` })).data;
    await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/release', sha: object.sha });
    await commit(alice, branch, 'docs/more.md', 'more\n');
    await stage.settled();
    expect(await verdict(pull)).toBe('failure');
    await update(pull, { base: 'release' });
    expect(await verdict(pull)).toBe('success');
    await update(pull, { base: 'main' });
    expect(await verdict(pull)).toBe('failure');
  });

  it('a forced push: the new head has its own check, the old one is left alone', async () => {
    const { pull, branch } = await open({ title: 'stuff' });
    const old = await headOf(alice, pull);
    const before = await runsOf(old);
    const main = await alice.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
    const { data } = await alice.rest.git.createCommit({
      ...SHOP,
      message: 'docs: anew',
      tree: (await alice.rest.git.getCommit({ ...SHOP, commit_sha: old })).data.tree.sha,
      parents: [main.data.object.sha],
    });
    await alice.rest.git.updateRef({ ...SHOP, ref: `heads/${branch}`, sha: data.sha, force: true });
    await update(pull, { title: 'docs: words' });
    expect(await headOf(alice, pull)).toBe(data.sha);
    expect(await verdict(pull)).toBe('success');
    const shown = (runs: typeof before) => runs.map(({ id, conclusion, output }) => ({ id, conclusion, output }));
    expect(shown(await runsOf(old))).toEqual(shown(before));
    expect(await runsOf(data.sha)).toHaveLength(1);
  });

  it('closed: nothing more is written; reopened: what changed meanwhile counts', async () => {
    const { pull } = await open();
    const before = await look(pull);
    await update(pull, { state: 'closed' });
    await update(pull, { title: 'stuff' });
    expect(await look(pull)).toEqual(before);
    await update(pull, { state: 'open' });
    expect(await verdict(pull)).toBe('failure');
  });

  it('the whole suite asked for again: a new run', async () => {
    const { pull } = await open();
    const before = await look(pull);
    const { data } = await alice.rest.checks.get({ ...SHOP, check_run_id: before.id });
    await alice.rest.checks.rerequestSuite({ ...SHOP, check_suite_id: data.check_suite?.id ?? 0 });
    await stage.settled();
    const after = await look(pull);
    expect(after).toMatchObject({ conclusion: 'success', summary: before.summary });
    expect(after.id).not.toBe(before.id);
  });
});

describe('buttons', () => {
  beforeAll(() => rule('title', 'description', 'hygiene'));

  it('Add sections: the missing headings, once; then only content is missing', async () => {
    const { pull } = await open({ body: 'It says **hello**.\r\n\r\n## Risk\r\nNone: only words.' });
    expect(await buttonsOf(pull)).toEqual(['recheck', 'sections']);
    const { id } = await look(pull);
    await press(id, 'sections');
    const body = (await alice.rest.pulls.get({ ...SHOP, pull_number: pull })).data.body ?? '';
    expect(body.startsWith('It says **hello**.\r\n\r\n## Risk\r\nNone: only words.\r\n')).toBe(true);
    expect(body.match(/^## .*/gm)?.map((line) => line.trim())).toEqual([
      '## Risk',
      '## What and why',
      '## Testing',
      '## Rollout',
      '## Rollback',
    ]);
    const { conclusion, summary } = await look(pull);
    expect(conclusion).toBe('failure');
    expect(summary).not.toContain('Missing:');
    expect(await buttonsOf(pull)).toEqual(['recheck']);
    await update(pull, { body: GOOD_BODY(1) });
    expect(await verdict(pull)).toBe('success');
    expect(await buttonsOf(pull)).toEqual([]);
  });

  it('Re-check: everything is read again, patches too, and a new run shows it', async () => {
    const { pull } = await open({ title: 'stuff' });
    const before = await look(pull);
    await stage.forget();
    await press(before.id, 'recheck');
    const calls = (await stage.calls()).map(({ what }) => what);
    expect(calls.filter((what) => what.includes('/files'))).toHaveLength(1);
    const after = await look(pull);
    expect(after.id).not.toBe(before.id);
    expect(after).toMatchObject({ conclusion: 'failure', summary: before.summary });
  });
});

it('an approval given, dismissed, given again, and outdated by a push', async () => {
  await rule('security');
  const { bob } = stage.people;
  const { pull, branch } = await open({ path: 'SECURITY.md' });
  expect(await verdict(pull)).toBe('in_progress');
  const approve = async () => {
    const { data } = await bob.rest.pulls.createReview({ ...SHOP, pull_number: pull, event: 'APPROVE' });
    await stage.settled();
    return data.id;
  };
  const review = await approve();
  expect(await verdict(pull)).toBe('success');
  await alice.rest.pulls.dismissReview({ ...SHOP, pull_number: pull, review_id: review, message: 'too early' });
  await stage.settled();
  expect(await verdict(pull)).toBe('in_progress');
  await approve();
  expect(await verdict(pull)).toBe('success');
  await commit(alice, branch, 'SECURITY.md', 'write to us\n');
  await stage.settled();
  expect(await verdict(pull)).toBe('in_progress');
  await stage.forget();
  await bob.rest.pulls.createReview({ ...SHOP, pull_number: pull, event: 'COMMENT', body: 'looking' });
  await stage.settled();
  expect(await stage.calls()).toEqual([]);
});

it('a push while it waits: the check of the commit before ends, unless that is another one’s head', async () => {
  await rule('ci');
  const { pull, branch } = await open();
  const before = await headOf(alice, pull);
  expect(await runsOf(before)).toMatchObject([{ status: 'in_progress' }]);
  await commit(alice, branch, 'docs/later.md', 'later');
  await stage.settled();
  expect(await runsOf(before)).toMatchObject([
    { status: 'completed', conclusion: 'cancelled', output: { title: 'A newer commit took its place' } },
  ]);
  expect(await verdict(pull)).toBe('in_progress');

  const shared = await headOf(alice, pull);
  await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/stays', sha: shared });
  await alice.rest.pulls.create({ ...SHOP, head: 'stays', base: 'main', title: 'docs: stays', body: 'x' });
  await stage.settled();
  await commit(alice, branch, 'docs/latest.md', 'latest');
  await stage.settled();
  expect((await runsOf(shared)).map(({ status }) => status)).toEqual(['in_progress']);
});

it('closed or merged while it waits: nothing stays in progress, and reopened it is looked at again', async () => {
  await rule('ci');
  const { pull } = await open();
  expect(await verdict(pull)).toBe('in_progress');
  await update(pull, { state: 'closed' });
  expect(await look(pull)).toMatchObject({ conclusion: 'cancelled', title: 'This pull request is closed' });
  await update(pull, { state: 'open' });
  expect(await verdict(pull)).toBe('in_progress');
  await alice.rest.pulls.merge({ ...SHOP, pull_number: pull });
  await stage.settled();
  expect(await look(pull)).toMatchObject({ conclusion: 'cancelled', title: 'This pull request is merged' });
});

describe('sessions', () => {
  beforeAll(() => rule('session', 'title'));

  it('a session label on the pull request itself: its session counts, and its end too', async () => {
    const { pull } = await open({ body: 'nothing', title: 'docs: a glossary of harbour terms' });
    expect(await verdict(pull)).toBe('failure');
    await label(alice, pull, 'session:documentation');
    await stage.settled();
    expect(await verdict(pull)).toBe('success');
    // Work has begun, so the label alone does not end it; the gate says what is so.
    await alice.rest.issues.removeLabel({ ...SHOP, issue_number: pull, name: 'session:documentation' });
    await stage.settled();
    expect(await cardOf(alice, pull)).toContain('🚀 active');
    expect(await verdict(pull)).toBe('success');
    await say(pull, '/session abandon nobody needs it');
    expect(await cardOf(alice, pull)).toContain('abandoned');
    expect(await verdict(pull)).toBe('failure');
  });

  it('a bug-fix’s test is told to have been red: by a tick, or by a word in the worklog', async () => {
    await rule('tests', 'type');
    for (const tell of ['tick', 'log'] as const) {
      const [issue = 0] = await openIssues(alice, [tell === 'tick' ? 'Anchors drift at night' : 'Gulls are counted twice']);
      await label(alice, issue, 'session:bug-fix');
      await stage.settled();
      const body = GOOD_BODY(issue).replace('the new one fails without the change', 'all pass');
      const { pull, branch } = await open({ path: `src/${tell}/drift.ts`, content: 'export {}\n', title: 'fix: x', body });
      await commit(alice, branch, `checks/${tell}/far.test.ts`, 'export {}\n');
      await stage.settled();
      expect(await verdict(pull)).toBe('failure');
      expect((await look(pull)).summary).toContain('Nothing shows that it was red before the fix');
      if (tell === 'log') await say(issue, '/session log the new test fails without the fix');
      else {
        const [playbook] = await marked(alice, issue, PLAYBOOK);
        const ticked = (playbook?.body ?? '').replace(/- \[ \] (.*failing-test-first)/, '- [x] $1');
        expect(ticked).not.toBe(playbook?.body);
        await alice.rest.issues.updateComment({ ...SHOP, comment_id: playbook?.id ?? 0, body: ticked });
        await stage.settled();
      }
      expect(await verdict(pull), tell).toBe('success');
    }
    await rule('session', 'title');
  });

  it('its issue is deleted: the pull request no longer passes on its account', async () => {
    const [issue = 0] = await openIssues(alice, ['A lighthouse keeper’s almanac']);
    await label(alice, issue, 'session:documentation');
    await stage.settled();
    const { pull } = await open({ body: `Closes #${issue}`, title: 'docs: the almanac of the lighthouse keeper' });
    expect(await verdict(pull)).toBe('success');
    const { data } = await alice.rest.issues.get({ ...SHOP, issue_number: issue });
    await alice.graphql('mutation($id: ID!) { deleteIssue(input: {issueId: $id}) { clientMutationId } }', { id: data.node_id });
    await stage.settled();
    expect(await verdict(pull)).toBe('failure');
  });

  it('other labels change nothing, and cost no write', async () => {
    const { pull } = await open();
    const before = await look(pull);
    await label(alice, pull, 'size/XL');
    await stage.settled();
    expect(await look(pull)).toEqual(before);
  });

  it('a waiver: by maintainers only, recorded, shown, gone with the next push; --sticky stays', async () => {
    const [issue = 0] = await openIssues(alice, ['To be waived']);
    await label(alice, issue, 'session:documentation');
    await stage.settled();
    const { pull, branch } = await open({ body: `Closes #${issue}`, title: 'stuff' });
    expect(await verdict(pull)).toBe('failure');

    await say(issue, '/session waive title because I say so', stage.people.bob);
    expect(await verdict(pull)).toBe('failure');
    expect((await commentsOf(alice, issue)).at(-1)?.body).toContain('maintain');

    await say(issue, '/session waive title an old habit of ours');
    expect(await look(pull)).toMatchObject({ conclusion: 'success' });
    expect((await look(pull)).summary).toMatch(/\| Title \| 🔕 waived \| .*an old habit of ours/);
    expect(await cardOf(alice, issue)).toContain('an old habit of ours');

    await commit(alice, branch, 'docs/next.md', 'next\n');
    await stage.settled();
    expect(await verdict(pull)).toBe('failure');
    await say(issue, '/session waive title for good --sticky');
    expect(await verdict(pull)).toBe('success');
    await commit(alice, branch, 'docs/after.md', 'after\n');
    await stage.settled();
    expect(await verdict(pull)).toBe('success');
  });
});

/** Stories of a merge queue, played against the running app: the verdict on the group's own commit (G5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, openPull, type Stage, setStage } from './stage.ts';

/** Only the title and CI are asked for. */
const CONFIG = `version: 1
gate:
  items: {session: off, description: off, tests: off, docs: off, security: off, size: off, coverage: off, criteria: off, type: off, fresh: off}
`;

interface Group {
  id: number;
  headSha: string;
  headRef: string;
}

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await commit(stage.people.alice, 'main', '.github/playcaller.yml', CONFIG);
  await stage.settled();
});
afterAll(() => stage.close());

const queue = async (method: string, path: string, body?: unknown): Promise<Response> => {
  const answer = await fetch(`${stage.url}/_sandbox/repos/acme/shop/merge-queue${path}`, {
    method,
    headers: { authorization: 'Bearer sandbox-alice', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
};
const enqueue = async (pull: number): Promise<Group> => {
  const group = (await (await queue('POST', '', { pull_number: pull })).json()) as Group;
  await stage.settled();
  return group;
};
const leave = async (group: Group, reason: 'merged' | 'invalidated' | 'dequeued') => {
  await queue('DELETE', `/${group.id}?reason=${reason}`);
  await stage.settled();
};
const report = async (sha: string, conclusion: 'success' | 'failure', name = 'test') => {
  await stage.people.ci.rest.checks.create({ ...SHOP, name, head_sha: sha, status: 'completed', conclusion });
  await stage.settled();
};
/** The check run, without the list of open pull requests that GitHub adds to it. */
const verdict = async (sha: string) => {
  const run = await readiness(stage.people.alice, sha);
  return run && { ...run, pull_requests: [] };
};

/** A pull request whose CI is green on its head. */
async function ready(branch: string, title = 'docs: write it down'): Promise<{ pull: number; sha: string }> {
  const { alice } = stage.people;
  const pull = await openPull(alice, { branch, path: `docs/${branch}.md`, content: 'x', title, body: 'x' });
  const sha = await headOf(alice, pull);
  await report(sha, 'success');
  return { pull, sha };
}

describe('a merge group (G5)', () => {
  it('waits for CI on its own commit, passes, and the pull request merges', async () => {
    const { pull, sha } = await ready('one');
    const before = await verdict(sha);
    expect(before).toMatchObject({ conclusion: 'success' });
    await stage.forget();
    const group = await enqueue(pull);
    expect((await stage.calls()).length).toBeLessThanOrEqual(2);
    const waits = await verdict(group.headSha);
    expect(waits).toMatchObject({ status: 'in_progress', conclusion: null });
    expect(waits?.output.summary).toContain('merge queue tries the pull request out');
    await stage.forget();
    await report(group.headSha, 'success');
    // Of the check's three events a straggler may look once more; it writes nothing.
    expect((await stage.calls()).filter(({ what }) => what !== 'Subject')).toEqual([{ what: 'Apply', status: 200 }]);
    expect(await verdict(group.headSha)).toMatchObject({ id: waits?.id, status: 'completed', conclusion: 'success' });
    await leave(group, 'merged');
    expect((await stage.people.alice.rest.pulls.get({ ...SHOP, pull_number: pull })).data.merged).toBe(true);
    expect(await verdict(sha)).toEqual(before);
  });

  it('red CI in the group fails the group, and the pull request’s own check is untouched', async () => {
    const { pull, sha } = await ready('two');
    const before = await verdict(sha);
    const group = await enqueue(pull);
    await report(group.headSha, 'failure');
    const failed = await verdict(group.headSha);
    expect(failed).toMatchObject({ conclusion: 'failure' });
    expect(failed?.output.summary).toContain('Failed: [test]');
    expect(await verdict(sha)).toEqual(before);
    await leave(group, 'invalidated');
    expect(await verdict(sha)).toEqual(before);
  });

  it('red CI on the head does not count there; a failing content item does, with its reasons', async () => {
    const { pull, sha } = await ready('three', 'stuff');
    expect(await verdict(sha)).toMatchObject({ conclusion: 'failure' });
    const group = await enqueue(pull);
    await report(group.headSha, 'success');
    const failed = await verdict(group.headSha);
    expect(failed).toMatchObject({ conclusion: 'failure' });
    expect(failed?.output.title).toContain('title');
    await stage.people.alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'docs: mended while queued' });
    await report(sha, 'failure', 'late');
    expect(await verdict(sha)).toMatchObject({ conclusion: 'failure' });
    expect(await verdict(group.headSha)).toMatchObject({ conclusion: 'success' });
    await leave(group, 'dequeued');
  });

  it('left while it waits: nothing stays in progress; queued again it has a new commit and a new check', async () => {
    const { pull } = await ready('four');
    const first = await enqueue(pull);
    await leave(first, 'dequeued');
    expect(await verdict(first.headSha)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
    await commit(stage.people.alice, 'main', 'docs/moved.md', 'so that the next group differs');
    await stage.settled();
    const second = await enqueue(pull);
    expect(second.headSha).not.toBe(first.headSha);
    expect(await verdict(second.headSha)).toMatchObject({ status: 'in_progress' });
    await report(first.headSha, 'failure');
    await report(second.headSha, 'success');
    expect(await verdict(second.headSha)).toMatchObject({ conclusion: 'success' });
    await leave(second, 'merged');
  });

  it('its end and the next one’s start heard at once: nothing stays in progress on the first commit', async () => {
    const { alice } = stage.people;
    const { pull } = await ready('seven');
    const first = await enqueue(pull);
    expect(await verdict(first.headSha)).toMatchObject({ status: 'in_progress' });
    await commit(alice, 'main', 'docs/moved-again.md', 'so that the next group differs');
    await stage.settled();
    // While the app looks, both are told.
    await stage.faults({ actor: 'playcaller[bot]', latencyMs: 1500, times: 1 });
    await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'docs: told at once' });
    await queue('DELETE', `/${first.id}?reason=dequeued`);
    const second = (await (await queue('POST', '', { pull_number: pull })).json()) as Group;
    await stage.settled();
    await stage.mended();
    expect(second.headSha).not.toBe(first.headSha);
    expect(await verdict(first.headSha)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
    expect(await verdict(second.headSha)).toMatchObject({ status: 'in_progress' });
    await leave(second, 'dequeued');
    expect(await verdict(second.headSha)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
  });

  it('two that queue behind one another have groups of their own', async () => {
    const [a, b] = [await ready('five'), await ready('six')];
    const [first, second] = [await enqueue(a.pull), await enqueue(b.pull)];
    await report(second.headSha, 'failure');
    await report(first.headSha, 'success');
    expect(await verdict(first.headSha)).toMatchObject({ conclusion: 'success' });
    expect(await verdict(second.headSha)).toMatchObject({ conclusion: 'failure' });
    await leave(second, 'invalidated');
    await leave(first, 'merged');
    expect(await verdict(b.sha)).toMatchObject({ conclusion: 'success' });
  });
});

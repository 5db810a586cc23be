/** Stories of things that move under a session: issues transferred, locked, closed, deleted; names that change. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { CARD, cardOf, commentsOf, labelsOf, marked, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

async function started(title: string): Promise<number> {
  const [number = 0] = await openIssues(stage.people.alice, [title]);
  await label(stage.people.alice, number, 'session:bug-fix');
  await stage.settled();
  return number;
}

const issue = async (number: number) => (await stage.people.alice.rest.issues.get({ ...SHOP, issue_number: number })).data;
const mutate = (document: string, variables: Record<string, unknown>) => stage.people.alice.graphql(document, variables);

describe('issues in mid-session', () => {
  it('deleted: its slot goes to the next, and nothing is left in a queue', async () => {
    const number = await started('To be deleted');
    const { node_id } = await issue(number);
    await mutate('mutation ($id: ID!) { deleteIssue(input: { issueId: $id }) { clientMutationId } }', { id: node_id });
    await stage.settled();
    expect(await stage.app.waiting()).toBe(0);
    const again = await started('After the deleted one');
    expect(await cardOf(stage.people.alice, again)).toContain('🚀 active');
  });

  it('transferred: it goes on under its new number, with the card that it has', async () => {
    const { alice } = stage.people;
    const { data: other } = await alice.rest.repos.createInOrg({ org: 'acme', name: 'depot', auto_init: true });
    await alice.rest.issues.createLabel({ owner: 'acme', repo: 'depot', name: 'session:bug-fix' });
    await stage.settled();
    const number = await started('To be transferred');
    const { node_id } = await issue(number);
    const move = 'mutation ($i: ID!, $r: ID!) { transferIssue(input: { issueId: $i, repositoryId: $r }) { clientMutationId } }';
    await mutate(move, { i: node_id, r: other.node_id });
    await stage.settled();
    const { data: there } = await alice.rest.issues.listForRepo({ owner: 'acme', repo: 'depot' });
    expect(there.map(({ title }) => title)).toEqual(['To be transferred']);
    const labels = there[0]?.labels.map((one) => (typeof one === 'string' ? one : one.name)).sort();
    expect(labels).toEqual(['session:bug-fix', 'state:active']);
    const comments = await alice.rest.issues.listComments({ owner: 'acme', repo: 'depot', issue_number: there[0]?.number ?? 0 });
    expect(comments.data.filter(({ body }) => body?.startsWith(CARD))).toHaveLength(1);
    expect(comments.data.filter(({ body }) => body?.startsWith(PLAYBOOK))).toHaveLength(1);
  });

  it('closed, and opened again: abandoned, then active', async () => {
    const { alice } = stage.people;
    const number = await started('On and off');
    await alice.rest.issues.update({ ...SHOP, issue_number: number, state: 'closed', state_reason: 'not_planned' });
    await stage.settled();
    expect(await labelsOf(alice, number)).toContain('state:abandoned');
    await alice.rest.issues.update({ ...SHOP, issue_number: number, state: 'open' });
    await stage.settled();
    expect(await labelsOf(alice, number)).toContain('state:active');
  });

  it('locked: what is to be said waits, and nothing is parked; unlocked, all goes on', async () => {
    const { alice } = stage.people;
    const number = await started('Locked up');
    await alice.rest.issues.lock({ ...SHOP, issue_number: number });
    await stage.settled();
    await label(stage.people.bob, number, 'state:completed');
    await stage.settled();
    expect(await labelsOf(alice, number)).toEqual(['session:bug-fix', 'state:active']);
    const said = (await commentsOf(alice, number)).length;
    await alice.rest.issues.createComment({ ...SHOP, issue_number: number, body: '/session complete --no-code it is moot' });
    await stage.settled();
    expect(await labelsOf(alice, number)).toContain('state:completed');
    expect(await marked(alice, number, '<!-- playcaller:record -->')).toHaveLength(0);
    expect((await commentsOf(alice, number)).length).toBe(said + 1);
    await alice.rest.issues.unlock({ ...SHOP, issue_number: number });
    await stage.settled();
    expect(await marked(alice, number, '<!-- playcaller:record -->')).toHaveLength(1);
  });
});

describe('names that change', () => {
  it('a renamed state label is made again, and the session goes on', async () => {
    const { alice } = stage.people;
    const number = await started('Relabelled');
    await alice.rest.issues.updateLabel({ ...SHOP, name: 'state:active', new_name: 'in progress' });
    await stage.settled();
    expect(await labelsOf(alice, number)).toEqual(['in progress', 'session:bug-fix', 'state:active']);
    await alice.rest.issues.updateLabel({ ...SHOP, name: 'session:bug-fix', new_name: 'fixing' });
    await stage.settled();
    expect(await labelsOf(alice, number)).toEqual(['fixing', 'in progress', 'session:bug-fix', 'state:active']);
    expect(await cardOf(alice, number)).toContain('🚀 active');
  });

  it('a renamed branch: the session follows the head of its pull request', async () => {
    const { alice } = stage.people;
    const number = await started('Rebranched');
    const card = await cardOf(alice, number);
    const branch = /\| Branch \| `([^`]+)`/.exec(card)?.[1] ?? '';
    await alice.rest.git.deleteRef({ ...SHOP, ref: `heads/${branch}` });
    const pull = { path: 'src/new.ts', content: 'export {};\n', title: 'fix: all', body: `Closes #${number}` };
    await openPull(alice, { branch: 'better-name', ...pull });
    await stage.settled();
    expect(await cardOf(alice, number)).toContain('| Branch | `better-name` |');
  });

  it('a renamed repository keeps its sessions: same card, same state, and commands go on', async () => {
    const { alice } = stage.people;
    const number = await started('In the old house');
    const before = await marked(alice, number, CARD);
    await alice.rest.repos.update({ ...SHOP, name: 'store' });
    await stage.settled();
    const there = { owner: 'acme', repo: 'store', issue_number: number };
    await alice.rest.issues.createComment({ ...there, body: '/session complete --no-code moved along' });
    await stage.settled();
    const { data } = await alice.rest.issues.listComments(there);
    const cards = data.filter(({ body }) => body?.startsWith(CARD));
    expect(cards.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(cards[0]?.body).toContain('✅ completed');
    expect(cards[0]?.body).toContain('labelled for a bug-fix session');
  });
});

/** Stories of plans of sub-issues (B1, B3), played through GitHub's REST paths against the running app. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { cardOf, commentsOf, labelsOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const MARK = '<!-- playcaller:plan -->';

async function say(number: number, body: string): Promise<void> {
  await stage.people.alice.rest.issues.createComment({ ...SHOP, issue_number: number, body });
  await stage.settled();
}
async function planOf(number: number): Promise<string> {
  const plans = (await commentsOf(stage.people.alice, number)).filter((comment) => comment.body?.startsWith(MARK));
  expect(plans).toHaveLength(1);
  return plans[0]?.body ?? '';
}
const idOf = async (number: number) => (await stage.people.alice.rest.issues.get({ ...SHOP, issue_number: number })).data.id;
const body = (number: number, text: string) =>
  stage.people.alice.rest.issues.update({ ...SHOP, issue_number: number, body: text });
const blockedBy = async (number: number, on: number) =>
  stage.people.alice.request('POST /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by', {
    ...SHOP,
    issue_number: number,
    issue_id: await idOf(on),
  });
const close = async (number: number, state_reason: 'completed' | 'not_planned' = 'completed') => {
  await stage.people.alice.rest.issues.update({ ...SHOP, issue_number: number, state: 'closed', state_reason });
  await stage.settled();
};
const labels = (number: number) => labelsOf(stage.people.alice, number);

/** A parent with so many sub-issues. */
async function family(title: string, subs: readonly string[]): Promise<number[]> {
  const { alice } = stage.people;
  const numbers = await openIssues(alice, [title, ...subs]);
  const [parent = 0, ...children] = numbers;
  for (const child of children) {
    await alice.rest.issues.addSubIssue({ ...SHOP, issue_number: parent, sub_issue_id: await idOf(child) });
  }
  await stage.settled();
  return numbers;
}

describe('a phase of eight sub-issues in three batches', () => {
  let n: number[] = [];
  beforeAll(async () => {
    n = await family('Rework the checkout', [
      'Schema of carts',
      'Paint the logo',
      'Cart storage',
      'Cart endpoints',
      'Price rules <script> @mallory #1',
      'Checkout page',
      'Describe the API',
      'Load test',
    ]);
    const [, schema = 0, , storage = 0, endpoints = 0, prices = 0, page = 0, docs = 0, load = 0] = n;
    await body(schema, 'Estimate: 3h');
    await blockedBy(storage, schema);
    await body(endpoints, `Estimate: 0.5d\nDepends on #${schema}\nTouches \`src/cart/total.ts\``);
    await body(prices, `- Depends on #${schema}\n- After #${storage}\nTouches \`src/cart/total.ts\``);
    await body(page, `Depends on #${endpoints}, #${prices}`);
    await body(docs, `Depends on: #${endpoints}`);
    await body(load, `**Depends on:** #${storage}\n\`\`\`\nDepends on #${page}\n\`\`\``);
    await stage.settled();
  });

  it('a plan is shown: batches, figures, advice, graph, questions', async () => {
    const [parent = 0, schema = 0, logo = 0, storage = 0, endpoints = 0, prices = 0, page = 0, docs = 0, load = 0] = n;
    await say(parent, '/session plan');
    const plan = await planOf(parent);
    expect(plan).toContain('### Plan: 8 sub-issues in 3 batches, 0 done');
    const batches = Object.fromEntries([...plan.matchAll(/^\| (\d|–) \| #(\d+) /gm)].map(([, batch, sub]) => [sub, batch]));
    expect(batches).toEqual({
      [schema]: '1',
      [logo]: '1',
      [storage]: '2',
      [endpoints]: '2',
      [prices]: '2',
      [page]: '3',
      [docs]: '3',
      [load]: '3',
    });
    expect(plan).toContain('100 % of the sub-issues');
    expect(plan).toContain('```mermaid');
    expect(plan).toContain(`**#${logo}**`);
    expect(plan).not.toContain('@mallory');
    expect(plan).toContain(`\`src/cart/total.ts\` in batch 2: #${endpoints}, #${prices}`);
    expect(plan).toContain('| 4 h |');
    expect(await labels(schema)).toEqual([]);
  });

  it('the same plan is not written again', async () => {
    await stage.forget();
    await say(n[0] ?? 0, '/session plan');
    const calls = (await stage.calls()).map(({ what }) => what);
    expect(calls.length).toBeLessThanOrEqual(6);
    await planOf(n[0] ?? 0);
  });

  it('it runs: the first batch starts, a completed one opens what waits for it', async () => {
    const [parent = 0, schema = 0, logo = 0, storage = 0, endpoints = 0, prices = 0, page = 0] = n;
    await say(parent, '/session plan run');
    expect(await labels(schema)).toEqual(['session:feature', 'state:active']);
    expect(await labels(logo)).toEqual(['session:feature', 'state:active']);
    expect(await labels(storage)).toEqual([]);
    expect(await cardOf(stage.people.alice, schema)).toContain(`| Plan | batch 1 of 3 in the plan of #${parent} |`);
    // Labelled before its turn: planned, outside of the queue, and it says what it waits for.
    await label(stage.people.alice, page, 'session:feature');
    await stage.settled();
    expect(await labels(page)).toEqual(['session:feature', 'state:planned']);
    expect(await cardOf(stage.people.alice, page)).toContain(`waits for #${endpoints}, #${prices}`);
    await say(schema, '/session complete --no-code it is there');
    for (const sub of [storage, endpoints, prices]) expect(await labels(sub)).toEqual(['session:feature', 'state:active']);
    expect(await planOf(parent)).toContain('3 batches, 1 done');
    await say(endpoints, '/session complete --no-code done');
    expect(await labels(page)).toEqual(['session:feature', 'state:planned']);
    await close(prices);
    expect(await labels(page)).toEqual(['session:feature', 'state:active']);
  });
});

describe('bad links', () => {
  it('a cycle is named link by link; foreign, closed, missing and own links too; what stands outside is planned', async () => {
    const { alice } = stage.people;
    const n = await family('Move the stock', ['Count', 'Order', 'Ship', 'Alone', 'Odd one']);
    const [parent = 0, count = 0, order = 0, ship = 0, alone = 0, odd = 0] = n;
    const [closed = 0, stranger = 0] = await openIssues(alice, ['Was done long ago', 'Not of the family']);
    await close(closed);
    await body(count, `Depends on #${ship}`);
    await body(order, `Depends on #${count}`);
    await body(ship, `Depends on #${order}`);
    await body(alone, 'Depends on: none');
    await body(
      odd,
      `Depends on #${odd}\nDepends on acme/other#3\nAfter #${closed}\nDepends on #${stranger}, #999999, https://example.org/acme/far/issues/7`,
    );
    await label(alice, order, 'session:feature');
    await say(parent, '/session plan run');
    const plan = await planOf(parent);
    expect(plan).toContain(`#${count} waits for #${ship}, #${ship} waits for #${order}, #${order} waits for #${count}.`);
    expect(plan).toContain(`- #${odd} depends on itself`);
    expect(plan).toContain(`- #${odd} depends on \`acme/other#3\`, in another repository`);
    expect(plan).toContain(`- #${odd} depends on \`acme/far#7\`, in another repository`);
    expect(plan).toContain(`- #${odd} comes after #${closed}, no sub-issue here; it is closed`);
    expect(plan).toContain(`- #${odd} depends on #${stranger}, which is open but no sub-issue here`);
    expect(plan).toContain(`- #${odd} depends on #999999, which is not there`);
    expect(plan).toMatch(new RegExp(`^\\| – \\| #${count} Count \\|`, 'm'));
    // What stands in no cycle starts; what was at work before the plan was made goes on.
    expect(await labels(alone)).toEqual(['session:feature', 'state:active']);
    expect(await labels(count)).toEqual([]);
    expect(await labels(order)).toEqual(['session:feature', 'state:active']);
    expect(await cardOf(alice, order)).toContain(`in a cycle of the plan of #${parent}, or behind one`);
    await body(ship, 'Depends on: none');
    await stage.settled();
    expect(await planOf(parent)).not.toContain('Cycles');
    expect(await labels(ship)).toEqual(['session:feature', 'state:active']);
  });

  it('what was given up is said and holds; --anyway overrides; a late sub-issue waits for its place', async () => {
    const { alice } = stage.people;
    const [parent = 0, base = 0, top = 0] = await family('Paint the shed', ['Sand it down', 'Varnish it']);
    await body(top, `Depends on #${base}`);
    await say(parent, '/session plan');
    await label(alice, top, 'session:feature');
    await stage.settled();
    expect(await labels(top)).toEqual(['session:feature', 'state:planned']);
    await close(base, 'not_planned');
    expect(await cardOf(alice, top)).toContain(`#${base} was given up`);
    expect(await labels(top)).toEqual(['session:feature', 'state:planned']);
    await say(top, '/session start');
    expect((await commentsOf(alice, top)).at(-1)?.body).toContain(`#${base} comes first`);
    const [late = 0] = await openIssues(alice, ['Hang the door']);
    await body(late, `Depends on #${top}`);
    await alice.rest.issues.addSubIssue({ ...SHOP, issue_number: parent, sub_issue_id: await idOf(late) });
    await label(alice, late, 'session:feature');
    await stage.settled();
    expect(await labels(late)).toEqual(['session:feature', 'state:planned']);
    expect(await cardOf(alice, late)).toContain('batch 3 of 3');
    await say(top, '/session start --anyway');
    expect(await labels(top)).toEqual(['session:feature', 'state:active']);
    expect(await labels(late)).toEqual(['session:feature', 'state:planned']);
  });

  it('who may read only plans nothing; a wrong word gets a hint; an issue without sub-issues says so', async () => {
    const [parent = 0] = await family('Who may plan', ['One']);
    await stage.dave.rest.issues.createComment({ ...SHOP, issue_number: parent, body: '/session plan' });
    await stage.carol.rest.issues.createComment({ ...SHOP, issue_number: parent, body: '/session plan run' });
    await stage.settled();
    await say(parent, '/session plan walk');
    const replies = (await commentsOf(stage.people.alice, parent)).map((comment) => comment.body ?? '');
    expect(replies.filter((reply) => reply.includes('needs triage permission'))).toHaveLength(1);
    expect(replies.filter((reply) => reply.includes('needs write permission'))).toHaveLength(1);
    expect(replies.at(-1)).toContain('`walk` is nothing that a plan can do');
    expect(replies.some((reply) => reply.startsWith(MARK))).toBe(false);
    const [lonely = 0] = await openIssues(stage.people.alice, ['Nobody below']);
    await say(lonely, '/session plan run');
    expect((await commentsOf(stage.people.alice, lonely)).at(-1)?.body).toContain('no sub-issues to plan');
  });
});

describe('a hundred sub-issues', () => {
  it('are planned in six calls at most', async () => {
    const titles = Array.from({ length: 100 }, (_, index) => `Part ${index + 1} of the big move`);
    const [parent = 0, ...subs] = await family('The big move', titles);
    const [first = 0, second = 0] = subs;
    for (const sub of subs.slice(10, 40)) await blockedBy(sub, first);
    for (const sub of subs.slice(40, 60)) await body(sub, `Depends on #${second}\nEstimate: 1 day`);
    await stage.settled();
    await stage.forget();
    await say(parent, '/session plan');
    const calls = (await stage.calls()).map(({ what }) => what);
    expect(calls.length).toBeLessThanOrEqual(6);
    const plan = await planOf(parent);
    expect(plan).toContain('### Plan: 100 sub-issues in 2 batches');
    expect([...plan.matchAll(/^\| 2 \|/gm)]).toHaveLength(50);
    for (let at = 61; at < 99; at += 1) await blockedBy(subs[at] ?? 0, subs[at - 1] ?? 0);
    await stage.forget();
    await say(parent, '/session plan');
    expect((await stage.calls()).length).toBeLessThanOrEqual(6);
    expect(await planOf(parent)).toContain('### Plan: 100 sub-issues in 39 batches');
    await stage.forget();
    await body(subs[99] ?? 0, `Depends on #${first}`);
    await stage.settled();
    expect((await stage.calls()).length).toBeLessThanOrEqual(4);
    expect(await planOf(parent)).toContain('### Plan: 100 sub-issues in 39 batches');
  });
});

/** Stories of sessions, played through GitHub's REST paths against the running app. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues, tickNext } from '../../src/sandbox/story/hands.ts';
import { branches, cardOf, commentsOf, labelsOf, marked, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const issue = async (title: string): Promise<number> => (await openIssues(stage.people.alice, [title]))[0] ?? 0;
const bots = async (number: number) =>
  (await commentsOf(stage.people.alice, number)).filter(({ login }) => login === 'playcaller[bot]');

describe('labels (L1, L2)', () => {
  it('two start labels: one polite refusal that names both, and no session; taking one off starts it', async () => {
    const number = await issue('Two minds');
    await label(stage.people.alice, number, 'session:feature', 'session:bug-fix');
    await stage.settled();
    const said = await bots(number);
    expect(said).toHaveLength(1);
    expect(said[0]?.body).toMatch(/session:bug-fix.*session:feature/);
    expect(await labelsOf(stage.people.alice, number)).toEqual(['session:bug-fix', 'session:feature']);
    await stage.people.alice.rest.issues.removeLabel({ ...SHOP, issue_number: number, name: 'session:feature' });
    await stage.settled();
    expect(await labelsOf(stage.people.alice, number)).toEqual(['session:bug-fix', 'state:active']);
  });

  it('an unknown type: one reply with the labels that work', async () => {
    const number = await issue('Typo');
    await label(stage.people.alice, number, 'session:bugfix');
    await stage.settled();
    const said = await bots(number);
    expect(said).toHaveLength(1);
    expect(said[0]?.body).toContain('session:bug-fix');
  });

  it('taken off before any work: abandoned, slot and label gone; put on again: it goes on', async () => {
    const number = await issue('Changed my mind');
    await label(stage.people.alice, number, 'session:bug-fix');
    await stage.settled();
    await stage.people.alice.rest.issues.removeLabel({ ...SHOP, issue_number: number, name: 'session:bug-fix' });
    await stage.settled();
    expect(await labelsOf(stage.people.alice, number)).toEqual(['state:abandoned']);
    await label(stage.people.alice, number, 'session:bug-fix');
    await stage.settled();
    expect(await labelsOf(stage.people.alice, number)).toEqual(['session:bug-fix', 'state:active']);
    expect((await bots(number)).length).toBe(2);
  });

  it('an illegal state label is undone with the reason; a legal one is done', async () => {
    const number = await issue('Wishful');
    await label(stage.people.alice, number, 'session:bug-fix');
    await stage.settled();
    await label(stage.people.bob, number, 'state:completed');
    await stage.settled();
    expect(await labelsOf(stage.people.alice, number)).toEqual(['session:bug-fix', 'state:active']);
    expect((await bots(number)).at(-1)?.body).toContain('no merged pull request');
    await label(stage.people.bob, number, 'state:abandoned');
    await stage.settled();
    expect(await labelsOf(stage.people.alice, number)).toEqual(['session:bug-fix', 'state:abandoned']);
  });

  it('a title of only emoji, and the same title again, still make valid and different branches (L5)', async () => {
    const numbers = await openIssues(stage.people.alice, ['🚀🔥', '🚀🔥']);
    for (const number of numbers) await label(stage.people.alice, number, 'session:feature');
    await stage.settled();
    // Whichever came second is held: the same title may be the same work (L3).
    const labels = await Promise.all(numbers.map((number) => labelsOf(stage.people.alice, number)));
    const held = numbers.filter((_, at) => labels[at]?.includes('state:planned'));
    expect(held).toHaveLength(1);
    await stage.people.alice.rest.issues.createComment({
      ...SHOP,
      issue_number: held[0] ?? 0,
      body: '/session start --anyway',
    });
    await stage.settled();
    const made = Object.keys(await branches(stage.people.alice, 'session/')).filter((name) => /-work(-2)?$/.test(name));
    expect(made).toHaveLength(2);
  });

  it('a session on a pull request', async () => {
    const { alice } = stage.people;
    const main = await alice.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
    await alice.rest.git.createRef({ ...SHOP, ref: 'refs/heads/by-hand', sha: main.data.object.sha });
    await alice.rest.repos.createOrUpdateFileContents({
      ...SHOP,
      path: 'by-hand.md',
      branch: 'by-hand',
      message: 'docs: by hand',
      content: Buffer.from('x').toString('base64'),
    });
    const { data } = await alice.rest.pulls.create({ ...SHOP, head: 'by-hand', base: 'main', title: 'docs: by hand' });
    await label(alice, data.number, 'session:documentation');
    await stage.settled();
    expect(await labelsOf(alice, data.number)).toEqual(['session:documentation', 'state:active']);
    expect(await cardOf(alice, data.number)).toContain('by-hand');
    await alice.rest.pulls.merge({ ...SHOP, pull_number: data.number, merge_method: 'squash' });
    await stage.settled();
    expect(await labelsOf(alice, data.number)).toEqual(['session:documentation', 'state:completed']);
  });
});

describe('what people break is mended', () => {
  it('a deleted card and playbook are made again, with the ticks; a deleted label too', async () => {
    const { alice } = stage.people;
    const number = await issue('Broken things');
    await label(alice, number, 'session:bug-fix');
    await stage.settled();
    const [playbook] = await marked(alice, number, PLAYBOOK);
    await tickNext(alice, playbook?.id ?? 0, 2);
    await stage.settled();
    for (const comment of await bots(number)) await alice.rest.issues.deleteComment({ ...SHOP, comment_id: comment.id });
    await stage.settled();
    expect(await cardOf(alice, number)).toContain('2 of 17 steps');
    expect((await marked(alice, number, PLAYBOOK))[0]?.body.match(/- \[x\]/g)).toHaveLength(2);
    await alice.rest.issues.deleteLabel({ ...SHOP, name: 'state:active' });
    await stage.settled();
    expect(await labelsOf(alice, number)).toEqual(['session:bug-fix', 'state:active']);
  });

  it('bots and outsiders start nothing by comment; a refusal says what is missing (A9)', async () => {
    const { alice } = stage.people;
    const number = await issue('Commands');
    await stage.dave.rest.issues.createComment({ ...SHOP, issue_number: number, body: '/session sweep' });
    await stage.people.ci.rest.issues
      .createComment({ ...SHOP, issue_number: number, body: '/session types' })
      .catch(() => undefined);
    await stage.settled();
    const said = await bots(number);
    expect(said).toHaveLength(1);
    expect(said[0]?.body).toContain('needs triage');
    await stage.carol.rest.issues.createComment({
      ...SHOP,
      issue_number: number,
      body: 'please\n\n```\n/session sweep\n```\n\n/session types',
    });
    await stage.settled();
    expect((await bots(number)).at(-1)?.body).toContain('bug-fix');
    expect(await alice.paginate(alice.rest.issues.listForRepo, { ...SHOP, labels: 'playcaller', state: 'all' })).toEqual([]);
  });

  it('/session complete --no-code completes with its reason, once', async () => {
    const { alice } = stage.people;
    const number = await issue('An audit');
    await label(alice, number, 'session:quality-audit');
    await stage.settled();
    await alice.rest.issues.createComment({ ...SHOP, issue_number: number, body: '/session complete --no-code' });
    await stage.settled();
    expect((await bots(number)).at(-1)?.body).toContain('Say in a few words why');
    await alice.rest.issues.createComment({
      ...SHOP,
      issue_number: number,
      body: '/session complete --no-code the report is in the wiki, see @acme/team',
    });
    await stage.settled();
    expect(await labelsOf(alice, number)).toEqual(['session:quality-audit', 'state:completed']);
    const records = await marked(alice, number, '<!-- playcaller:record -->');
    expect(records).toHaveLength(1);
    expect(records[0]?.body).not.toMatch(/[^`\u200b;]@acme/);
  });
});

/** Stories of sub-sessions (L10), played through GitHub's REST paths against the running app. */
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

const issue = async (title: string): Promise<number> => (await openIssues(stage.people.alice, [title]))[0] ?? 0;
const say = (number: number, body: string) =>
  stage.people.alice.rest.issues.createComment({ ...SHOP, issue_number: number, body });
const children = async (number: number) =>
  (await stage.people.alice.rest.issues.listSubIssues({ ...SHOP, issue_number: number })).data;
const close = (number: number) => stage.people.alice.rest.issues.update({ ...SHOP, issue_number: number, state: 'closed' });

describe('sub-sessions (L10)', () => {
  it('a parent with three children: made by command, started by their label, shown on the card, awaited', async () => {
    const { alice } = stage.people;
    const parent = await issue('Rework the cart');
    await label(alice, parent, 'session:feature');
    await stage.settled();
    await say(parent, '/session sub Migrate the table\n/session sub Describe it type=documentation');
    await stage.settled();
    const [first, second] = await children(parent);
    expect(await labelsOf(alice, first?.number ?? 0)).toEqual(['session:feature', 'state:active']);
    expect(await labelsOf(alice, second?.number ?? 0)).toEqual(['session:documentation', 'state:active']);
    expect(await cardOf(alice, first?.number ?? 0)).toContain('Session');
    const by = await issue('Made by hand');
    const made = await alice.rest.issues.get({ ...SHOP, issue_number: by });
    await alice.rest.issues.addSubIssue({ ...SHOP, issue_number: parent, sub_issue_id: made.data.id });
    await stage.settled();
    let card = await cardOf(alice, parent);
    expect(card).toContain('**Sub-sessions:** 0 of 3 done');
    expect(card).toContain(`Finish the sub-session #${first?.number}`);
    expect(card).toMatch(/active · #\d+ Migrate the table/);

    await say(first?.number ?? 0, '/session complete --no-code it was there already');
    await stage.settled();
    await close(by);
    await stage.settled();
    card = await cardOf(alice, parent);
    expect(card).toContain('**Sub-sessions:** 2 of 3 done');
    expect(card).toContain(`Finish the sub-session #${second?.number}`);

    await say(parent, '/session complete --no-code all in the parts');
    await stage.settled();
    expect((await commentsOf(alice, parent)).at(-1)?.body).toContain('One sub-session is still open');
    await alice.rest.issues.removeSubIssue({ ...SHOP, issue_number: parent, sub_issue_id: second?.id ?? 0 });
    await stage.settled();
    expect(await cardOf(alice, parent)).toContain('**Sub-sessions:** 2 of 2 done');
    await say(parent, '/session complete --no-code now all is in the parts');
    await stage.settled();
    expect(await labelsOf(alice, parent)).toEqual(['session:feature', 'state:completed']);
  });
});

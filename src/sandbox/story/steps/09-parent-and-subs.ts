/** Step 9: a parent session with three sub-sessions; it completes after them. */
import { label, openIssues } from '../hands.ts';
import { cardOf, labelsOf, marked, numbersWith } from '../looks.ts';
import { SHOP } from '../people.ts';
import type { Step, Story } from '../story.ts';

const PARTS = ['Move the cart to its own table', 'Show the cart on one page', 'Describe the new cart'];

export const parentAndSubs: Step = {
  title: 'A parent with three sub-sessions: it completes after its children',
  async play(story) {
    const { alice, bob } = story.people;
    const { say } = story;
    await clearTheBoard(story);
    const [parent = 0] = await openIssues(alice, ['Rebuild the cart']);
    await label(alice, parent, 'session:feature');
    await say.check(
      `#${parent} is active`,
      () => labelsOf(alice, parent),
      (labels) => labels.includes('state:active'),
    );
    const body = PARTS.map((part) => `/session sub ${part}`).join('\n');
    await bob.rest.issues.createComment({ ...SHOP, issue_number: parent, body });
    say.did('bob', 'asks for three sub-sessions in one comment');
    const children = await say.check(
      'three sub-issues of the parent, each with a session of its own that is active',
      () => subIssues(story, parent),
      (seen) => seen.length === PARTS.length && seen.every(({ labels }) => labels.includes('state:active')),
    );
    await say.check(
      "the parent's card lists them: 0 of 3 done",
      () => cardOf(alice, parent),
      (card) => /0 of 3 done/.test(card) && PARTS.every((part) => card.includes(part)),
    );

    await complete(story, parent);
    await say.check(
      'the parent cannot complete before its children: the answer says so, and it stays active',
      async () => ({
        answer: (await marked(alice, parent, '<!-- playcaller:reply')).at(-1)?.body ?? '',
        labels: await labelsOf(alice, parent),
      }),
      ({ answer, labels }) =>
        /sub-session/i.test(answer) && labels.includes('state:active') && !labels.includes('state:completed'),
    );
    for (const { number } of children) await complete(story, number);
    say.did('alice', 'completes the three, none of which makes code');
    await say.check(
      "the parent's card: 3 of 3 done",
      () => cardOf(alice, parent),
      (card) => /3 of 3 done/.test(card),
    );
    await complete(story, parent, 'all its parts are done');
    await say.check(
      'now the parent is completed',
      () => labelsOf(alice, parent),
      (labels) => labels.includes('state:completed'),
    );
  },
};

/** The steps before left every slot taken. */
async function clearTheBoard({ people: { alice }, say }: Story): Promise<void> {
  const open = async () => [...(await numbersWith(alice, 'state:planned')), ...(await numbersWith(alice, 'state:active'))];
  await say.check(
    'alice closes what is left of the burst, and every slot is free',
    async () => {
      const numbers = await open();
      for (const issue_number of numbers) {
        await alice.rest.issues.update({ ...SHOP, issue_number, state: 'closed', state_reason: 'not_planned' });
      }
      return numbers.length;
    },
    (left) => left === 0,
  );
}

async function complete({ people: { alice } }: Story, issue_number: number, why = 'nothing to merge here'): Promise<void> {
  await alice.rest.issues.createComment({ ...SHOP, issue_number, body: `/session complete --no-code ${why}` });
}

async function subIssues({ people: { alice } }: Story, parent: number): Promise<{ number: number; labels: string[] }[]> {
  const { data } = await alice.rest.issues.listSubIssues({ ...SHOP, issue_number: parent });
  return Promise.all(data.map(async ({ number }) => ({ number, labels: await labelsOf(alice, number) })));
}

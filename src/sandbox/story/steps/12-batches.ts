/** Step 12: a phase in batches runs by itself; one session fails in the third and is recovered alone (S1). */
import { openIssues } from '../hands.ts';
import { cardOf, labelsOf, marked, numbersWith } from '../looks.ts';
import { SHOP } from '../people.ts';
import type { Step, Story } from '../story.ts';

/** Each with the places of those that it needs. */
const PARTS: [title: string, ...needs: number[]][] = [
  ['Store vouchers in a table', 0],
  ['Log each use of a voucher', 0],
  ['Redeem a voucher at the checkout', 1],
  ['Rules for how vouchers add up', 1, 2],
  ['Endpoints for vouchers', 3],
  ['A page that lists vouchers', 4],
  ['A test of vouchers under load', 5, 6],
];
const PLAN = '<!-- playcaller:plan -->';
const RECOVERY = '<!-- playcaller:recovery -->';

export const batches: Step = {
  title: 'A phase of seven sub-issues in four batches: one session fails in the third and is recovered alone',
  async play(story) {
    const { alice, bob } = story.people;
    const { say } = story;
    const [parent = 0, one = 0, two = 0, three = 0, four = 0, failing = 0, page = 0, last = 0] = await phase(story);
    await comment(story, parent, '/session plan run');
    say.did('alice', `asks for the plan of #${parent}, and lets it run`);
    await say.check(
      'the plan: seven sub-issues in four batches, with a graph',
      async () => (await marked(alice, parent, PLAN))[0]?.body ?? '',
      (plan) => /7 sub-issues in 4 batches/.test(plan) && plan.includes('```mermaid'),
    );
    for (const [batch, numbers] of [
      [one, two],
      [three, four],
      [failing, page],
    ].entries()) {
      await active(story, `batch ${batch + 1} starts by itself`, numbers);
      if (batch < 2) await Promise.all(numbers.map((number) => complete(story, number)));
    }

    const error = ['/session fail kind=syntax it does not parse', '```', 'vouchers.ts:41 unexpected end of input', '```'];
    await bob.rest.issues.createComment({ ...SHOP, issue_number: failing, body: error.join('\n') });
    say.did('bob', `says that #${failing} failed, with the error`);
    await say.check(
      'its card shows it as failed, and its plan too; the last batch has not begun',
      async () => ({ card: await cardOf(alice, failing), plan: (await marked(alice, parent, PLAN))[0]?.body ?? '' }),
      ({ card, plan }) => /❌ failed/.test(card) && new RegExp(`\\| #${failing} .*failed`).test(plan),
    );
    await comment(story, parent, '/session recover');
    say.did('alice', `asks how to recover, on #${parent}`);
    await say.check(
      `the answer: only #${failing} again, five are kept; costs, checklist and prompt stand below`,
      async () => (await marked(alice, parent, RECOVERY)).map(({ body }) => body),
      ([text = '', ...more]) =>
        more.length === 0 &&
        text.includes(`Recovery of #${failing} · resume`) &&
        text.includes(`Kept as it is: #${one}, #${two}, #${three}, #${four}, #${page}.`) &&
        ['| Sessions run again | 1 | 6 | 5 |', '- [ ] ', 'vouchers.ts:41'].every((words) => text.includes(words)),
    );
    await Promise.all([failing, page].map((number) => complete(story, number)));
    say.did('alice', `completes #${failing}, mended, and #${page}`);
    await active(story, 'the last batch starts by itself', [last]);
    await complete(story, last);
    await say.check(
      'the plan is done: seven of seven',
      async () => (await marked(alice, parent, PLAN))[0]?.body ?? '',
      (plan) => /7 done/.test(plan),
    );
    await say.check(
      'and no session of it is left open',
      () => numbersWith(alice, 'state:active'),
      (numbers) => [one, two, three, four, failing, page, last].every((number) => !numbers.includes(number)),
    );
  },
};

/** The parent and its parts, in their order. */
async function phase({ people: { alice } }: Story): Promise<number[]> {
  const [parent = 0, ...subs] = await openIssues(alice, ['Vouchers, from the table to the page', ...PARTS.map(([part]) => part)]);
  for (const [at, [part, ...needs]] of PARTS.entries()) {
    const issue_number = subs[at] ?? 0;
    const links = needs.flatMap((need) => (need === 0 ? [] : [`Depends on #${subs[need - 1]}`]));
    const body = [`${part}.`, 'Estimate: 2h', ...links].join('\n');
    const { data } = await alice.rest.issues.update({ ...SHOP, issue_number, body });
    await alice.rest.issues.addSubIssue({ ...SHOP, issue_number: parent, sub_issue_id: data.id });
  }
  return [parent, ...subs];
}

async function active({ people: { alice }, say }: Story, what: string, numbers: number[]): Promise<void> {
  await say.check(
    `${what}: ${numbers.map((number) => `#${number}`).join(', ')}`,
    () => Promise.all(numbers.map((number) => labelsOf(alice, number))),
    (labels) => labels.every((names) => names.includes('state:active')),
  );
}

async function comment({ people: { alice } }: Story, issue_number: number, body: string): Promise<void> {
  await alice.rest.issues.createComment({ ...SHOP, issue_number, body });
}

async function complete(story: Story, number: number): Promise<void> {
  await comment(story, number, '/session complete --no-code nothing to merge here');
}

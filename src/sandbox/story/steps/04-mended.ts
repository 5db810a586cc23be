/** Step 4: title, description, diff and boxes mended; CI runs, then passes. */
import { commitFile, tickIn } from '../hands.ts';
import { cardOf, headOf, readiness, rowOf, wordsOf } from '../looks.ts';
import { SHOP } from '../people.ts';
import { need, type Step } from '../story.ts';

const CODE = `export function total(prices: number[], vouchers: number[]): number {
  const sum = prices.reduce((all, price) => all + price, 0);
  return Math.max(0, vouchers.reduce((left, voucher) => left - voucher, sum));
}
`;

const TEST = `import { expect, test } from 'vitest';
import { total } from '../src/vouchers.ts';

test('two vouchers both count', () => {
  expect(total([30], [10, 5])).toBe(15);
});

test('the total never drops below zero', () => {
  expect(total([5], [10])).toBe(0);
});
`;

const description = (issue: number) => `Closes #${issue}

## What and why
Every voucher of the basket is taken off, not only the first; the total stops at zero.

## Root cause
The loop returned after its first voucher.

## Risk
Low: one pure function with two callers.

## Testing
Two new tests, both failed before the fix.

## Rollout
With the next release, no migration.

## Rollback
Revert this commit.
`;

export const mended: Step = {
  title: 'Title, description and diff are mended; CI runs, then passes',
  async play({ people: { alice, bob, ci }, say, memory }) {
    const issue = need(memory.issue, 'issue');
    const branch = need(memory.branch, 'branch');
    const pull = need(memory.pull, 'pull request');
    await commitFile(bob, branch, 'src/vouchers.ts', CODE, 'fix(checkout): count every voucher');
    const sha = await commitFile(bob, branch, 'test/vouchers.test.ts', TEST, 'test(checkout): two vouchers in one basket');
    const run = await ci.rest.checks.create({ ...SHOP, name: 'ci / test', head_sha: sha, status: 'in_progress' });
    say.did('bob', 'takes the token out and adds a test; CI starts on the new head');
    const title = 'fix(checkout): count every voucher in the basket';
    await bob.rest.pulls.update({ ...SHOP, pull_number: pull, title, body: description(issue) });
    say.did('bob', `retitles it “${title}” and describes it`);
    const { data: subject } = await alice.rest.issues.get({ ...SHOP, issue_number: issue });
    await alice.rest.issues.update({ ...SHOP, issue_number: issue, body: tickIn(subject.body ?? '', 99).text });
    const comment = need(memory.playbookComment, 'playbook comment');
    const { data: playbook } = await alice.rest.issues.getComment({ ...SHOP, comment_id: comment });
    await alice.rest.issues.updateComment({ ...SHOP, comment_id: comment, body: tickIn(playbook.body ?? '', 99).text });
    say.did('alice', 'ticks the remaining steps, the success criteria and the acceptance criteria');

    const waiting = await say.check(
      'Playcaller / readiness waits on the new head: not completed, and not failed',
      async () => readiness(alice, await headOf(alice, pull)),
      (seen) => seen?.head_sha === sha && seen.status !== 'completed',
    );
    await say.check(
      'what it waits for is CI, and nothing else is left open',
      async () => wordsOf((await readiness(alice, sha)) ?? emptyRun),
      (words) => /wait/i.test(rowOf(words, /^\| *CI\b/).join(' ')) && !/❌|\bfail/.test(rows(words)),
    );
    await ci.rest.checks.update({ ...SHOP, check_run_id: run.data.id, status: 'completed', conclusion: 'success' });
    say.did('ci', 'reports success');
    await say.check(
      'Playcaller / readiness passes, in the same check run',
      () => readiness(alice, sha),
      (seen) => seen?.conclusion === 'success' && seen.id === waiting?.id,
    );
    await say.check(
      'the card says that only the merge is left',
      () => cardOf(alice, issue),
      (card) => /merge [^\n]*#\d+/i.test(card),
    );
  },
};

const emptyRun = { output: { title: null, summary: null, text: null } };

/** Rows of all tables, without the words around them. */
function rows(words: string): string {
  return words
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, 4).join('|'))
    .join('\n');
}

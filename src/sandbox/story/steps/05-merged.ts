/** Step 5: the merge completes the session. */
import { branches, commentsOf, labelsOf, numbersWith } from '../looks.ts';
import { SHOP } from '../people.ts';
import { need, type Step } from '../story.ts';

export const merged: Step = {
  title: 'Merged: the session is completed, with its record',
  async play({ people: { alice }, say, memory }) {
    const issue = need(memory.issue, 'issue');
    const pull = need(memory.pull, 'pull request');
    const branch = need(memory.branch, 'branch');
    const { data: before } = await alice.rest.pulls.get({ ...SHOP, pull_number: pull });
    await alice.rest.pulls.merge({ ...SHOP, pull_number: pull, merge_method: 'squash', sha: before.head.sha });
    say.did('alice', `merges #${pull} by squash; GitHub closes #${issue}`);

    await say.check(
      `#${issue} carries state:completed, and no other state`,
      () => labelsOf(alice, issue),
      (labels) => labels.filter((label) => label.startsWith('state:')).join() === 'state:completed',
    );
    await say.check(
      'its record is the closing comment: criteria, worklog, the merged change as a patch link',
      async () => (await commentsOf(alice, issue)).at(-1)?.body ?? '',
      (body) =>
        [
          'completed',
          'Two vouchers both count',
          'never drops below zero',
          'Worklog',
          `#${pull}`,
          '.patch',
          before.head.sha,
          before.base.sha,
        ].every((word) => body.includes(word)),
    );
    await say.check(
      'its slot is free: no session is active',
      () => numbersWith(alice, 'state:active'),
      (numbers) => numbers.length === 0,
    );
    await say.check(
      `the branch ${branch} is gone`,
      () => branches(alice, 'session/'),
      (names) => !(branch in names),
    );
    await say.check(
      `#${issue} is closed as completed`,
      async () => (await alice.rest.issues.get({ ...SHOP, issue_number: issue })).data,
      (seen) => seen.state === 'closed' && seen.state_reason === 'completed',
    );
  },
};

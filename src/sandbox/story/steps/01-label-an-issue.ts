/** Step 1: a label starts a session. */
import { tasksOf } from '../../page/markdown.ts';
import { label } from '../hands.ts';
import { branches, CARD, labelsOf, marked, PLAYBOOK } from '../looks.ts';
import { SHOP } from '../people.ts';
import type { Step } from '../story.ts';

const BODY = `Two vouchers in one basket: the second takes nothing off.

Steps: put a book in the basket, enter SPRING10, enter WELCOME5, look at the total.

## Acceptance criteria
- [ ] Two vouchers both count
- [ ] The total never drops below zero
`;

export const labelAnIssue: Step = {
  title: 'alice labels an issue, and a session starts',
  async play({ people: { alice }, say, memory }) {
    const title = 'Checkout total is wrong with two vouchers';
    const { data: issue } = await alice.rest.issues.create({ ...SHOP, title, body: BODY });
    const number = issue.number;
    memory.issue = number;
    say.did('alice', `opens #${number} “${title}”`);
    await label(alice, number, 'session:bug-fix');
    say.did('alice', `labels it session:bug-fix (${issue.html_url})`);

    await say.check(
      `#${number} carries session:bug-fix and state:active, and no other label`,
      () => labelsOf(alice, number),
      (labels) => labels.join() === 'session:bug-fix,state:active',
    );
    const main = (await branches(alice, 'main')).main;
    const made = await say.check(
      'one branch session/YYYY-MM-DD-<slug> starts at main',
      () => branches(alice, 'session/'),
      (seen) => Object.keys(seen).length === 1 && Object.entries(seen).every(([name, sha]) => isName(name) && sha === main),
    );
    memory.branch = Object.keys(made)[0];
    await say.check(
      'one card that names state, playbook and branch',
      () => marked(alice, number, CARD),
      (cards) =>
        cards.length === 1 &&
        cards.every(({ body }) => ['active', 'bug-fix', memory.branch ?? '?'].every((word) => body.includes(word))),
    );
    const playbooks = await say.check(
      'one playbook comment with a checklist, all boxes open',
      () => marked(alice, number, PLAYBOOK),
      (seen) =>
        seen.length === 1 &&
        tasksOf(seen[0]?.body ?? '').length > 5 &&
        tasksOf(seen[0]?.body ?? '').every((task) => !task.checked),
    );
    memory.playbookComment = playbooks[0]?.id;
  },
};

/** L5: at most 60 characters. */
function isName(name: string): boolean {
  return /^session\/\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name.length <= 60;
}

/** Step 10: an idea session: scored, ranked, one promoted; code is refused by the gate. */
import { commitFile, label, openIssues } from '../hands.ts';
import { headOf, labelsOf, marked, readiness, wordsOf } from '../looks.ts';
import { SHOP } from '../people.ts';
import type { Step } from '../story.ts';

const IDEAS = [
  'Guess the delivery day i=6 c=5 e=4 kind=feature lens=pain',
  'Keep search answers for an hour i=9 c=9 e=7 kind=core lens=data',
  'Sell the checkout to other shops i=8 c=3 e=2 kind=spin-off lens=business',
  'A cart that follows the customer i=7 c=6 e=6 kind=feature lens=competition',
];

export const ideas: Step = {
  title: 'An idea session: ideas are scored and ranked, and stay ideas',
  async play({ people: { alice, bob }, say }) {
    const [issue = 0] = await openIssues(alice, ['What could the shop do next?']);
    await label(alice, issue, 'session:idea-generation');
    const body = IDEAS.map((idea) => `/session idea ${idea}`).join('\n');
    await bob.rest.issues.createComment({ ...SHOP, issue_number: issue, body });
    say.did('bob', `notes ${IDEAS.length} ideas with their scores on #${issue}`);
    await say.check(
      'one ranking, best first: the cache leads with ICE 5.67, three go to the backlog, one to the incubator',
      () => marked(alice, issue, '<!-- playcaller:ideas -->'),
      (reports) => reports.length === 1 && ranked(reports[0]?.body ?? ''),
    );
    await alice.rest.issues.createComment({
      ...SHOP,
      issue_number: issue,
      body: '/session idea Too good to be true i=11 c=ten e=5',
    });
    await say.check(
      'scores that are none get one answer that says how to write them',
      async () => (await marked(alice, issue, '<!-- playcaller:reply')).at(-1)?.body ?? '',
      (reply) => reply.includes('1') && reply.includes('10'),
    );
    const main = await bob.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
    await bob.rest.git.createRef({ ...SHOP, ref: 'refs/heads/too-eager', sha: main.data.object.sha });
    await commitFile(bob, 'too-eager', 'src/cache.ts', 'export const hour = 3600;\n', 'feat: cache answers');
    const pull = await bob.rest.pulls.create({
      ...SHOP,
      head: 'too-eager',
      base: 'main',
      title: 'feat: cache',
      body: `Closes #${issue}`,
    });
    say.did('bob', `opens #${pull.data.number} with code for it`);
    await say.check(
      'the gate says that an idea session makes no code',
      async () => wordsOf((await readiness(alice, await headOf(alice, pull.data.number))) ?? EMPTY),
      (words) => /no code/i.test(words),
    );
    await bob.rest.pulls.update({ ...SHOP, pull_number: pull.data.number, state: 'closed' });
    await alice.rest.issues.createComment({
      ...SHOP,
      issue_number: issue,
      body: '/session complete --no-code the ranking is the result',
    });
    await say.check(
      'the session completes without code',
      () => labelsOf(alice, issue),
      (labels) => labels.includes('state:completed'),
    );
  },
};

const EMPTY = { output: { title: null, summary: null, text: null } };

function ranked(report: string): boolean {
  const at = (text: string) => report.indexOf(text);
  const backlog = report.slice(at('#### Backlog'), at('#### Incubator'));
  return (
    at('Keep search answers') < at('A cart that follows') &&
    backlog.includes('5.67') &&
    backlog.split('\n').filter((line) => /^\| \d/.test(line)).length === 3 &&
    report.slice(at('#### Incubator')).includes('Sell the checkout')
  );
}

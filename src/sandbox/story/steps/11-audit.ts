/** Step 11: an audit session: gaps with priorities; urgent ones become issues, once. */
import { label, openIssues } from '../hands.ts';
import { labelsOf, marked } from '../looks.ts';
import { SHOP } from '../people.ts';
import type { Step } from '../story.ts';

const gap = (priority: string, what: string, impact: string, effort: number) =>
  [
    '/session gap',
    'Current: orders are stored once',
    `Gap: ${what}`,
    'Risk: a day of orders is lost',
    `Impact: ${impact}`,
    'Mitigation: write it down and automate it',
    'Owner: platform',
    `Priority: ${priority}`,
    `Effort: ${effort}`,
  ].join('\n');

export const audit: Step = {
  title: 'An audit session: gaps are counted, the urgent ones become issues',
  async play({ people: { alice, bob }, say }) {
    const [issue = 0] = await openIssues(alice, ['How healthy is the order store?']);
    await label(alice, issue, 'session:quality-audit');
    await bob.rest.issues.createComment({ ...SHOP, issue_number: issue, body: gap('P0', 'there is no backup', 'high', 2) });
    await bob.rest.issues.createComment({
      ...SHOP,
      issue_number: issue,
      body: gap('P3', 'the runbook is a year old', 'high', 1),
    });
    await alice.rest.issues.createComment({
      ...SHOP,
      issue_number: issue,
      body: '/session gap\nGap: only half of it\nPriority: P9',
    });
    say.did('bob', `notes two gaps on #${issue}; alice notes half of one`);
    await say.check(
      'one report: two gaps, the urgent one first, the runbook as a quick win',
      () => marked(alice, issue, '<!-- playcaller:gaps -->'),
      (reports) =>
        reports.length === 1 && /Gaps: 2/.test(reports[0]?.body ?? '') && /Quick wins.*runbook/.test(reports[0]?.body ?? ''),
    );
    await say.check(
      'what is missing of the third is named in one answer',
      async () => (await marked(alice, issue, '<!-- playcaller:reply')).at(-1)?.body ?? '',
      (reply) => ['Current', 'Risk', 'Priority'].every((field) => reply.includes(field)),
    );
    await say.check(
      'the P0 gap is an issue of its own, once',
      async () => {
        const all = await alice.paginate(alice.rest.issues.listForRepo, { ...SHOP, state: 'all', per_page: 100 });
        return all.filter(({ title }) => title.includes('there is no backup')).map(({ number }) => number);
      },
      (numbers) => numbers.length === 1,
    );
    await alice.rest.issues.createComment({
      ...SHOP,
      issue_number: issue,
      body: '/session complete --no-code the report is the result',
    });
    await say.check(
      'the audit completes without code',
      () => labelsOf(alice, issue),
      (labels) => labels.includes('state:completed'),
    );
  },
};

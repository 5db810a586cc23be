/** Step 2: ticks reach the card, and none is lost while the bot writes. */
import { tasksOf } from '../../page/markdown.ts';
import { tickNext } from '../hands.ts';
import { cardOf } from '../looks.ts';
import { SHOP } from '../people.ts';
import { need, type Step } from '../story.ts';

const FAST_TICKS = 5;
const SLOW_MS = 1000;

export const tickSteps: Step = {
  title: 'She ticks steps, and the card follows',
  async play({ people: { alice, bob }, slow, say, memory }) {
    const issue = need(memory.issue, 'issue');
    const comment = need(memory.playbookComment, 'playbook comment');
    const body = async () => (await alice.rest.issues.getComment({ ...SHOP, comment_id: comment })).data.body ?? '';
    const all = tasksOf(await body()).length;

    await tickNext(alice, comment);
    say.did('alice', 'ticks the first step');
    await say.check('the card counts 1 step done', () => cardOf(alice, issue), counts(1));

    // A line that vanishes makes the bot write into this very comment; a slow GitHub lets that write land after the ticks.
    const text = await body();
    const lost = text.split('\n').findLast((line) => line.startsWith('- [ ]') && line.includes('<!-- step:')) ?? '';
    await slow(SLOW_MS);
    await bob.rest.issues.updateComment({ ...SHOP, comment_id: comment, body: text.replace(`${lost}\n`, '') });
    say.did('bob', `deletes a line of the playbook by accident: “${plain(lost)}”`);
    const ticked: string[] = [];
    for (let count = 0; count < FAST_TICKS; count += 1) ticked.push(...(await tickNext(alice, comment)));
    say.did('alice', `ticks ${FAST_TICKS} more while the bot's next write is on its way (GitHub is slow by ${SLOW_MS} ms)`);

    const wanted = 1 + FAST_TICKS;
    await say.check(
      `all ${wanted} ticks are in the playbook comment, and the lost line is back`,
      body,
      (now) =>
        tasksOf(now).length === all && ticked.every((line) => isTicked(now, line)) && now.includes(lost.replace('- [ ]', '')),
    );
    await say.check(`the card counts ${wanted} steps done`, () => cardOf(alice, issue), counts(wanted));
  },
};

function counts(done: number): (card: string) => boolean {
  return (card) => new RegExp(`\\b${done} of \\d+ steps`).test(card);
}

function isTicked(body: string, line: string): boolean {
  return tasksOf(body).some((task) => task.text === line && task.checked);
}

function plain(line: string): string {
  return line.replace(/^- \[.\] /, '').replace(/ *<!--.*-->/, '');
}

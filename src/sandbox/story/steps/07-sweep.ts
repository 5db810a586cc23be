/** Step 7: a sweep, and the same sweep again. */
import type { Octokit } from 'octokit';
import { commentsOf, numbersWith, type SeenComment } from '../looks.ts';
import { SHOP } from '../people.ts';
import type { Step, Story } from '../story.ts';

const MARKER = /^<!-- playcaller:sweep ([^ >]+) -->/;
const PARTS = ['STATUS:', 'ACTIONS PERFORMED:', 'NEXT ACTION:', 'IF PR CREATED:'];

export const sweep: Step = {
  title: 'A sweep is published; run again, it is the same comment, byte for byte',
  async play(story) {
    const { alice } = story.people;
    const { say } = story;
    const active = await numbersWith(alice, 'state:active');
    const on = active[0] ?? 1;
    // What still comes in would be told by the second sweep only.
    await idle(story);
    await askForSweep(story, on);
    const [tracker = 0] = await say.check(
      'one tracker issue carries the label playcaller',
      () => numbersWith(alice, 'playcaller'),
      (seen) => seen.length === 1,
    );
    await say.check(
      `#${tracker} has one sweep comment with its marker`,
      () => sweeps(alice, tracker),
      (seen) => seen.length === 1,
    );
    await idle(story);
    const first = await sweeps(alice, tracker);
    const body = first[0]?.body ?? '';
    const counted = ['Sessions observed:', 'capacity 15', 'reserve 1', `free slots needed ${Math.max(0, active.length - 14)}`];
    has(story, 'the plan counts sessions, capacity, reserve and the slots that are needed', body, [
      ...counted,
      `${active.length} active`,
    ]);
    has(story, 'it names blockers, cold categories and what to start next', body, ['Blockers', 'Cold categories', 'Backfill']);
    const updates = body.match(/=== SESSION UPDATE: .+ ===/g) ?? [];
    if (updates.length >= active.length && PARTS.every((part) => body.split(part).length > active.length))
      say.pass(`each of the ${active.length} active sessions has its update: ${PARTS.join(' ')}`);
    else say.fail(`${active.length} updates with all their parts`, `${updates.length} updates in:\n${body.slice(0, 3000)}`);

    has(story, 'and its actions are what really happened to it', body, ['a slot was free']);

    const { before, after } = await sweepAgain(story, on, tracker, first);
    if (after.length === 1 && after[0]?.id === before[0]?.id && after[0]?.body === before[0]?.body)
      say.pass('the second sweep left the same comment, byte for byte');
    else say.fail(`comment ${before[0]?.id} as it was`, firstDifference(before[0]?.body ?? '', after));
  },
};

/**
 * Sweeps once more. Should the UTC day have turned meanwhile, that was a new day's first sweep, rightly a comment of its
 * own: then once more again.
 * @returns the day's sweeps before the last one was asked for, and now
 */
async function sweepAgain(
  story: Story,
  on: number,
  tracker: number,
  before: SeenComment[],
): Promise<Record<'before' | 'after', SeenComment[]>> {
  await askForSweep(story, on);
  await idle(story);
  const after = await sweeps(story.people.alice, tracker);
  return dayOf(after) === dayOf(before) ? { before, after } : sweepAgain(story, on, tracker, after);
}

const dayOf = ([sweep]: SeenComment[]): string => MARKER.exec(sweep?.body ?? '')?.[1] ?? '';

/** Waits until the command is answered for: the rocket on the comment. */
async function askForSweep({ people: { alice }, say }: Story, on: number): Promise<void> {
  const { data } = await alice.rest.issues.createComment({ ...SHOP, issue_number: on, body: '/session sweep' });
  say.did('alice', `comments /session sweep on #${on}`);
  await say.check(
    'the command is done: a rocket on her comment',
    async () =>
      (await alice.rest.reactions.listForIssueComment({ ...SHOP, comment_id: data.id })).data.map((reaction) => reaction.content),
    (seen) => seen.join() === 'rocket',
  );
}

async function idle({ app, say }: Story): Promise<void> {
  await say.check(
    'Playcaller has nothing left to do',
    () => app.waiting(),
    (waiting) => waiting === 0,
  );
}

/** Of the newest day: one, if all is well. */
async function sweeps(as: Octokit, tracker: number): Promise<SeenComment[]> {
  const all = (await commentsOf(as, tracker)).filter((comment) => MARKER.test(comment.body));
  const newest = dayOf(all.slice(-1));
  return all.filter((comment) => dayOf([comment]) === newest);
}

function has({ say }: Story, what: string, body: string, words: string[]): void {
  const missing = words.filter((word) => !body.toLowerCase().includes(word.toLowerCase()));
  if (missing.length === 0) say.pass(what);
  else say.fail(what, `no ${missing.map((word) => `“${word}”`).join(', ')} in:\n${body.slice(0, 2000)}`);
}

function firstDifference(before: string, after: SeenComment[]): string {
  const now = after[0]?.body ?? '';
  const at = [...before].findIndex((char, index) => char !== now[index]);
  return `${after.length} sweep comments, ids ${after.map((one) => one.id).join()}; texts differ at ${at}: “${before.slice(at, at + 80)}” became “${now.slice(at, at + 80)}”`;
}

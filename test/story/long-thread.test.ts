/** A thread with 300 comments and 60 commands: one further event costs as little as the first, and nothing is done twice. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliveries, redeliver } from '../../src/sandbox/story/deliveries.ts';
import { label, openIssues, tickNext } from '../../src/sandbox/story/hands.ts';
import { cardOf, commentsOf, marked, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { emptyData, everything, rebuild } from './rebuild-process.ts';
import { type Stage, setStage } from './stage.ts';

const COMMENTS = 300;
const COMMANDS = 60;
let stage: Stage;
let issue = 0;

const say = (body: string) => stage.people.alice.rest.issues.createComment({ ...SHOP, issue_number: issue, body });

/** Four of five are talk; the commands are of several kinds. */
function words(at: number): string {
  if (at % (COMMENTS / COMMANDS) !== 0) return `Talk number ${at}`;
  if (at === COMMENTS / 2) return '/session persona dana';
  if (at % 3 === 0) return `/session accept Criterion ${at}`;
  return at % 2 === 0 ? `/session log Entry ${at}` : `/session types ${at}`;
}

beforeAll(async () => {
  stage = await setStage();
  const [first = 0, second = 0] = await openIssues(stage.people.alice, ['Makes the labels', 'A long story']);
  await label(stage.people.alice, first, 'session:bug-fix');
  await stage.settled();
  issue = second;
  await label(stage.people.alice, issue, 'session:bug-fix');
  await stage.settled();
  for (let at = 0; at < COMMENTS; at++) await say(words(at));
  await stage.settled();
}, 120_000);
afterAll(() => stage.close());

async function cost(act: () => Promise<unknown>): Promise<string[]> {
  await stage.settled();
  await stage.forget();
  await act();
  await stage.settled();
  return (await stage.calls()).map(({ what }) => what);
}

it('every command was done, once', async () => {
  const all = await commentsOf(stage.people.alice, issue);
  const commands = all.filter(({ body }) => body.startsWith('/session'));
  expect(commands).toHaveLength(COMMANDS);
  const reactions = await Promise.all(
    commands.map(
      async ({ id }) => (await stage.people.alice.rest.reactions.listForIssueComment({ ...SHOP, comment_id: id })).data,
    ),
  );
  expect(reactions.map((given) => given.map(({ content }) => content))).toEqual(commands.map(() => ['rocket']));
  const accepted = commands.filter(({ body }) => body.includes('accept')).length;
  expect(await cardOf(stage.people.alice, issue)).toContain(`0 of ${accepted} met`);
  const types = commands.filter(({ body }) => body.includes('types')).length;
  expect(all.filter(({ login, body }) => login === 'playcaller[bot]' && body.includes('| Type'))).toHaveLength(types);
});

it('one more tick costs at most two calls, and so does one more command', async () => {
  const { alice } = stage.people;
  const [playbook] = await marked(alice, issue, PLAYBOOK);
  expect((await cost(() => tickNext(alice, playbook?.id ?? 0))).length).toBeLessThanOrEqual(2);
  expect((await cost(() => say('/session log One more'))).length).toBeLessThanOrEqual(2);
  expect(await cost(() => say('Talk'))).toEqual([]);
  expect(await cardOf(alice, issue)).toContain('One more');
});

it('deliveries that come again, and comments that are edited, do nothing', async () => {
  const { alice, app } = stage.people;
  const before = await everything(alice, [issue]);
  const old = (await deliveries(app)).filter(({ event }) => event === 'issue_comment').slice(-120);
  await redeliver(app, old);
  const [command] = (await commentsOf(alice, issue)).filter(({ body }) => body.startsWith('/session types'));
  await alice.rest.issues.updateComment({ ...SHOP, comment_id: command?.id ?? 0, body: `${command?.body}\n\nThank you!` });
  await stage.settled();
  expect(await everything(alice, [issue])).toEqual(before);
});

it('an emptied ledger is made again from it', async () => {
  const { alice } = stage.people;
  const before = await everything(alice, [issue]);
  await stage.settled();
  await stage.app.kill();
  emptyData(stage);
  await stage.forget();
  expect(await rebuild(stage.app.settings.env, 'acme/shop')).toMatchObject({ code: 0, err: '' });
  expect((await stage.calls()).length).toBeLessThanOrEqual(8);
  await stage.app.start();
  await stage.settled();
  expect(await everything(alice, [issue])).toEqual(before);
});

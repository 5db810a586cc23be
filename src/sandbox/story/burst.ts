/** Much at once, from several people: the weather in which the app is killed. */
import { commitFile, label, openIssues, tickNext } from './hands.ts';
import { branches, cardOf, marked, numbersWith, PLAYBOOK } from './looks.ts';
import { SHOP } from './people.ts';
import type { Story } from './story.ts';

export interface Burst {
  /** Labelled while the app lived or died. */
  fresh: number[];
  closed: number[];
  pull: number;
  /** Issue on which steps were ticked, and how many. */
  ticked: { issue: number; count: number };
  /** Resolves when everybody is done, whatever became of the app; what happens last finds it dead. */
  finish(): Promise<void>;
}

const TITLES = [
  'Receipts are cut off',
  'Refund mail has no amount',
  'Two tabs, two baskets',
  'The map shows the wrong shop',
  'Tax is rounded twice',
  'Favourites vanish at night',
];
const CLOSED = 3;
const TICKS = 3;

/** Begins it and returns while it goes on. */
export async function startBurst({ people: { alice, bob }, say }: Story): Promise<Burst> {
  const active = await normalSessions(alice);
  const [withPull = 0, withTicks = 0, ...others] = active;
  const closed = others.slice(0, CLOSED);
  const branch = await branchOf(alice, withPull);
  await commitFile(bob, branch, 'docs/notes.md', '# Notes\n', 'docs: notes');
  const fresh = await openIssues(alice, TITLES);
  const playbook = (await marked(alice, withTicks, PLAYBOOK))[0]?.id ?? 0;
  say.did(
    'everybody',
    `labels ${fresh.length} issues, closes ${closed.length}, ticks ${TICKS} steps and opens a pull request, at once`,
  );
  const opened = bob.rest.pulls.create({
    ...SHOP,
    head: branch,
    base: 'main',
    title: 'docs: notes',
    body: `Closes #${withPull}`,
  });
  const running = Promise.all([
    opened,
    ...fresh.slice(0, -1).map((number) => label(alice, number, 'session:bug-fix')),
    ...closed.map((number) => bob.rest.issues.update({ ...SHOP, issue_number: number, state: 'closed' })),
    tickNext(alice, playbook, TICKS),
  ]);
  const burst: Burst = {
    fresh,
    closed,
    pull: 0,
    ticked: { issue: withTicks, count: TICKS },
    async finish() {
      await running;
      burst.pull = (await opened).data.number;
      await label(alice, fresh.at(-1) ?? 0, 'session:bug-fix');
      await commitFile(bob, branch, 'docs/notes.md', '# Notes\n\nMore of them.\n', 'docs: more notes');
    },
  };
  return burst;
}

/** Active sessions outside the fast lane. */
async function normalSessions(alice: Story['people']['alice']): Promise<number[]> {
  const fast = new Set(await numbersWith(alice, 'fast-lane'));
  return (await numbersWith(alice, 'state:active')).filter((number) => !fast.has(number));
}

/** The session's branch, as its card names it. */
async function branchOf(alice: Story['people']['alice'], issue: number): Promise<string> {
  const card = await cardOf(alice, issue);
  const name = Object.keys(await branches(alice, 'session/')).find((candidate) => card.includes(candidate));
  if (name === undefined) throw new Error(`the card of #${issue} names no branch that exists`);
  return name;
}

/** What people do in the story of 35 days, day by day; the first is Monday, 2 March 2026. */
import { commitFile } from '../../src/sandbox/story/hands.ts';
import { headOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import type { MonthStage } from './month-stage.ts';
import type { Team } from './month-team.ts';

export const START = '2026-03-02T05:00:00Z';
export const DAYS = 35;
/** The app is down from the evening before the first to the evening of the last. */
export const DOWN = { first: 18, last: 19 };

const CONFIG = `version: 1
capacity: 6
reserve: 1
categories: [Security, Data Integrity, Golden Path, CI Stability, UX]
sweep:
  schedule: '0 7 * * *'
  timezone: Europe/Berlin
  act:
    start: act
    refill: act
    governance: act
    scheduler: act
    hardening: act
    retrospective: act
    deflake: act
    rescue: act
    unblocker: act
`;

type NewIssue = [title: string, category: string | null, ...labels: string[]];

const BACKLOG: NewIssue[] = [
  ['Rotate the signing keys', 'security', 'backlog:active'],
  ['Limit the tries of a login', 'security', 'backlog:active', 'bug'],
  ['Expire old sign-ins', 'security', 'backlog:reserve'],
  ['Check totals on import', 'data-integrity', 'backlog:active', 'bug'],
  ['Repair orphaned rows', 'data-integrity', 'backlog:reserve'],
  ['Count every item once', 'golden-path', 'backlog:active', 'bug'],
  ['Show the basket on every page', 'golden-path', 'backlog:active'],
  ['Pay in two clicks', 'golden-path', 'backlog:reserve'],
  ['Cache what the builds download', 'ci-stability', 'backlog:active'],
  ['Split the slow suite', 'ci-stability', 'backlog:reserve'],
  ['Raise the contrast of buttons', 'ux', 'backlog:active'],
  ['Refund a voucher', 'golden-path', 'backlog:reserve', 'bug'],
];

export interface Story {
  month: MonthStage;
  team: Team;
  /** Numbers of issues by title. */
  numbers: Map<string, number>;
  /** Days that are over. */
  played: number;
}

export function numberOf({ numbers }: Story, title: string): number {
  const number = numbers.get(title);
  if (number === undefined) throw new Error(`there is no issue "${title}"`);
  return number;
}

export async function begin(story: Story): Promise<void> {
  await commitFile(story.month.people.alice, 'main', '.github/playcaller.yml', CONFIG, 'chore: configure the sweep');
  await openAll(story, BACKLOG);
  await story.month.known();
}

async function openAll({ month, numbers }: Story, issues: readonly NewIssue[]): Promise<void> {
  for (const [title, category, ...more] of issues) {
    const labels = [...(category === null ? [] : [`category:${category}`]), ...more];
    const { data } = await month.people.alice.rest.issues.create({ ...SHOP, title, labels });
    numbers.set(title, data.number);
  }
}

async function say({ month }: Story, issue: number, body: string): Promise<void> {
  await month.people.bob.rest.issues.createComment({ ...SHOP, issue_number: issue, body });
}

/** Those that are free to work on, in a category. */
async function activeIn({ month, team }: Story, category: string): Promise<number[]> {
  const free = new Set(await team.active());
  const open = await month.store.ledger.openSessions('acme/shop', 'all');
  return open.filter((session) => free.has(session.number) && session.category === category).map(({ number }) => number);
}

/** At 10:00, before the day's work. */
export const MORNING: Record<number, (story: Story) => Promise<unknown>> = {
  // Nobody takes it up: its category goes cold.
  1: async (story) => story.team.left.add(numberOf(story, 'Check totals on import')),
  // Whoever merged it forgets what comes after.
  5: async (story) => story.team.left.add(numberOf(story, 'Rotate the signing keys')),
  8: async (story) => {
    story.team.left.delete(numberOf(story, 'Check totals on import'));
    await say(story, numberOf(story, 'Show the basket on every page'), '/session block waits for the new icons on @carol');
  },
  // Its 48 hours were over on Saturday.
  9: (story) => story.team.tickAfterMerge(numberOf(story, 'Rotate the signing keys')),
  10: async (story) => {
    await openAll(story, [
      ['Hide what is sold out', 'ux', 'backlog:active'],
      ['Warn of a stale price', 'data-integrity', 'backlog:active', 'bug'],
      ['Name the slow builds', 'ci-stability', 'backlog:active'],
      ['Encrypt the backups', 'security', 'backlog:active', 'fast-lane'],
      ['Repair the stock after a crash', 'data-integrity', 'backlog:active', 'fast-lane', 'bug'],
    ]);
  },
  15: async (story) => {
    await openAll(story, [['The staging cluster is down', null]]);
    const waits = `cannot be tried out on #${numberOf(story, 'The staging cluster is down')}`;
    const [first, second] = [(await activeIn(story, 'Golden Path'))[0], (await activeIn(story, 'CI Stability'))[0]];
    if (first === undefined || second === undefined) throw new Error('two sessions are under way');
    story.numbers.set('blocked 1', first).set('blocked 2', second);
    await say(story, first, `/session block ${waits}`);
    await say(story, second, `/session block ${waits}`);
  },
  20: (story) =>
    openAll(story, [
      ['Sort the list of orders', 'ux', 'backlog:reserve'],
      ['Log who changed a price', 'security', 'backlog:reserve'],
      ['Sum the taxes once', 'data-integrity', 'backlog:active', 'bug'],
      ['Show the day of delivery', 'golden-path', 'backlog:active'],
      ['Keep the filter after a reload', 'ux', 'backlog:active', 'bug'],
      ['Retry a payment that broke off', 'golden-path', 'backlog:active', 'fast-lane', 'bug'],
    ]),
  31: async (story) => story.team.left.clear(),
};

/** Days with an incident. */
export const INCIDENTS = [9, 16];

/** At 15:00, after the day's work. */
export const AFTERNOON: Record<number, (story: Story) => Promise<unknown>> = {
  11: (story) => say(story, numberOf(story, 'Show the basket on every page'), '/session unblock'),
  9: (story) => openAll(story, [['Checkout answers 500', 'golden-path', 'incident']]),
  16: (story) => openAll(story, [['Rollout of the new basket lost the discounts', 'golden-path', 'incident']]),
  22: async (story) => {
    for (const name of ['blocked 1', 'blocked 2']) await say(story, numberOf(story, name), '/session unblock');
  },
  24: async (story) => {
    const { month, team } = story;
    const stalled = numberOf(story, 'Sum the taxes once');
    const head = await headOf(month.people.alice, team.pullOf(stalled));
    await team.check(head, 'e2e', 'failure');
    await month.settled();
    await team.check(head, 'e2e', 'success');
    // Whoever saw it fail lets it lie.
    team.left.add(stalled);
  },
};

/** Plays the days of the story and keeps a diary: each morning's comment, cycle and sessions. */
import { expect } from 'vitest';
import type { Cycle } from '../../src/model/board-facts.ts';
import type { Session } from '../../src/model/session.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { AFTERNOON, DOWN, INCIDENTS, MORNING, type Story } from './month-script.ts';

const REPO = 'acme/shop';
const ALL = 100;

export interface Morning {
  day: number;
  cycle: Cycle;
  comment: string;
  /** Planned and active. */
  open: Session[];
  /** Numbers of the issues that sweeps opened so far, by key. */
  duties: Map<string, number>;
}

export type Diary = Map<number, Morning>;

export const dateOf = (day: number): string => new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10);

/** 07:00 in Berlin, where summer time begins on the 28th day. */
export const slotOf = (day: number): string => `${dateOf(day)}T${day < 28 ? '06' : '05'}:00:00Z`;

const isWorkday = (day: number): boolean => ![0, 6].includes(day % 7);

export async function playDay(story: Story, diary: Diary, day: number): Promise<void> {
  const { month } = story;
  if (day !== story.played + 1) throw new Error('the day before went wrong');
  const isDown = day >= DOWN.first && day <= DOWN.last;
  await month.goTo(slotOf(day));
  if (!isDown) await wakeUp(story, diary, day);
  await work(story, day);
  if (day === DOWN.first - 1) await month.stopApp();
  if (day === DOWN.last) {
    await month.goTo(`${dateOf(day)}T20:00:00Z`);
    await month.startApp();
    await wakeUp(story, diary, day);
  }
  story.played = day;
}

/** The sweep comes by itself. */
async function wakeUp(story: Story, diary: Diary, day: number): Promise<void> {
  const { month } = story;
  await month.swept(slotOf(day));
  const morning = await read(story, diary, day);
  diary.set(day, morning);
  await golden(nameOf(day), morning.comment);
}

const nameOf = (day: number): string => `day-${String(day).padStart(2, '0')}`;

async function golden(name: string, comment: string): Promise<void> {
  await expect(`${comment}\n`).toMatchFileSnapshot(`./month/${name}.md`);
}

async function read({ month }: Story, diary: Diary, day: number): Promise<Morning> {
  const { ledger } = month.store;
  const [cycle] = await ledger.cycles(REPO, 1);
  if (!cycle) throw new Error('there is no cycle');
  const known = [...(diary.values().toArray().at(-1)?.duties ?? [])];
  const made = await ledger.artefacts(REPO, 0, 'duty:');
  const titles = await month.people.alice.rest.issues.listForRepo({ ...SHOP, state: 'all', per_page: ALL });
  const byId = new Map(titles.data.map(({ node_id, number }) => [node_id, number]));
  const duties = [...made].map(([role, id]) => [role.slice('duty:'.length), byId.get(id) ?? 0] as const);
  const open = await ledger.openSessions(REPO, 'all');
  return { day, cycle, comment: await commentOf(month, dateOf(day)), open, duties: new Map([...known, ...duties]) };
}

/** The comment of a day; there is never more than one. */
export async function commentOf({ people: { alice } }: Story['month'], date: string): Promise<string> {
  const trackers = await alice.rest.issues.listForRepo({ ...SHOP, labels: 'playcaller', state: 'all' });
  expect(trackers.data).toHaveLength(1);
  const tracker = trackers.data[0]?.number ?? 0;
  const comments = await alice.rest.issues.listComments({ ...SHOP, issue_number: tracker, per_page: ALL });
  const found = comments.data.filter(({ body }) => body?.startsWith(`<!-- playcaller:sweep ${date} -->`));
  expect(found).toHaveLength(1);
  return found[0]?.body ?? '';
}

async function work(story: Story, day: number): Promise<void> {
  const { month, team } = story;
  await month.goTo(`${dateOf(day)}T10:00:00Z`);
  await MORNING[day]?.(story);
  await month.settled();
  if (isWorkday(day)) await team.day();
  await month.settled();
  if (!AFTERNOON[day]) return;
  await month.goTo(`${dateOf(day)}T15:00:00Z`);
  await AFTERNOON[day]?.(story);
  await month.settled();
  // An incident is swept at once, into the comment of the day.
  if (INCIDENTS.includes(day)) await golden(`${nameOf(day)}-incident`, await commentOf(month, dateOf(day)));
}

/** Number of the cycle that opened this duty. */
export function cyclesUntil(diary: Diary, key: string): number | undefined {
  return diary.values().find(({ duties }) => duties.has(key))?.cycle.number;
}

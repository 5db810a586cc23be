/** The story of 35 days: a team, its backlog and a sweep each morning, in the time of the sandbox's clock (W1–W12). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelsOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { cyclesUntil, type Diary, dateOf, type Morning, playDay } from './month-diary.ts';
import { begin, DAYS, DOWN, numberOf, START, type Story } from './month-script.ts';
import { setMonth } from './month-stage.ts';
import { gatherTeam } from './month-team.ts';

/** Longer than any other: a busy machine may take its time. */
const WEEK_MS = 120_000;

let story: Story;
const diary: Diary = new Map();
beforeAll(async () => {
  const month = await setMonth(START);
  story = { month, team: gatherTeam(month), numbers: new Map(), played: 0 };
  await begin(story);
});
afterAll(() => story.month.close());

/** What each morning says, compared with its golden file: to be read as a lead would at 07:00. */
describe('the comments', () => {
  it.each([1, 2, 3, 4, 5])(
    'week %i',
    async (week) => {
      for (let day = 7 * week - 6; day <= Math.min(DAYS, 7 * week); day++) await playDay(story, diary, day);
    },
    WEEK_MS,
  );
});

const on = (day: number): Morning => {
  const morning = diary.get(day);
  if (!morning) throw new Error(`there was no sweep on day ${day}`);
  return morning;
};
const all = () => [...diary.values()];
const seen = (day: number) => on(day).cycle.seen;
const isOpen = (day: number, number: number, state = 'active') =>
  on(day).open.some((session) => session.number === number && session.state === state);
const lineOf = (day: number, text: string) =>
  on(day)
    .comment.split('\n')
    .find((line) => line.includes(text)) ?? '';
const dutiesOf = (kind: string) => [...on(DAYS).duties].filter(([key]) => key.startsWith(`${kind}:`));

describe('what they show', () => {
  it('one cycle for each day that the app was up: two days away are made up once', () => {
    expect(all().map(({ cycle }) => cycle.number)).toEqual(all().map((_, index) => index + 1));
    expect(all()).toHaveLength(DAYS - (DOWN.last - DOWN.first));
    expect(diary.has(DOWN.first)).toBe(false);
    expect(on(DOWN.last).cycle.day).toBe(dateOf(DOWN.last));
    expect(new Set(all().map(({ cycle }) => cycle.day)).size).toBe(diary.size);
  });

  it('what happened while it was away is healed', async () => {
    const { alice } = story.month.people;
    const { data } = await alice.rest.pulls.list({ ...SHOP, state: 'open', per_page: 100 });
    for (const pull of data) {
      const runs = await alice.rest.checks.listForRef({ ...SHOP, ref: pull.head.sha, check_name: 'Playcaller / readiness' });
      expect(runs.data.check_runs.map(({ status }) => status)).toEqual(['completed']);
    }
    expect(story.month.warnings).toEqual([]);
  });

  it('capacity is never exceeded', () => {
    for (const { day, open } of all()) {
      const working = open.filter(({ state, blocked }) => state === 'active' && !blocked);
      expect(working.length, `day ${day}`).toBeLessThanOrEqual(6);
      expect(working.filter(({ fastLane }) => !fastLane).length, `day ${day}`).toBeLessThanOrEqual(5);
    }
  });

  it('rotation: from the most urgent category on, and every category has its turn', () => {
    const category = new Map(all().flatMap(({ open }) => open.map((session) => [session.number, session.category])));
    expect(seen(1)?.started.map((number) => category.get(number))).toEqual([
      'Security',
      'Data Integrity',
      'Golden Path',
      'CI Stability',
      'UX',
    ]);
    const started = new Set(all().flatMap(({ cycle }) => cycle.seen?.started ?? []));
    const turns = Map.groupBy(started, (number) => category.get(number) ?? 'none');
    for (const name of ['Security', 'Data Integrity', 'Golden Path', 'CI Stability', 'UX'])
      expect(turns.get(name)?.length, name).toBeGreaterThanOrEqual(3);
  });

  it('a category gone cold is pulled before its turn', () => {
    expect(on(5).comment).toContain('**Cold categories:** Data Integrity\n');
    expect(lineOf(5, 'Repair orphaned rows')).toContain('its category is cold');
    // Its turn would have been Security's, which had one waiting.
    expect(isOpen(5, numberOf(story, 'Expire old sign-ins'))).toBe(false);
    expect(isOpen(5, numberOf(story, 'Repair orphaned rows'))).toBe(true);
  });

  it('governance each 12 cycles, the scheduler each 30, each once', async () => {
    expect(dutiesOf('governance').map(([key]) => key)).toEqual(['governance:12', 'governance:24']);
    expect(dutiesOf('scheduler').map(([key]) => key)).toEqual(['scheduler:30']);
    const { data } = await story.month.people.alice.rest.issues.listForRepo({ ...SHOP, state: 'all', per_page: 100 });
    const titles = data.filter(({ title, pull_request }) => !pull_request && /governance|scheduler/i.test(title));
    expect(titles).toHaveLength(3);
    for (const [key, due] of [...dutiesOf('governance'), ...dutiesOf('scheduler')].map(([key]) => [key, key.split(':')[1]]))
      expect(cyclesUntil(diary, String(key)), key).toBe(Number(due));
  });

  it('an incident: its hardening begins within two cycles', () => {
    const key = `hardening:#${numberOf(story, 'Checkout answers 500')}`;
    const number = on(DAYS).duties.get(key) ?? 0;
    expect(on(10).duties.get(key)).toBe(number);
    expect(isOpen(11, number)).toBe(true);
  });

  it('a rollout incident: hardening and a retrospective in the next cycle', () => {
    const incident = numberOf(story, 'Rollout of the new basket lost the discounts');
    for (const kind of ['hardening', 'retrospective'])
      expect(isOpen(17, on(DAYS).duties.get(`${kind}:#${incident}`) ?? 0), kind).toBe(true);
  });

  it('a blocker: new on the first morning, escalated to its owner on the second, gone once it is', () => {
    const blocked = 'waits for the new icons';
    expect(lineOf(9, `${blocked} · on carol`)).toMatch(/· new$/);
    expect(lineOf(10, `${blocked} · on carol`)).toContain('2 cycles → **escalated to carol**');
    expect(on(10).comment).toMatch(/\*\*Now:\*\*.* ask carol about \[#\d+\]/);
    expect(on(12).comment).toContain('**Blockers:** none');
  });

  it('two blocked by the same: an unblocker, once', () => {
    const cluster = numberOf(story, 'The staging cluster is down');
    const [[key, number] = ['', 0], ...more] = dutiesOf('unblocker');
    expect([key, more]).toEqual([`unblocker:#${cluster}:16`, []]);
    expect(isOpen(16, number)).toBe(true);
    expect(lineOf(19, 'escalated')).toContain(`finish #${cluster} first`);
  });

  it('who stalls at the end of its way is rescued, one session, and never over a weekend', () => {
    const stalled = numberOf(story, 'Sum the taxes once');
    expect(dutiesOf('rescue')).toEqual([[`rescue:#${stalled}`, expect.any(Number)]]);
    expect(cyclesUntil(diary, `rescue:#${stalled}`)).toBe(on(27).cycle.number);
  });

  it('a 48-hour list: asked for, named overdue, ticked', () => {
    const rotated = `[#${numberOf(story, 'Rotate the signing keys')}]`;
    const isList = (line: string) => line.includes(rotated) && line.includes(', merged ');
    const list = (day: number) => on(day).comment.split('\n').find(isList);
    expect(list(5)).not.toContain('overdue');
    expect(list(7)).toContain('**overdue**');
    expect(on(7).comment).toMatch(/\*\*Now:\*\*.*finish the checks after merging/);
    expect(list(10)).toBeUndefined();
  });

  it('the reserve moves up on Mondays', async () => {
    for (const title of ['Sort the list of orders', 'Log who changed a price']) {
      expect(on(21).comment).not.toContain(title);
      expect(lineOf(22, title), title).toContain('moved up from the reserve');
    }
    const labels = await labelsOf(story.month.people.alice, numberOf(story, 'Log who changed a price'));
    expect(labels.filter((name) => name.startsWith('backlog:'))).toEqual([]);
  });

  it('the fast lane goes round', () => {
    const served = all()
      .map(({ cycle }) => cycle.seen?.fastLane ?? null)
      .filter((name) => name !== null);
    expect(served.filter((name, index) => name !== served[index - 1])).toEqual(['Security', 'Data Integrity', 'Golden Path']);
  });

  it('a check that passed and failed on one commit: a deflake session within two cycles', () => {
    const number = on(DAYS).duties.get('deflake:e2e:24') ?? 0;
    expect(seen(25)?.metrics?.flaky).toEqual(['e2e']);
    expect(on(25).comment).toContain('passed and failed on one commit');
    expect(isOpen(27, number)).toBe(true);
  });

  it('summer time: the sweep stays at seven', () => {
    expect(on(27).cycle.startedAt.slice(11, 16)).toBe('06:00');
    expect(on(28).cycle.startedAt.slice(11, 16)).toBe('05:00');
  });

  it('a clock that goes back sweeps no second time', async () => {
    const { month } = story;
    const before = await month.store.ledger.cycles('acme/shop', 60);
    await month.goTo(`${dateOf(DAYS - 1)}T04:30:00Z`);
    await month.goTo(`${dateOf(DAYS)}T05:00:00Z`);
    await month.swept(`${dateOf(DAYS)}T05:00:00Z`);
    expect(await month.store.ledger.cycles('acme/shop', 60)).toEqual(before);
  });
});

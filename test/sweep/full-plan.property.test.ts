/** The whole plan on boards that nobody thought of: within capacity, each thing once, the same for the same facts. */

import { describe, expect, test } from 'vitest';
import { fullPlan } from '../../src/decide/sweep/full-plan.ts';
import { seenOf } from '../../src/decide/sweep/seen.ts';
import { viewSweep } from '../../src/decide/sweep/sweep-view.ts';
import type { BoardFacts } from '../../src/model/board-facts.ts';
import { categoryKey } from '../../src/model/category.ts';
import { similarTitles } from '../../src/model/similar.ts';
import { SimilarIndex } from '../../src/model/similar-index.ts';
import fc from '../properties.ts';
import { acting, atCycle, configured, cycle, incidentIssue, waitingBoard, waitingIssue } from './backlog-fixtures.ts';
import { boardSession, CATEGORIES, logged, session } from './fixtures.ts';

const category = fc.constantFrom(...CATEGORIES, 'ux', 'golden-path', 'Zoo', '@all -->', null);
const day = (most: number) =>
  fc.integer({ min: -2, max: most }).map((days) => new Date(Date.UTC(2026, 11, 1 - days, 6)).toISOString());
const title = fc
  .array(fc.constantFrom('fix', 'the', 'till', 'basket', 'slow', '1', '2'), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(' '));

const ledgerSession = fc
  .record({
    number: fc.integer({ min: 1, max: 60 }),
    state: fc.constantFrom('planned', 'active', 'completed', 'abandoned'),
    category,
    title,
    fastLane: fc.boolean(),
    blocked: fc.boolean(),
    plannedAt: day(10),
    moved: fc.boolean(),
  })
  .map(({ number, state, moved, plannedAt, ...some }) => {
    const startedAt = state === 'planned' ? null : plannedAt;
    const one = boardSession(session(number, state, { ...some, plannedAt, startedAt }));
    return moved ? { ...one, since: [logged(number, 'bob', 'pushed')] } : one;
  });

const issue = fc
  .record({
    number: fc.integer({ min: 40, max: 140 }),
    category,
    title,
    list: fc.constantFrom('active', 'reserve'),
    labels: fc.subarray(['fast-lane', 'blocked', 'bug', 'session:feature']),
    createdAt: day(200),
    updatedAt: day(200),
    pulls: fc.subarray([7, 9]),
  })
  .map(({ number, category, labels, ...some }) => waitingIssue(number, category, some, labels));

const board: fc.Arbitrary<BoardFacts> = fc
  .record({
    sessions: fc.uniqueArray(ledgerSession, { selector: (one) => one.ledger.session.number, maxLength: 30 }),
    backlog: fc.array(issue, { maxLength: 40 }),
    incidents: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
    duties: fc.uniqueArray(fc.constantFrom('governance:12', 'hardening:#3', 'scheduler:30'), { maxLength: 3 }),
    capacity: fc.integer({ min: -1, max: 12 }),
    reserve: fc.integer({ min: 0, max: 5 }),
    number: fc.integer({ min: 1, max: 65 }),
    seen: fc.array(category, { maxLength: 5 }),
    acts: fc.boolean(),
  })
  .map(({ sessions, backlog, incidents, duties, capacity, reserve, number, seen, acts }) => {
    const own = sessions.map(({ ledger }) => ledger.session);
    const queue = own.filter((one) => one.state === 'planned' && !one.blocked).map((one) => one.number);
    const facts = waitingBoard(backlog, {
      sessions,
      slots: { active: 0, activeFastLane: 0, queue },
      openPulls: [{ number: 9, judged: true, waiting: false }],
      incidents: incidents.map((one) => incidentIssue(one)),
      duties: duties.map((key, at) => ({ key, number: 200 + at, url: '', state: at % 2 ? 'open' : 'closed' })),
    });
    const kept = { categories: seen.filter((name) => name !== null), started: own.map((one) => one.number) };
    const limited = configured(atCycle(number, facts, [cycle(number - 1, kept)]), { capacity, reserve });
    return acts ? acting(limited) : limited;
  });

const holds = (property: (facts: BoardFacts) => void) => fc.assert(fc.property(board, property), { numRuns: 300 });
const unique = (values: unknown[]) => expect(new Set(values).size).toBe(values.length);

describe('the plan', () => {
  test('never starts more than there is room for, and the reserve is the fast lane’s', () => {
    holds((facts) => {
      const { starts } = fullPlan(facts);
      const { capacity, reserve } = facts.repo.config;
      const active = facts.sessions.map(({ ledger }) => ledger.session).filter((one) => one.state === 'active' && !one.blocked);
      const ordinary = active.filter((one) => !one.fastLane).length;
      expect(starts.length).toBeLessThanOrEqual(Math.max(0, capacity - active.length));
      const inLane = starts.filter(({ why }) => why === 'fast-lane');
      expect(starts.length - inLane.length).toBeLessThanOrEqual(Math.max(0, capacity - reserve - ordinary));
      expect(inLane.length).toBeLessThanOrEqual(reserve);
      expect(inLane.every(({ fastLane }) => fastLane)).toBe(true);
    });
  });

  test('names each issue and each key once, and nothing that carries a session', () => {
    holds((facts) => {
      const { starts, refills, obsolete, duties } = fullPlan(facts);
      const numbers = [...starts, ...refills, ...obsolete].map((one) => one.issue.number);
      unique(numbers);
      unique(duties.map(({ key }) => key));
      const carried = new Set(facts.sessions.map(({ ledger }) => ledger.session.number));
      expect(numbers.filter((number) => carried.has(number))).toEqual([]);
      for (const { issue } of [...starts, ...refills])
        expect(issue.labels.map(({ name }) => name)).not.toContain('session:feature');
    });
  });

  test('counts planned sessions as observed, but not as open', () => {
    holds((facts) => {
      const { observed, open } = fullPlan(facts);
      const { active, waiting, archived } = viewSweep(facts);
      expect([observed, open]).toEqual([active.length + waiting.length + archived.length, active.length]);
    });
  });

  test('loses no category and names none twice', () => {
    holds((facts) => {
      const { rotation, coldCategories, backfill } = fullPlan(facts);
      for (const names of [rotation, coldCategories, backfill]) unique(names.map(categoryKey));
      const keys = rotation.map(categoryKey);
      const open = facts.sessions.filter(({ ledger }) => ['planned', 'active'].includes(ledger.session.state));
      const used = [...open.map(({ ledger }) => ledger.session.category), ...(facts.backlog ?? []).map((one) => one.category)];
      for (const name of [...CATEGORIES, ...used]) if (name !== null) expect(keys).toContain(categoryKey(name));
      expect(rotation.slice(0, coldCategories.length)).toEqual(coldCategories);
    });
  });

  test('is the same for the same facts in another order', () => {
    fc.assert(
      fc.property(board, fc.infiniteStream(fc.nat()), (facts, random) => {
        const shuffled = <T>(list: readonly T[]): T[] => {
          const ranks = new Map(list.map((one) => [one, random.next().value as number]));
          return list.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
        };
        // Of two rows with one number GitHub would have to contradict itself.
        const backlog = [...new Map((facts.backlog ?? []).map((one) => [one.number, one])).values()];
        const first = { ...facts, backlog };
        const other = {
          ...first,
          sessions: shuffled(facts.sessions),
          backlog: shuffled(backlog),
          incidents: shuffled(facts.incidents ?? []),
        };
        expect(fullPlan(other)).toEqual(fullPlan(first));
        expect(viewSweep(other)).toEqual(viewSweep(first));
        expect(seenOf(viewSweep(other), fullPlan(other))).toEqual(seenOf(viewSweep(first), fullPlan(first)));
      }),
      { numRuns: 200 },
    );
  });

  test('opens nothing twice when the sweep of the next day looks again', () => {
    holds((facts) => {
      const today = acting(facts);
      const plan = fullPlan(today);
      const seen = seenOf(viewSweep(today), plan);
      const tomorrow = atCycle(today.cycle.number + 1, today, [{ ...today.cycle, seen }, ...(today.history ?? [])]);
      const opened = plan.duties.filter(({ issue }) => issue === null).map(({ key }) => key);
      const again = fullPlan(tomorrow).duties.filter(({ issue }) => issue === null);
      expect(again.filter(({ key }) => opened.includes(key))).toEqual([]);
    });
  });
});

test('the index finds what comparing each with each finds', () => {
  const titles = fc.array(title, { maxLength: 25 });
  fc.assert(
    fc.property(titles, title, (known, wanted) => {
      const index = new SimilarIndex();
      for (const [at, text] of known.entries()) index.add(text, at);
      const at = known.findIndex((text) => similarTitles(text, wanted));
      expect(index.find(wanted)).toBe(at < 0 ? null : at);
    }),
    { numRuns: 2000 },
  );
});

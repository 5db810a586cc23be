/** What holds for the plan of any file, as data and as text (W13). */

import { expect, test } from 'vitest';
import { planFile } from '../../src/decide/sweep/plan-file.ts';
import { categoryKey } from '../../src/model/category.ts';
import type { SweepSession } from '../../src/model/plan.ts';
import { cleanText } from '../../src/render/markdown.ts';
import { columnsOf } from '../../src/render/sweep/columns.ts';
import { planText } from '../../src/render/sweep/plan-text.ts';
import fc from '../properties.ts';
import { CATEGORIES } from './fixtures.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.lorem({ maxCount: 30 }),
  fc.constantFrom('\u001b[2J', '支払い 修正', '\n\r\t'),
);
const anySession: fc.Arbitrary<SweepSession> = fc.record({
  name: anyText,
  status: fc.constantFrom('pr-ready', 'pr-open', 'needs-more-work', 'archived'),
  category: fc.option(fc.oneof(fc.constantFrom(...CATEGORIES, 'Docs', 'docs', 'Plattform'), anyText)),
  remainingSteps: fc.nat(),
  blocked: fc.boolean(),
  blocker: fc.option(anyText),
  ageDays: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
});
const anyFile = fc.uniqueArray(anySession, { selector: ({ name }) => name });
const anyLimits = fc
  .record({ capacity: fc.integer({ min: 1, max: 20 }), reserve: fc.nat({ max: 19 }) })
  .filter(({ capacity, reserve }) => reserve < capacity)
  .map((limits) => ({ ...limits, categories: CATEGORIES }));

test('every session is counted: open or archived, blocked or not, in a category, in none or in an unlisted one', () => {
  fc.assert(
    fc.property(anyFile, anyLimits, (sessions, limits) => {
      const plan = planFile(sessions, limits);
      const open = sessions.filter(({ status }) => status !== 'archived');
      expect([plan.observed, plan.open + plan.archived]).toEqual([sessions.length, sessions.length]);
      expect(plan.freeSlotsNeeded).toBe(Math.max(0, open.length - (limits.capacity - limits.reserve)));
      expect(plan.shipOrder.map(({ rank }) => rank)).toEqual(open.map((_, index) => index + 1));
      expect(plan.blockers.map(({ name }) => name)).toEqual(
        plan.shipOrder.slice(plan.shipOrder.length - plan.blockers.length).map(({ name }) => name),
      );
      expect(plan.blockers).toHaveLength(open.filter(({ blocked }) => blocked).length);
      const listed = open.filter(({ category }) =>
        CATEGORIES.some((one) => category && categoryKey(one) === categoryKey(category)),
      );
      const unlisted = plan.unlistedCategories.reduce((sum, { sessions: count }) => sum + count, 0);
      expect(listed.length + unlisted + plan.withoutCategory).toBe(open.length);
    }),
  );
});

test('the order of the file does not matter', () => {
  const shuffled = anyFile.chain((sessions) =>
    fc.tuple(fc.constant(sessions), fc.shuffledSubarray(sessions, { minLength: sessions.length })),
  );
  fc.assert(
    fc.property(shuffled, anyLimits, ([sessions, others], limits) => {
      expect(JSON.stringify(planFile(others, limits))).toBe(JSON.stringify(planFile(sessions, limits)));
    }),
  );
});

test('the text keeps its lines, whatever people write', () => {
  fc.assert(
    fc.property(anyFile, anyLimits, (sessions, limits) => {
      const plan = planFile(sessions, limits);
      const text = planText(plan);
      expect(text).not.toMatch(/[^\P{C}\n\p{Cn}]/u);
      const lines = text.split('\n');
      expect(lines.filter((line) => line.startsWith('Sessions observed: '))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith('Free slots needed: '))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith('Close/ship in this order:'))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith('Backfill queue: '))).toHaveLength(1);
      const ranked = lines.filter((line) => /^ +\d+\. /.test(line)).map((line) => line.trim());
      for (const { rank, name } of plan.shipOrder) {
        expect(ranked.some((line) => line.startsWith(`${rank}. ${cleanText(name, 90)}`.trim()))).toBe(true);
      }
      // A single word may be longer than a line.
      for (const line of lines) expect(columnsOf(line) <= 100 || / {2}\S+$|- \S+|: \S+$/.test(line)).toBe(true);
    }),
  );
});

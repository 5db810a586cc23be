/** What holds for every plan, whatever the sessions (W3). */

import { expect, test } from 'vitest';
import { codePointOrder } from '../../src/decide/sweep/code-point-order.ts';
import { planSweep } from '../../src/decide/sweep/plan.ts';
import type { SweepSession } from '../../src/model/plan.ts';
import fc from '../properties.ts';
import { CATEGORIES } from './fixtures.ts';

const anySession: fc.Arbitrary<SweepSession> = fc.record({
  name: fc.string({ unit: 'grapheme' }),
  status: fc.constantFrom('pr-ready', 'pr-open', 'needs-more-work', 'archived'),
  category: fc.option(fc.constantFrom(...CATEGORIES, 'elsewhere')),
  remainingSteps: fc.nat({ max: 5 }),
  blocked: fc.boolean(),
  blocker: fc.option(fc.string()),
  ageDays: fc.option(fc.nat({ max: 5 })),
});
const anyBoard = fc.uniqueArray(anySession, { selector: ({ name }) => name });
const LIMITS = { capacity: 15, reserve: 1, categories: CATEGORIES };

/** The rule in other words: a tuple, compared from left to right. */
function key({ status, blocked, remainingSteps, ageDays, name }: SweepSession): [number, number, number, number[]] {
  const group = blocked ? 3 : ['pr-ready', 'pr-open', 'needs-more-work'].indexOf(status);
  const points = Array.from(name, (char) => char.codePointAt(0) ?? 0);
  return [group, group === 2 ? remainingSteps : 0, ageDays === null ? 1 : -1 - ageDays, points];
}

function before(a: SweepSession, b: SweepSession): boolean {
  const left = key(a).flat();
  const right = key(b).flat();
  const at = left.findIndex((value, index) => value !== right[index]);
  return at < 0 ? left.length <= right.length : (left[at] ?? 0) < (right[at] ?? -1);
}

test('each open session is ranked once, in order', () => {
  fc.assert(
    fc.property(anyBoard, (sessions) => {
      const open = sessions.filter(({ status }) => status !== 'archived');
      const plan = planSweep(sessions, LIMITS);
      const ranked = plan.shipOrder.map(({ name }) => open.find((one) => one.name === name));
      expect(new Set(plan.shipOrder.map(({ name }) => name))).toEqual(new Set(open.map(({ name }) => name)));
      for (const [index, session] of ranked.slice(1).entries()) {
        const earlier = ranked[index];
        expect(earlier && session && before(earlier, session)).toBe(true);
      }
    }),
  );
});

test('the order of the input does not matter, and the input stays as it was', () => {
  fc.assert(
    fc.property(anyBoard, (sessions) => {
      const copy = structuredClone(sessions);
      const plan = planSweep(sessions, LIMITS);
      expect(sessions).toEqual(copy);
      expect(planSweep(sessions.toReversed(), LIMITS)).toEqual(plan);
    }),
  );
});

test('cold categories and backfill name what nothing open covers, in rotation order', () => {
  fc.assert(
    fc.property(anyBoard, fc.subarray(CATEGORIES), (sessions, recentlyMoved) => {
      const plan = planSweep(sessions, { ...LIMITS, recentlyMoved });
      const uncovered = CATEGORIES.filter((name) => !sessions.some((one) => one.status !== 'archived' && one.category === name));
      expect(plan.coldCategories).toEqual(uncovered.filter((name) => !recentlyMoved.includes(name)));
      expect(plan.backfill.toSorted()).toEqual(uncovered.toSorted());
      expect(plan.backfill.slice(0, plan.coldCategories.length)).toEqual(plan.coldCategories);
    }),
  );
});

test('code-point order is that of the code points', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const byBytes = Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
      expect(Math.sign(codePointOrder(a, b))).toBe(byBytes);
    }),
  );
});

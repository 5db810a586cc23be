import { expect, test } from 'vitest';
import { createRush } from '../../src/intake/rush.ts';

/** Webhooks `everyMs` apart, `count` of them, each answered at once; a rush right after the last one, and `laterMs` after it? */
function after(count: number, everyMs: number, laterMs: number): [boolean, boolean] {
  let now = 1_000;
  const rush = createRush(() => now);
  for (let index = 0; index < count; index++) {
    if (index > 0) now += everyMs;
    rush.came();
    rush.answered();
  }
  const atOnce = rush.isOn();
  now += laterMs;
  return [atOnce, rush.isOn()];
}

test.each([
  ['none at all', 0, 0, 0, [false, false]],
  ['a few in one moment', 7, 0, 0, [false, false]],
  ['eight in one moment, and nothing after them', 8, 0, 9, [true, false]],
  ['thousands a second, and a breath of 5 ms', 500, 0.3, 5, [true, true]],
  ['two hundred a second', 500, 5, 0, [false, false]],
])('%s', (_, count, everyMs, laterMs, expected) => {
  expect(after(count, everyMs, laterMs)).toEqual(expected);
});

test('four that are not answered yet, however slowly they came', () => {
  let now = 1_000;
  const rush = createRush(() => now);
  const seen = [1, 2, 3, 4].map(() => {
    now += 100;
    rush.came();
    return rush.isOn();
  });
  expect(seen).toEqual([false, false, false, true]);
  rush.answered();
  expect(rush.isOn()).toBe(false);
});

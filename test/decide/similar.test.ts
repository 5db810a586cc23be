import { describe, expect, it } from 'vitest';
import { similarTitles } from '../../src/model/similar.ts';

describe('the same work, by title (L3)', () => {
  it.each([
    ['Cart total is wrong', 'cart total is WRONG!'],
    ['🚀🔥', '🚀🔥'],
    ['Crème brûlée', 'Creme brulee'],
    ['Fix', 'fix'],
    ['Fix the cart total when coupons apply', 'Fix the cart total when coupons applied'],
    ['The cart\u200B total', 'The cart total'],
    ['購物車總額錯誤', '購物車總額錯誤'],
    ['Retry webhook 3 times after a timeout', 'retry webhook 3 times after timeout a'],
  ])('%j and %j are', (one, other) => {
    expect(similarTitles(one, other)).toBe(true);
    expect(similarTitles(other, one)).toBe(true);
  });

  it.each([
    ['Issue 3', 'Issue 4'],
    ['Broken link on page 7', 'Broken link on page 8'],
    ['Broken link in the footer of the long customer page 7', 'Broken link in the footer of the long customer page 8'],
    ['🚀', '🔥'],
    ['🚀', 'Rocket'],
    ['Add login', 'Add logout'],
    ['Add tests', 'Add tests for the cart'],
    ['Support Node v22 in the whole build and release chain', 'Support Node v24 in the whole build and release chain'],
    ['購物車總額錯誤', '購物車總額'],
  ])('%j and %j are not', (one, other) => {
    expect(similarTitles(one, other)).toBe(false);
    expect(similarTitles(other, one)).toBe(false);
  });

  it('sixteen issues that differ by a number are sixteen pieces of work', () => {
    const titles = Array.from({ length: 16 }, (_, at) => `Broken link on page ${at + 1}`);
    for (const one of titles) for (const other of titles) expect(similarTitles(one, other)).toBe(one === other);
  });
});

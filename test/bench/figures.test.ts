/** The bench's pure parts: percentiles, steadiness, reading metrics, the page. */
import { describe, expect, test } from 'vitest';
import type { Figure } from '../../bench/figure.ts';
import { isMet, percentile, round, toTable } from '../../bench/figure.ts';
import { page } from '../../bench/page.ts';
import { readMetrics } from '../../bench/scrape.ts';
import { slope, steadiness, thirds } from '../../bench/steadiness.ts';

const fast: Figure = { name: 'fast | quick', value: 1234.56, unit: '/s', goal: { is: 'at least', value: 300 } };
const slow: Figure = { name: 'slow', value: 2.345, unit: 's', goal: { is: 'at most', value: 2 } };
const told: Figure = { name: 'told', value: 0, unit: '', goal: null };
const line = (of: (at: number) => number, count = 30) =>
  Array.from({ length: count }, (_, index) => ({ at: index * 5, value: of(index * 5) }));

describe('figures', () => {
  test('percentiles are of the sorted values, and the list stays as it was', () => {
    const values = [5, 1, 4, 2, 3];
    expect([0, 0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 3, 5, 5]);
    expect(values).toEqual([5, 1, 4, 2, 3]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('a goal is met at its very value, and never by what is no number', () => {
    expect(isMet({ ...slow, value: 2 })).toBe(true);
    expect(isMet({ ...fast, value: 300 })).toBe(true);
    expect(isMet({ ...slow, value: Number.NaN })).toBe(false);
    expect(isMet(told)).toBe(true);
  });

  test('the table says which goal is missed', () => {
    expect(toTable([slow, told]).split('\n').at(2)).toMatch(/^slow\s+2\.3[45] s\s+at most 2\s+MISSED$/);
    expect([round(1234.56), round(2.345678), round(0)]).toEqual([1235, 2.35, 0]);
  });
});

describe('steadiness', () => {
  test('the slope of a line is its own, and of one moment none', () => {
    expect(slope(line((at) => 100 + 0.25 * at))).toBeCloseTo(0.25, 10);
    expect(slope(line(() => 7))).toBe(0);
    expect(slope([{ at: 3, value: 9 }])).toBe(0);
  });

  test('each moment is in one third', () => {
    const samples = line((at) => at);
    expect(thirds(samples).flat()).toEqual(samples);
    expect(thirds(samples).map((part) => part.length)).toEqual([10, 10, 10]);
  });

  test('what grows to the end is seen, what only warms up is not', () => {
    const leak = steadiness(line((at) => 100 + at));
    expect(leak.growth).toBeGreaterThan(1.2);
    expect(leak.perHour).toBeCloseTo(3600, 5);
    const warm = steadiness(line((at) => (at < 40 ? at : 150)));
    expect(warm).toEqual({ growth: 1, perHour: 0, median: 150, above: 0 });
  });

  test('a peak is told, and moves no median', () => {
    expect(steadiness(line((at) => (at === 100 ? 190 : 150)))).toMatchObject({ growth: 1, above: 40 });
  });
});

test('metrics are summed over their labels; what is not there is 0', () => {
  const text = [
    '# HELP a_total Things {like} this 5',
    'a_total{kind="one",more="x y"} 2',
    'a_total{kind="two"} 3.5',
    'b_bytes 1.5e+8',
    'a_total_more 9',
    '',
  ].join('\n');
  const { sum } = readMetrics(text);
  expect([sum('a_total'), sum('b_bytes'), sum('none')]).toEqual([5.5, 1.5e8, 0]);
});

describe('the page', () => {
  const machine = { cores: 2, processor: 'Fast One', gibibytes: 7.77, system: 'linux x64', node: 'v24.0.0', load: 0.2 };
  const parts = [{ name: 'speed', about: 'How fast.', figures: [fast, slow, told], seconds: 12.34 }];
  const text = page(machine, new Date('2026-11-21T23:00:00Z'), parts);

  test('tells machine, date, goals, and how to measure again', () => {
    expect(text).toContain('Measured on 2026-11-21 by `npm run bench`: **1 of 2 goals met**.');
    expect(text).toContain('Machine: 2 cores (Fast One), 7.77 GiB, linux x64, Node v24.0.0. Load when it began: 0.2.');
    expect(text).toContain('npm run bench -- --all --markdown');
  });

  test('holds every figure with its goal and whether it was met', () => {
    expect(text).toContain('| fast \\| quick | 1235 /s | at least 300 | met |');
    expect(text).toContain('| slow | 2.35 s | at most 2 | **missed** |');
    expect(text).toContain('| told | 0 |  |  |');
  });

  test('a busy machine is said to be one', () => {
    expect(page({ ...machine, load: 5 }, new Date(0), parts)).toContain('other work was running');
    expect(text).not.toContain('other work was running');
  });
});

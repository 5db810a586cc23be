/** What descriptions say of a plan: estimates, links, files (B1). */
import { describe, expect, it } from 'vitest';
import { readLines, taskList } from '../../src/gather/plan/read-lines.ts';

const REPO = 'acme/shop';
const read = (body: string) => readLines(body, REPO);

describe('estimates', () => {
  it.each([
    ['Estimate: 3h', 3],
    ['estimate: 3 hours', 3],
    ['**Estimate:** 0.5d', 4],
    ['- Estimate: 1 day', 8],
    ['Estimate: 90 min', 1.5],
    ['Estimate: 2', 2],
    ['Estimate: 1,5h', 1.5],
    ['Estimate: ~2h', 2],
    ['Estimate: -3h', null],
    ['Estimate: 0h', null],
    ['Estimate: soon', null],
    ['Estimate: 99999d', null],
    ['Estimate:', null],
    ['My estimate: 3h', null],
    ['```\nEstimate: 3h\n```', null],
    ['<!-- Estimate: 3h -->', null],
    ['> Estimate: 3h', null],
  ])('%j → %j', (body, hours) => expect(read(body).estimate).toBe(hours));
});

describe('links', () => {
  const links = (body: string) => read(body).links.map(({ link, repo, number }) => `${link} ${repo ?? ''}#${number}`);

  it.each([
    ['Depends on #3', ['hard #3']],
    ['Depends on: #3, #4 and #5', ['hard #3', 'hard #4', 'hard #5']],
    ['- **After:** #7', ['soft #7']],
    ['after https://github.com/acme/shop/issues/8', ['soft #8']],
    ['Depends on ACME/Shop#9', ['hard #9']],
    ['Depends on acme/other#9', ['hard acme/other#9']],
    ['Depends on #0', []],
    ['Depends on #3abc', []],
    ['It depends on #3', []],
    ['~~~\nAfter #1\n~~~\nAfter #2', ['soft #2']],
    ['<!-- Depends on #1', []],
    ['Depends on: none', []],
  ])('%j', (body, expected) => expect(links(body)).toEqual(expected));

  it('a line that says none is an answer', () => {
    expect(read('Depends on: none').saysNone).toBe(true);
    expect(read('Depends on #1').saysNone).toBe(false);
    expect(read('').saysNone).toBe(false);
  });

  it('are bounded, whatever the length and the marks', () => {
    expect(read(`Depends on ${'#7 '.repeat(20_000)}`).links).toHaveLength(50);
    expect(read('<!--'.repeat(16_000)).links).toEqual([]);
    expect(read('`a/'.repeat(20_000)).files.length).toBeLessThanOrEqual(50);
    expect(read(`Estimate: ${' '.repeat(60_000)}x`).estimate).toBeNull();
  });
});

it('a task list tells an order; each number once', () => {
  expect(taskList('- [ ] #3\n- [x] first #2 then #9\n1. [ ] #3\n- #4\n- [ ] acme/other#5', REPO)).toEqual([3, 2]);
});

it('files are those in code with a folder or an ending', () => {
  expect(read('Touches `src/a.ts`, `README.md`, `./x`, `npm run x`, `a-word`').files).toEqual(['src/a.ts', 'README.md', 'x']);
});

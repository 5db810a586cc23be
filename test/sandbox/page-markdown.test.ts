/** The pages' Markdown: as GitHub shows it, harmless, with boxes that can be ticked. */
import { describe, expect, test } from 'vitest';
import { markdown, setTask, tasksOf } from '../../src/sandbox/page/markdown.ts';

const show = (source: string, tasks = false) => String(markdown(source, { repo: 'acme/shop', breaks: true, tasks }));

describe('what is shown', () => {
  test('tables, links to issues, line breaks, folded parts', () => {
    const html = show(
      'a\nb #12\n\n| x | y |\n|--|--|\n| 1 | 2 |\n\n<details><summary>More</summary>\n\n- [ ] inside\n\n</details>',
    );
    expect(html).toContain('a<br>');
    expect(html).toContain('<a href="/acme/shop/issues/12">#12</a>');
    expect(html).toContain('<td>2</td>');
    expect(html).toContain('<details><summary>More</summary>');
    expect(html).toContain('inside');
  });

  test('HTML comments are invisible', () => {
    expect(show('<!-- playcaller:card -->\nvisible <!-- step:a -->')).not.toContain('playcaller:card');
    expect(show('visible <!-- step:a -->')).not.toContain('step:a');
  });

  test.each([
    ['a script', '<script>alert(1)</script>', '<script'],
    ['a handler', '<a href="/x" onclick="alert(1)">y</a>', 'onclick'],
    ['a script link', '[x](javascript:alert(1))', 'javascript:'],
    ['a style', '<p style="position:fixed">x</p>', 'style='],
    ['a frame', '<iframe src="https://example.org"></iframe>', '<iframe'],
    ['a remote picture', '![seen](https://example.org/pixel.png)', '<img'],
    ['a form', '<form action="/-/user"><button>x</button></form>', '<form'],
  ])('%s does not get through', (_name, source, forbidden) => {
    expect(show(source)).not.toContain(forbidden);
  });
});

describe('task lists', () => {
  const source =
    '- [ ] one\n- [x] two\n  - [ ] three\n\n```\n- [ ] no box\n```\n<!--\n- [ ] hidden\n-->\n- [ ] four <!-- step:d -->\n';

  test('boxes in code and in HTML comments are none', () => {
    expect(tasksOf(source).map((task) => [task.text, task.checked])).toEqual([
      ['one', false],
      ['two', true],
      ['three', false],
      ['four <!-- step:d -->', false],
    ]);
  });

  test('only that box changes', () => {
    expect(setTask(source, 2, 'three', true)).toBe(source.replace('[ ] three', '[x] three'));
    expect(setTask(source, 1, 'two', false)).toBe(source.replace('[x] two', '[ ] two'));
  });

  test('a line that has moved is found by its text, one that is gone is not', () => {
    expect(setTask(source, 0, 'four <!-- step:d -->', true)).toBe(source.replace('[ ] four', '[x] four'));
    expect(setTask(source, 0, 'five', true)).toBeNull();
  });

  test('boxes can be clicked and carry their number, also after a box written as HTML', () => {
    const html = show('<input type="checkbox" checked> raw\n\n- [ ] real', true);
    expect(html).toMatch(/<input[^>]*data-task="0"[^>]*>/);
    expect(html.match(/data-task="0" data-text="real" aria-label/g)).toHaveLength(1);
  });

  test('where nothing can be ticked, boxes are disabled', () => {
    expect(show('- [ ] x')).toMatch(/<input type="checkbox" disabled>/);
  });
});

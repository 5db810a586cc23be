/** Users' text in the bot's Markdown shows the same letters and does nothing (A9). */
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../src/decide/markdown.ts';
import { cleanText, code, link, quoteText, sizeOf, table, truncateMarkdown } from '../../src/render/markdown.ts';

const HOSTILE = [
  'hello @mallory and @acme/admins',
  'closes #12, fixes acme/shop#3, resolves GH-7',
  'see https://github.com/acme/shop/issues/1 and www.example.com or a@example.com',
  '<!-- playcaller:card --> <script>alert(1)</script> <img src=x onerror=y>',
  '&lt;b&gt; &amp; &#64;mallory &commat;mallory',
  '**bold** _em_ `code` ~~gone~~ $x^2$ snake_case __init__',
  '[click](https://evil.example) ![x](https://evil.example/p.png) [^1] [ref]: http://x',
  '# heading',
  '- [ ] task',
  '1. first',
  '> quote',
  '+ plus',
  '=====',
  '```js',
  '~~~',
  'a | b \\| c \\\\| d',
  '\\',
  '`` ` ``',
  '| --- | --- |',
  'line one\n\n## line two\r\n- [x] done',
  '<https://evil.example>',
  '\\@mallory \\#12',
];

const SPACE = '\u200B';

function nodes(tree: Nodes): Nodes[] {
  return [tree, ...('children' in tree ? tree.children.flatMap(nodes) : [])];
}

function textOf(tree: Nodes): string {
  return nodes(tree)
    .map((node) => (node.type === 'text' || node.type === 'inlineCode' ? node.value : ''))
    .join('')
    .replaceAll(SPACE, '');
}

function types(tree: Nodes): string[] {
  return [...new Set(nodes(tree).map((node) => node.type))].sort();
}

describe('quoteText', () => {
  it.each(HOSTILE)('shows %j as plain letters in a paragraph, a list and a table', (text) => {
    const quoted = quoteText(text);
    const paragraph = parseMarkdown(quoted);
    expect(textOf(paragraph)).toBe(cleanText(text));
    expect(types(paragraph)).toEqual(['paragraph', 'root', 'text']);
    const list = parseMarkdown(`- ${quoted}\n- after`);
    expect(types(list)).toEqual(['list', 'listItem', 'paragraph', 'root', 'text']);
    expect(nodes(list).filter((node) => node.type === 'listItem')).toHaveLength(2);
    const cells = parseMarkdown(
      table([
        ['a', 'b'],
        [quoted, 'end'],
      ]),
    );
    expect(types(cells)).toEqual(['root', 'table', 'tableCell', 'tableRow', 'text']);
    expect(
      nodes(cells)
        .filter((node) => node.type === 'tableCell')
        .map(textOf),
    ).toEqual(['a', 'b', cleanText(text), 'end']);
  });

  it.each(HOSTILE)('leaves nothing in %j that GitHub would link, notify or close by', (text) => {
    const source = quoteText(text);
    expect(source).not.toMatch(/@[\w-]/);
    expect(source).not.toMatch(/#\d/);
    expect(source).not.toMatch(/GH-\d/i);
    expect(source).not.toMatch(/:\/\/|www\./);
    expect(source).not.toContain('<');
    expect(source).not.toMatch(/[\r\n]/);
  });

  it('removes what cannot be seen and what turns the text around', () => {
    const text = `a${'\u202E'}b${'\u2066'}c${'\u200B'}d${'\u0000'}e${'\u{E0041}'}f${'\uFEFF'}g${'\u3164'}h${'\u2028'}i${'\u009B'}j`;
    expect(quoteText(text)).toBe('abcdefgh ij');
  });

  it('cuts by characters, not through one, and says so', () => {
    expect(quoteText('👩‍🚀'.repeat(50), 5)).toBe('👩🚀👩🚀…');
    expect(quoteText('abc', 3)).toBe('abc');
    expect(sizeOf(quoteText('x@'.repeat(40_000), 100))).toBeLessThan(1000);
  });

  it('reads well where nothing needs care', () => {
    expect(quoteText('fix(cart): keep snake_case, 100% of it (really)!')).toBe(
      'fix(cart): keep snake_case, 100% of it (really)!',
    );
  });
});

describe('code', () => {
  it.each([...HOSTILE, 'src/a|b.ts', 'packages/@scope/x'])('shows %j as it is, in and outside of a table', (text) => {
    const cell = parseMarkdown(
      table([
        ['a', 'b'],
        [code(text), 'end'],
      ]),
    );
    expect(nodes(cell).filter((node) => node.type === 'tableCell')).toHaveLength(4);
    expect(
      nodes(cell)
        .filter((node) => node.type === 'tableCell')
        .map(textOf)[2],
    ).toBe(cleanText(text));
    expect(code(text)).not.toContain('<!--');
    expect(types(cell).filter((type) => type === 'link' || type === 'image')).toEqual([]);
  });
});

describe('link', () => {
  it('links the web only and cannot be left', () => {
    expect(link('build', 'https://ci.example/a b?x=(1)|2')).toBe('[build](https://ci.example/a%20b?x=%281%29%7C2)');
    expect(link('build', 'javascript:alert(1)')).toBe('build');
    expect(link('build', null)).toBe('build');
    expect(textOf(parseMarkdown(link('a](https://evil.example)', 'https://ci.example/')))).toBe('a](https://evil.example)');
  });
});

describe('truncateMarkdown', () => {
  it('keeps whole lines and counts what went', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index} äöü`);
    const text = truncateMarkdown(lines, 300);
    expect(sizeOf(text)).toBeLessThanOrEqual(300);
    const kept = text.split('\n').filter((line) => line.startsWith('line')).length;
    expect(text).toContain(`_${100 - kept} more lines were left out`);
    expect(text).toContain(`line ${kept - 1} äöü\n`);
    expect(truncateMarkdown(['a', 'b'], 10)).toBe('a\nb');
  });
});

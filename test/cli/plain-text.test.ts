/** Markdown as a terminal shows it. */
import { describe, expect, it } from 'vitest';
import { plainText, wrap } from '../../src/cli/plain-text.ts';
import { code, link, quoteText } from '../../src/render/markdown.ts';

describe('plainText', () => {
  it.each([
    ['one<br>two', 'one\ntwo'],
    ['`a` and **b** and _c_', '`a` and b and c'],
    ['[issue 12](https://x.example/12)', 'issue 12 (https://x.example/12)'],
    ['<code>a&lt;b</code>', 'a<b'],
    ['', ''],
  ])('%j', (markdown, plain) => expect(plainText(markdown)).toBe(plain));

  it.each(['@alice closes #3', 'a_b *c* [d] <e> |', '1. x', '# y', 'http://x.example', 'a < b > c'])(
    'gives back %j as it was',
    (text) => {
      expect(plainText(`“${quoteText(text)}”`)).toBe(`“${text}”`);
      expect(plainText(code(text)).replaceAll('`', '')).toBe(text);
    },
  );

  it('never lets a terminal be steered', () => {
    const hostile = '\u001b[31mred\u001b]0;x\u0007 \u202Eback';
    expect(plainText(`${quoteText(hostile)} ${code(hostile)} ${link(hostile, null)}`)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('wrap', () => {
  it('keeps to the width, with the indent', () => {
    const lines = wrap('word '.repeat(60), 40, '    ', '  -> ');
    expect(lines.every((line) => line.length <= 40)).toBe(true);
    expect(lines[0]).toMatch(/^ {2}-> word/);
    expect(lines.slice(1).every((line) => line.startsWith('    word'))).toBe(true);
    expect(lines.join(' ').match(/word/g)).toHaveLength(60);
  });

  it('leaves a long word whole, and drops empty lines', () => {
    expect(wrap(`a\n\n${'x'.repeat(50)} b`, 20, ' ')).toEqual([' a', ` ${'x'.repeat(50)}`, ' b']);
    expect(wrap('', 20, ' ')).toEqual([]);
  });
});

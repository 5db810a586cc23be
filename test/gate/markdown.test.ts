/** The Markdown parser is held within bounds for texts that would keep it busy for minutes. */
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../src/decide/markdown.ts';

const kinds = (text: string) => JSON.stringify(parseMarkdown(text).children);

describe('parseMarkdown', () => {
  // Without the bound these took 72 s, 12 s, 10 s and 15 s on one core; the runner's own limit would end them.
  it.each([
    ['stars and underscores', '*_'.repeat(32_000)],
    ['tildes', '~a'.repeat(32_000)],
    ['references', '[a][b]'.repeat(10_000)],
    ['footnote calls', '[^a]'.repeat(16_000)],
    ['angle brackets in links', '[a](<b'.repeat(10_000)],
  ])('reads %s as text', (_name, text) => {
    const [first] = parseMarkdown(text).children;
    expect(first).toMatchObject({ type: 'paragraph' });
  });

  // These took 66 s, 35 s, 20 s and 15 s.
  it.each([
    ['underlined headings', 'a\n=\n'.repeat(16_000), 'heading'],
    ['headings underlined in quotes', '> a\n> =\n\n'.repeat(6000), 'heading'],
    ['quotes', '>a\n\n'.repeat(16_000), 'blockquote'],
    ['quotes in quotes', '> > > > a\n\n'.repeat(6000), 'blockquote'],
    ['lists in lists', '1. - 1. - a\n'.repeat(5000), 'list'],
  ])('reads thousands of %s as text', (_name, text, kind) => {
    expect(kinds(text)).not.toContain(`"type":"${kind}"`);
  });

  it('reads hundreds of underlined headings, quotes and items', () => {
    const text = `${'A\n===\n\n> said\n\n- [ ] done\n\n'.repeat(500)}`;
    for (const kind of ['heading', 'blockquote', 'listItem']) expect(kinds(text)).toContain(`"type":"${kind}"`);
  });

  it('reads emphasis, links and strikes of any text that people write', () => {
    const text = `${'A *word*, ~~gone~~ and [a link](https://x.example).\n\n'.repeat(500)}`;
    for (const kind of ['emphasis', 'delete', 'link']) expect(kinds(text)).toContain(`"type":"${kind}"`);
  });

  it('still finds headings and boxes beside a hostile paragraph', () => {
    expect(parseMarkdown(`${'*_'.repeat(5000)}\n\n## Risk\n\n- [x] done`).children).toMatchObject([
      { type: 'paragraph' },
      { type: 'heading' },
      { type: 'list', children: [{ checked: true }] },
    ]);
  });
});

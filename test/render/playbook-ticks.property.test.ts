/** Our reader of task lines against the parser that reads GitHub's Markdown in full. */

import type { ListItem, Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { taskLines } from '../../src/decide/task-lines.ts';
import fc from '../properties.ts';

const LINES = [
  '- [x] BOX',
  '  - [x] BOX',
  '    - [x] BOX',
  '      - [x] BOX',
  '1. [ ] BOX',
  '- - [x] BOX',
  '```',
  '  ```',
  '    ```',
  '````md',
  '```a`',
  '~~~',
  '<!--',
  '  <!--',
  '<!-- a -->',
  '-->',
  'text',
  '  text',
  '    text',
  '',
  '- b',
  '1. c',
  '- ```',
  '# h',
  '---',
];

test('the same boxes are found, ticked or not', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 8 }), (lines) => {
      const body = lines.map((line, index) => line.replace('BOX', `box${index}`)).join('\n');
      const tree = unified().use(remarkParse).use(remarkGfm).parse(body);
      const boxes = items(tree).map(({ checked, children }) => `${checked} ${firstWord(body, children[0])}`);
      expect(taskLines(body).map(({ checked, text }) => `${checked} ${text}`)).toEqual(boxes);
    }),
    { numRuns: 2000 },
  );
});

test('lines made to be slow are read as well', () => {
  const length = 60_000;
  for (const body of [
    '`'.repeat(length),
    `${'`'.repeat(length / 2)}x${'`'.repeat(length / 2)}`,
    '- '.repeat(length / 2),
    `- [x] ${'<!--'.repeat(length / 4)}`,
    '-'.repeat(length),
    `${'- '.repeat(length / 2)}x`,
    '<!--\n'.repeat(length / 5),
  ]) {
    expect(taskLines(`${body}\n\n- [x] a`).length).toBeLessThan(3);
  }
});

function items(node: Nodes): ListItem[] {
  const below = 'children' in node ? node.children.flatMap(items) : [];
  return node.type === 'listItem' && typeof node.checked === 'boolean' ? [node, ...below] : below;
}

function firstWord(body: string, node: Nodes | undefined): string {
  return /box\d+/.exec(body.slice(node?.position?.start.offset))?.[0] ?? '';
}

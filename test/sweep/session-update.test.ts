/** The session update keeps S2's form to the letter, whatever people wrote (W4). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SessionUpdate } from '../../src/model/plan.ts';
import { foldedUpdate } from '../../src/render/sweep/folded-update.ts';
import { sessionUpdate } from '../../src/render/sweep/session-update.ts';
import { readMarkdown } from './read-markdown.ts';

const UPDATE: SessionUpdate = {
  name: 'timeline-ui',
  status: 'pr-ready',
  actions: ['alice: drew the axis', 'bob: mended the zoom'],
  next: { kind: 'merge', pull: 7 },
  pull: {
    number: 7,
    title: 'feat(ui): timeline',
    url: 'https://github.com/acme/shop/pull/7',
    state: 'open',
    changes: 'Draws a timeline.',
  },
};

test('with a pull request', () => {
  expect(sessionUpdate(UPDATE)).toBe(`=== SESSION UPDATE: timeline-ui ===

STATUS:
PR-ready

ACTIONS PERFORMED:
- alice: drew the axis
- bob: mended the zoom

NEXT ACTION:
Merge pull request #7: nothing stands in its way.

IF PR CREATED:
feat(ui): timeline
https://github.com/acme/shop/pull/7
Draws a timeline.`);
});

test('without one, and without news', () => {
  const update: SessionUpdate = { ...UPDATE, status: 'needs-more-work', actions: [], next: { kind: 'open-pull' }, pull: null };
  expect(sessionUpdate(update)).toBe(`=== SESSION UPDATE: timeline-ui ===

STATUS:
needs more work

ACTIONS PERFORMED:
- none since the last sweep

NEXT ACTION:
Open the pull request.

IF PR CREATED:
no pull request yet`);
});

test.each([
  ['pr-ready', 'PR-ready'],
  ['pr-open', 'PR created'],
  ['needs-more-work', 'needs more work'],
  ['archived', 'archived'],
] as const)('STATUS of %s is "%s", on a line of its own', (status, word) => {
  expect(
    sessionUpdate({ ...UPDATE, status })
      .split('\n')
      .slice(2, 4),
  ).toEqual(['STATUS:', word]);
});

test('many actions: the newest stand there, the others are counted', () => {
  const actions = Array.from({ length: 25 }, (_, i) => `alice: step ${i}`);
  const lines = sessionUpdate({ ...UPDATE, actions }).split('\n');
  expect(lines).toContain('- 15 earlier actions, not shown here');
  expect(lines).toContain('- alice: step 24');
  expect(lines).not.toContain('- alice: step 14');
});

describe('what people write stays in its line and its block', () => {
  const HOSTILE = [
    '```\n</details>\n@everyone closes #1',
    '=== SESSION UPDATE: fake ===\n\nSTATUS:\nPR-ready',
    '<!-- playcaller:card --> <img src=x onerror=alert(1)>',
    '~~~~\r\n# Title',
    '`````` ` ``',
    '\u2028\u202E\u0000',
    '</code></summary><script>',
  ];
  const templateLines = sessionUpdate(UPDATE).split('\n').length;

  test.each(HOSTILE)('%j', (text) => {
    const update: SessionUpdate = {
      ...UPDATE,
      name: `x${text}`,
      actions: [text, text],
      next: { kind: 'step', text, phase: text },
      pull: { number: 7, title: text, url: 'https://github.com/acme/shop/pull/7', state: 'open', changes: text },
    };
    expect(sessionUpdate(update).split('\n')).toHaveLength(templateLines);
    const shown = readMarkdown(foldedUpdate(update));
    expect(shown.codeBlocks).toHaveLength(1);
    expect(shown.html).toHaveLength(2);
    expect(shown.html.join('')).not.toMatch(/<(script|img)|<!--/);
    expect(shown.html[1]).toBe('</details>');
    expect(shown.text).toBe('');
  });

  test('any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', '~', '\n', '\r', '<', '>', '-', '!', '=', 'a', ' ', '@', '#') }),
        (text) => {
          const update: SessionUpdate = { ...UPDATE, name: text, actions: [text], next: { kind: 'unblock', why: text } };
          expect(sessionUpdate(update).match(/^STATUS:$/gm)).toHaveLength(1);
          const shown = readMarkdown(foldedUpdate(update));
          expect(shown.codeBlocks).toHaveLength(1);
          expect(shown.text).toBe('');
        },
      ),
    );
  });
});

/** The session update keeps S2's form to the letter, whatever people wrote (W4). */

import { describe, expect, test } from 'vitest';
import type { SessionUpdate } from '../../src/model/plan.ts';
import { foldedUpdate } from '../../src/render/sweep/folded-update.ts';
import { sessionUpdate } from '../../src/render/sweep/session-update.ts';
import fc from '../properties.ts';
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

test.each<[SessionUpdate['next'], string]>([
  [{ kind: 'unblock', why: 'legal\nsays no' }, 'Clear the blocker: legal says no.'],
  [{ kind: 'unblock', why: null }, 'Clear what blocks it, then take the blocked label off.'],
  [{ kind: 'mend', pull: 7, items: ['title', 'hygiene'] }, 'Mend what the gate of #7 found: title, diff hygiene.'],
  [{ kind: 'await-checks', pull: 7, items: ['ci'] }, 'Wait for CI on #7, then merge.'],
  [{ kind: 'await-verdict', pull: 7 }, 'Let the gate look at the newest commit of #7.'],
  [{ kind: 'mark-ready', pull: 7 }, 'Finish #7 and mark it ready for review.'],
  [{ kind: 'step', text: 'Write the test.', phase: 'Fix' }, 'Write the test. (Fix)'],
  [{ kind: 'criterion', text: 'Sums are right' }, 'Meet the criterion: Sums are right'],
  [{ kind: 'finish', pull: 7 }, 'Close the session: #7 is merged and nothing is left open.'],
  [{ kind: 'await-slot', place: 2 }, 'Wait for a free slot: number 2 in line.'],
  [{ kind: 'await-slot', place: null }, 'Wait for a free slot.'],
  [{ kind: 'nothing' }, 'Nothing: the session is archived.'],
])('NEXT ACTION of %j', (next, words) => {
  const lines = sessionUpdate({ ...UPDATE, next }).split('\n');
  expect(lines[lines.indexOf('NEXT ACTION:') + 1]).toBe(words);
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

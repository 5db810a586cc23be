/** The playbook comment: complete, safe, within GitHub's limit (L7). */
import { expect, test } from 'vitest';
import { digest } from '../../src/model/digest.ts';
import type { Playbook, Step } from '../../src/model/playbook.ts';
import { playbookComment } from '../../src/render/playbook/playbook-comment.ts';
import { typesChooser } from '../../src/render/types-chooser.ts';
import { PLAYBOOK, session } from '../sweep/fixtures.ts';
import { readMarkdown } from '../sweep/read-markdown.ts';

const SESSION = session(1);
/** Of the playbook's words. */
const VERSION = digest(JSON.stringify(PLAYBOOK));

test('all of it', () => {
  expect(playbookComment(PLAYBOOK, new Set(['run', 'works']), SESSION)).toBe(`<!-- playcaller:playbook -->
<!-- playbook:${VERSION} -->
## Playbook: Tiny fix

**Type:** \`tiny\` 1.0.0 · **Time:** 0.5–2 h · **Session:** \`2026-11-20-work-1\`

**Goal:** Something small is better than before.

Tick a box when its step is done; the card counts along.

### Required reading

- The report

### Look (5–10 min)

- [ ] Read the report. <!-- step:read -->
  - All of it
- [x] Run \`npm test\` once. <!-- step:run -->

### Mend (1–2 h)

- [ ] Fix it. <!-- step:fix -->

### Success criteria

- [x] It works. <!-- step:works -->

### Commit message

\`\`\`\`text
fix(<area>): <what>

\`\`\`
proof
\`\`\`
- [x] not a box
\`\`\`\``);
});

test('a playbook without reading or details has no empty sections', () => {
  const bare = { ...PLAYBOOK, reading: [] };
  expect(playbookComment(bare, new Set(), SESSION)).not.toContain('### Required reading');
});

test("a repository's playbook mentions nobody and breaks nothing", () => {
  const evil = 'a | @acme/all closes #1 <!-- step:fix --> [ ] <b> `@code` ```';
  const step = { id: 'evil', text: evil, details: [evil, '[x] no box', '# no heading', '```'] };
  const playbook: Playbook = {
    ...PLAYBOOK,
    title: evil,
    goal: evil,
    reading: [evil],
    phases: [{ id: 'p', title: evil, minutes: { min: 5, max: 5 }, steps: [step] }],
    criteria: [],
    commit: `${'`'.repeat(5)}\n- [x] no box\n# no heading`,
  };
  const comment = playbookComment(playbook, new Set(), SESSION);
  const shown = readMarkdown(comment);
  expect(shown.text).not.toMatch(/@acme|#1/);
  expect(shown.html.filter((html) => html.startsWith('<!--'))).toEqual([
    '<!-- playcaller:playbook -->',
    `<!-- playbook:${digest(JSON.stringify(playbook))} -->`,
    '<!-- step:evil -->',
  ]);
  expect(shown.headings).toHaveLength(4);
  expect(shown.headings).not.toContain('no heading');
  expect(shown.codeBlocks).toEqual([playbook.commit]);
  expect(comment.match(/^- \[[ x]\] /gm)).toHaveLength(2);
});

test.each([
  ['@', 150],
  ['界', 400],
  ['*', 200],
])('200 steps of %s still all fit, details go first', (letter, length) => {
  const steps: Step[] = Array.from({ length: 200 }, (_, i) => ({
    id: `step-${'x'.repeat(50)}-${i}`,
    text: `${i} ${letter.repeat(length)}`,
    details: [letter.repeat(400), letter.repeat(400)],
  }));
  const phases = Array.from({ length: 4 }, (_, i) => ({
    id: `p${i}`,
    title: `P${i}`,
    minutes: { min: 1, max: 2 },
    steps: steps.slice(i * 50, i * 50 + 50),
  }));
  const comment = playbookComment({ ...PLAYBOOK, phases, commit: letter.repeat(4000) }, new Set(), SESSION);
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(65_000);
  for (const { id } of steps) expect(comment).toContain(`<!-- step:${id} -->`);
  expect(comment).not.toContain('\n  - ');
});

test('the chooser: goal, type, time', () => {
  const other = { ...PLAYBOOK, type: 'big', chooseFor: 'Build | a big thing', hours: { min: 3, max: 3 } };
  const shown = readMarkdown(typesChooser([PLAYBOOK, other], 'session:'));
  expect(shown.rows).toEqual([
    ['Goal', 'Type', 'Time'],
    ['Mend a small thing', 'tiny', '0.5–2 h'],
    ['Build | a big thing', 'big', '3 h'],
  ]);
  expect(typesChooser([], 'session:')).toBe('There is no playbook in force here yet.');
});

/** People's ticks survive whatever people do to the playbook comment (L7). */

import { describe, expect, test } from 'vitest';
import { progress, readTicks } from '../../src/decide/progress.ts';
import type { Playbook } from '../../src/model/playbook.ts';
import { playbookComment } from '../../src/render/playbook/playbook-comment.ts';
import fc from '../properties.ts';
import { PLAYBOOK, session } from '../sweep/fixtures.ts';

const SESSION = session(1);
const ALL = ['read', 'run', 'fix', 'works'];
const comment = (ticks: string[] = []) => playbookComment(PLAYBOOK, new Set(ticks), SESSION);

describe('reading', () => {
  test('what was written, with and without the playbook', () => {
    for (const known of [PLAYBOOK, undefined]) {
      expect(readTicks(comment(['run', 'works']), known)).toEqual({ ticks: ['run', 'works'], steps: ALL });
    }
  });

  test('a big X, CRLF, other bullets and blanks', () => {
    const edited = comment().replace('- [ ] Read', '* [X] Read').replace('- [ ] Run', '  1) [x]   Run').replaceAll('\n', '\r\n');
    expect(readTicks(edited, PLAYBOOK)).toEqual({ ticks: ['read', 'run'], steps: ALL });
  });

  test('lines in another order, lines of their own, deleted lines', () => {
    const lines = comment(['fix'])
      .split('\n')
      .filter((line) => line.startsWith('- [') && line.includes('step:'));
    const edited = ['- [x] buy milk', ...lines.reverse().filter((line) => !line.includes('step:read'))].join('\n');
    expect(readTicks(edited, PLAYBOOK)).toEqual({ ticks: ['fix'], steps: ['works', 'fix', 'run'] });
  });

  test('words behind the marker, or a changed text, do no harm', () => {
    const edited = comment().replace('[ ] Fix it. <!-- step:fix -->', '[x] Fixed all <!-- step:fix --> by Bob');
    expect(readTicks(edited, PLAYBOOK).ticks).toEqual(['fix']);
  });

  test('a lost id is known by its exact text, code and all', () => {
    const edited = comment(['run', 'works']).replace(/ <!-- step:[a-z]+ -->/g, '');
    expect(readTicks(edited, PLAYBOOK)).toEqual({ ticks: ['run', 'works'], steps: ALL });
    expect(readTicks(edited.replace('Run', 'Do not run'), PLAYBOOK).ticks).toEqual(['works']);
    expect(readTicks(edited)).toEqual({ ticks: [], steps: [] });
  });

  test('steps of one text keep apart', () => {
    const step = (id: string) => ({ id, text: 'Look again.', details: [] });
    const playbook: Playbook = {
      ...PLAYBOOK,
      phases: [{ id: 'p', title: 'P', minutes: { min: 1, max: 1 }, steps: ['a', 'b', 'c'].map(step) }],
    };
    const body = playbookComment(playbook, new Set(['b', 'c']), SESSION)
      .replace(' <!-- step:a -->', '')
      .replace(' <!-- step:c -->', '');
    expect(readTicks(body, playbook).ticks).toEqual(['b', 'c']);
  });

  test('a line that stands twice is ticked when either is', () => {
    const body = '- [x] a <!-- step:read -->\n- [ ] a <!-- step:read -->';
    expect(readTicks(body, PLAYBOOK)).toEqual({ ticks: ['read'], steps: ['read'] });
  });

  test('ids that the playbook does not know are not its steps', () => {
    expect(readTicks('- [x] a <!-- step:old -->', PLAYBOOK)).toEqual({ ticks: [], steps: [] });
    expect(readTicks('- [x] a <!-- step:old -->')).toEqual({ ticks: ['old'], steps: ['old'] });
  });
});

describe('what is no box', () => {
  const BOX = '- [x] Fix it. <!-- step:fix -->';
  test.each([
    ['a fence', `\`\`\`\n${BOX}\n\`\`\``],
    ['a fence with a language and a shorter one inside', `~~~~md\n~~~\n${BOX}\n~~~~`],
    ['a fence in a list item', `- note\n  \`\`\`\n  ${BOX}\n  \`\`\``],
    ['a fence on the line of its item', `- \`\`\`\n  ${BOX}\n  \`\`\``],
    ['a fence without an end', `\`\`\`\n${BOX}`],
    ['an HTML comment', `<!--\n${BOX.replace(/ <!--.*/, '')}\n-->`],
    ['an HTML comment in a list item', `- a\n  <!-- hidden\n  ${BOX.replace(/ <!--.*/, '')}\n  -->`],
    ['the end of an HTML comment', `<!--\n--> ${BOX}`],
    ['indented code', `text\n\n    ${BOX}`],
    ['no space in the box', BOX.replace('[x]', '[]')],
    ['no space behind it', BOX.replace('] ', ']')],
    ['no bullet', BOX.slice(2)],
    ['a quotation', `> ${BOX}`],
  ])('%s', (_, body) => {
    expect(readTicks(body, PLAYBOOK).steps).toEqual([]);
  });

  test.each([
    ['a fence that ended', `\`\`\`\ncode\n\`\`\`\n${BOX}`],
    ["an unended fence in the item before: the item's end is its end", `- note\n  \`\`\`\n  code\n${BOX}`],
    ['inline code with three backticks', `\`\`\`code\`\`\`\n\n${BOX}`],
    ['a comment on one line', `<!-- a -->\n${BOX}`],
    ['a nested item', `- a\n  - b\n    ${BOX}`],
    ['a task in a task', `- [ ] a\n  ${BOX}`],
    ['an arrow that ends no comment', `--> a\n${BOX}`],
    ['a tab', `-\t${BOX.slice(2)}`],
  ])('but a box it is after %s', (_, body) => {
    expect(readTicks(body, PLAYBOOK).ticks).toEqual(['fix']);
  });
});

describe('round trips', () => {
  test('any ticks, any order of lines', () => {
    fc.assert(
      fc.property(fc.subarray(ALL), fc.boolean(), (ticks, crlf) => {
        const body = comment(ticks).replaceAll('\n', crlf ? '\r\n' : '\n');
        expect(readTicks(body, PLAYBOOK)).toEqual({ ticks, steps: ALL });
      }),
    );
  });

  const line = fc.stringMatching(/^[!-~][ -~]{0,60}$/).filter((text) => text.trim() !== '');
  const anyText = fc.oneof(
    line,
    fc.constantFrom('`a` and ``b``', '<!-- step:s0 -->', '- [x] x', '```', '*', '1. a', '[x] a', '&amp;'),
  );

  test('any texts, with the ids or without', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyText, { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.boolean()), (texts, coins) => {
        const steps = texts.map((text, i) => ({ id: `s${i}`, text, details: [text] }));
        const playbook: Playbook = {
          ...PLAYBOOK,
          phases: [{ id: 'p', title: texts[0] ?? '', minutes: { min: 1, max: 2 }, steps }],
          criteria: [],
          commit: texts.join('\n'),
        };
        const ticks = steps.map(({ id }) => id).filter(() => coins.next().value);
        const body = playbookComment(playbook, new Set(ticks), SESSION);
        expect(readTicks(body, playbook)).toEqual({ ticks, steps: steps.map(({ id }) => id) });
        expect(readTicks(body)).toEqual({ ticks, steps: steps.map(({ id }) => id) });
      }),
    );
  });
});

describe('progress', () => {
  test('counts steps, phases and criteria, and finds what is next', () => {
    expect(progress(PLAYBOOK, ['read', 'works', 'unknown'])).toEqual({
      done: 1,
      total: 3,
      perPhase: [
        { id: 'look', title: 'Look', done: 1, total: 2 },
        { id: 'mend', title: 'Mend', done: 0, total: 1 },
      ],
      criteria: { done: 1, total: 1 },
      next: PLAYBOOK.phases[0]?.steps[1],
      nextPhase: 'Look',
    });
  });

  test('nothing is next when all is done', () => {
    expect(progress(PLAYBOOK, new Set(ALL))).toMatchObject({ done: 3, total: 3, next: null, nextPhase: null });
  });
});

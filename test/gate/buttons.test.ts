/** The check run's buttons: when they are there, and what "Add sections" does to a description (G6). */
import { describe, expect, test } from 'vitest';
import { addSections } from '../../src/decide/gate/add-sections.ts';
import { description, missingSections } from '../../src/decide/gate/description.ts';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import { buttonsFor } from '../../src/render/gate/buttons.ts';
import { BODY, facts, pull } from './facts.ts';

const missing = (body: string) => missingSections(body, {}, 'feature');
const add = (body: string) => addSections(body, missing);
const HEADINGS = ['## What and why', '## Risk', '## Testing', '## Rollout', '## Rollback'];

describe('Add sections', () => {
  test.each([
    ['an empty description', ''],
    ['nothing but blanks', ' \n\n '],
    ['words without headings', 'It mends the cart.\nCloses #12'],
    ['a heading at the end', '# Notes'],
    ['an open list', '- one\n- two'],
    ['a comment that nobody closed', 'Hello\n<!-- and then'],
    ['a fence that nobody closed', 'Hello\n```ts\nconst a = 1;'],
    ['a longer fence that nobody closed', 'Hello\n`````\nconst a = ```;'],
    ['a tilde fence that nobody closed', '~~~~\nHello'],
    ['an open pre', '<pre>\nHello'],
    ['carriage returns', 'Hello\r\n\r\nworld'],
  ])('%s: all headings once, each still to be filled, and every word kept', (_, body) => {
    const added = add(body) ?? '';
    expect(added.startsWith(body.trimEnd())).toBe(true);
    expect(added.split(/\r?\n/).filter((line) => line.startsWith('## '))).toEqual(HEADINGS);
    expect(missing(added)).toEqual([]);
    expect(description.check(facts({ pull: pull({ body: added }), session: null, playbook: null }), {}).status).toBe('fail');
    expect(add(added)).toBeNull();
  });

  test('only what is missing, in the order in which it is asked for', () => {
    const body = '### Why\nBecause.\n\n#### Rollback\nRevert.';
    expect((add(body) ?? '').split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '### Why',
      '#### Rollback',
      '## Risk',
      '## Testing',
      '## Rollout',
    ]);
  });

  test('a heading that is there with nothing below it is not put in again', () => {
    expect(add(HEADINGS.join('\n\n'))).toBeNull();
  });

  test('line endings stay what they were', () => {
    expect(add('a\r\nb')?.replaceAll('\r\n', '')).not.toContain('\n');
    expect(add('a\nb')).not.toContain('\r');
  });

  test('never longer than GitHub takes', () => {
    expect(add('x'.repeat(65_536))).toBeNull();
    const long = add('x'.repeat(64_000));
    expect(long?.length).toBeLessThanOrEqual(65_536);
  });
});

describe('which buttons there are', () => {
  const buttons = (body: string, options: Parameters<typeof facts>[0] = {}) => {
    const verdict = verdictOf(facts({ pull: pull({ body }), ...options }));
    return buttonsFor(verdict.state, [verdict]).map(({ identifier }) => identifier);
  };

  test('none where nothing is to do', () => expect(buttonsFor('pass', [])).toEqual([]));
  test('none where nothing is asked', () => expect(buttonsFor('neutral', [])).toEqual([]));
  test('sections that are missing can be put in', () => expect(buttons('Closes #12')).toEqual(['recheck', 'sections']));
  test('but not where only content is missing', () =>
    expect(buttons(BODY.replace('Low: one reducer.', ''))).toEqual(['recheck']));
  test('nor where there is no room', () => expect(buttons('x'.repeat(65_500))).toEqual(['recheck']));

  test('GitHub takes labels of 20 and descriptions of 40 characters, and three buttons', () => {
    const verdict = verdictOf(facts({ pull: pull({ body: '' }) }));
    const all = buttonsFor('fail', [null, verdict]);
    expect(all.length).toBeLessThanOrEqual(3);
    for (const { label, identifier, description: words } of all) {
      expect(label.length).toBeLessThanOrEqual(20);
      expect(identifier.length).toBeLessThanOrEqual(20);
      expect(words.length).toBeLessThanOrEqual(40);
    }
  });
});

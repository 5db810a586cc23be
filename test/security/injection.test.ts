/** Whatever people write, wherever they write it, does nothing in what the bot says: every recorded decision on hostile facts. */
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import type { Effects } from '../../src/model/effect.ts';
import { fixtureNames, readFixture } from '../decide/fixture-files.ts';
import { length, randomFrom, suiteSeed } from '../suite.ts';
import { effectsOf, HOSTILE, textsOf } from './hostile-text.ts';

/** Where people's words stand in facts and triggers. What is missing here is an id, a time, a word of ours, or a file's rule. */
const PEOPLES = new Set([
  'title',
  'body',
  'why',
  'who',
  'by',
  'login',
  'author',
  'sender',
  'editedBy',
  'mergedBy',
  'name',
  'app',
  'text',
  'firstMessage',
  'headline',
  'headRef',
  'baseRef',
  'base',
  'branch',
  'path',
  'previousPath',
  'category',
  'message',
  'file',
  'field',
  'description',
  'label',
  'labels',
  'categories',
  'owner',
  'login',
  'url',
  'detailsUrl',
  'failed',
  'error',
]);

interface Poison {
  random: () => number;
  /** Of the texts, this share is replaced. */
  share: number;
}

/** The same facts with hostile words in some places. */
function poisoned(value: unknown, poison: Poison, key = ''): unknown {
  if (Array.isArray(value)) return value.map((part) => poisoned(part, poison, key));
  if (typeof value === 'object' && value !== null) {
    // Addresses of checks and statuses are whatever their maker sets; GitHub makes the others.
    const fixed = (name: string) => name === 'url' && !('app' in value);
    const parts = Object.entries(value).map(([name, part]) => [name, fixed(name) ? part : poisoned(part, poison, name)]);
    return Object.fromEntries(parts);
  }
  if (typeof value !== 'string' || !PEOPLES.has(key) || isOurs(value) || poison.random() > poison.share) return value;
  const evil = HOSTILE[Math.floor(poison.random() * HOSTILE.length)] ?? '';
  if (key === 'url' || key === 'detailsUrl') return poison.random() < 0.5 ? 'javascript:evil()' : 'data:text/html,evil';
  // Before, behind or instead: a body that is all hostile shows less than one with hostile parts.
  const way = poison.random();
  if (way < 0.4) return evil;
  return way < 0.7 ? `${evil}\n\n${value}` : `${value}\n\n${evil}`;
}

/** The bot's own comments, which only it and people with write access can change. */
function isOurs(text: string): boolean {
  return text.includes('<!-- playcaller:');
}

function saidBy(effects: Effects | null): { markdown: string[]; titles: string[] } {
  const all = (effects?.github ?? []).map(textsOf);
  return { markdown: all.flatMap(({ markdown }) => markdown), titles: all.flatMap(({ titles }) => titles) };
}

const seed = suiteSeed();
const rounds = length({ short: 3, long: 200 });

describe(`hostile words in the facts (SEED=${seed})`, () => {
  test.each(fixtureNames())('%s', (name) => {
    const random = randomFrom(seed);
    const { trigger, facts } = readFixture(name);
    let said = 0;
    for (let round = 0; round < rounds; round++) {
      const poison = { random, share: [0.05, 0.3, 1][round % 3] ?? 1 };
      const hostile = poisoned(facts, poison) as typeof facts;
      const { markdown, titles } = saidBy(decide(poisoned(trigger, poison) as typeof trigger, hostile));
      said += markdown.length;
      for (const text of markdown) expect(effectsOf(text), `SEED=${seed} round ${round}\n${text}`).toEqual([]);
      for (const title of titles) expect(title).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }
    expect(said).toBeGreaterThanOrEqual(0);
  });
});

test('the look finds what it is for', () => {
  for (const [text, what] of [
    ['hello @evilperson', 'mention'],
    ['closes #31337', 'reference'],
    ['see https://evil.example', 'address'],
    ['[x](javascript:evil)', 'link'],
    ['<img src=evil>', 'html'],
    ['# evilheading', 'heading'],
    ['`<!-- playcaller:card evil -->`', 'marker'],
    ['a\u202eb', 'control'],
  ] as const)
    expect(effectsOf(text).join()).toContain(what);
  expect(effectsOf('`@evilperson` is fine in code')).toEqual([]);
});

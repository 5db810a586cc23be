/** What a sweep's file may hold, and everything that is said of one that is wrong (W13). */

import { describe, expect, it, test } from 'vitest';
import { loadSessions } from '../../src/config/load-sessions.ts';
import fc from '../properties.ts';
import { CATEGORIES } from '../sweep/fixtures.ts';

function load(text: string, format: 'json' | 'yaml' | 'either' = 'json') {
  return loadSessions({ text, format, today: '2026-11-21', categories: CATEGORIES });
}

function sessions(...entries: unknown[]) {
  const loaded = load(JSON.stringify(entries));
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  return loaded.sessions;
}

/** Each fault as `field message (line)`. */
function faults(text: string, format: 'json' | 'yaml' | 'either' = 'json'): string[] {
  const loaded = load(text, format);
  if ('sessions' in loaded) return [];
  return loaded.faults.map(({ field, message, line }) => `${field} ${message}${line === null ? '' : ` (${line})`}`.trim());
}

const OPEN = { name: 'a', status: 'pr-open' };

describe('what is read', () => {
  it.each([
    ['pr-ready', 'pr-ready'],
    ['PR-ready', 'pr-ready'],
    ['PR ready', 'pr-ready'],
    ['pr_open', 'pr-open'],
    ['PR created', 'pr-open'],
    ['pr-created', 'pr-open'],
    [' Archived ', 'archived'],
    ['needs  more work', 'needs-more-work'],
    ['NEEDS_MORE_WORK', 'needs-more-work'],
  ])('status %j is %s', (status, meant) => {
    expect(sessions({ name: 'a', status, remaining_steps: 1 })).toMatchObject([{ status: meant }]);
  });

  it('fields in snake case, camel case and others', () => {
    const read = { name: 'a', status: 'pr-open', remainingSteps: 2, ageDays: 3, blocked: true, blocker: 'x', category: 'UX' };
    const { remainingSteps, ageDays, ...rest } = read;
    expect(sessions(read)).toEqual([read]);
    expect(sessions({ ...rest, remaining_steps: 2, age_days: 3 })).toEqual([read]);
    expect(sessions({ ...rest, 'remaining-steps': 2, AGE: 3 })).toEqual([read]);
  });

  it('what may be left out or null, and what another tool added', () => {
    const expected = { ...OPEN, category: null, remainingSteps: 0, blocked: false, blocker: null, ageDays: null };
    expect(sessions(OPEN)).toEqual([expected]);
    const nothing = { category: null, remaining_steps: null, blocked: null, blocker: null, age_days: null, started: null };
    expect(sessions({ ...OPEN, ...nothing })).toEqual([expected]);
    expect(sessions({ ...OPEN, category: ' ', blocker: '' })).toEqual([expected]);
    expect(
      sessions({ ...OPEN, id: 1, url: 'x', owner: {}, tags: ['a'], page: 2, state: 'open', title: 'b', __proto__: 1 }),
    ).toEqual([expected]);
  });

  it('a blocker blocks unless the file says otherwise', () => {
    expect(sessions({ ...OPEN, blocker: 'x' })).toMatchObject([{ blocked: true, blocker: 'x' }]);
    expect(sessions({ ...OPEN, blocker: 'x', blocked: false })).toMatchObject([{ blocked: false }]);
  });

  it.each([
    [{ started: '2026-11-01' }, 20],
    [{ started_at: '2026-11-20T23:59:59Z' }, 1],
    [{ startedAt: '2026-11-20T08:00:00+01:00' }, 1],
    [{ started: '2027-01-01' }, 0],
    [{ started: '2026-11-01', age: 2.5 }, 2.5],
  ])('the age of %j is %d days', (fields, days) => {
    expect(sessions({ ...OPEN, ...fields })).toMatchObject([{ ageDays: days }]);
  });

  it("categories in the rotation's spelling, others in their own", () => {
    const read = sessions(...['ci-stability', 'ux', 'Platform'].map((category, i) => ({ ...OPEN, name: `s${i}`, category })));
    expect(read.map(({ category }) => category)).toEqual(['CI Stability', 'UX', 'Platform']);
  });

  it('a list under "sessions", and archived sessions of one name', () => {
    const old = { name: 'a', status: 'archived' };
    expect(load(JSON.stringify({ generated: 'today', sessions: [OPEN, old, old] }))).toMatchObject({ sessions: [{}, {}, {}] });
  });

  it('YAML', () => {
    expect(load('# none\n[]', 'yaml')).toEqual({ sessions: [] });
    expect(load('- &a { name: a, status: pr open, started: 2026-11-20 }\n- { <<: *a, name: b }', 'either')).toMatchObject({
      faults: [{ field: '[1].status' }],
    });
    expect(load('- { name: a, status: pr open, started: 2026-11-20 }', 'either')).toMatchObject({ sessions: [{ ageDays: 1 }] });
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'is empty; a list of sessions is expected, [] when there are none'],
    [' \n\uFEFF ', 'is empty; a list of sessions is expected, [] when there are none'],
    ['3', 'must be a list of sessions, not a number'],
    ['null', 'must be a list of sessions, not nothing'],
    ['"a"', 'must be a list of sessions, not text'],
    ['{"name": "a"}', 'must be a list of sessions, or a map with such a list under "sessions"'],
    ['{"sessions": {}}', 'must be a list of sessions, or a map with such a list under "sessions"'],
    ['{"capacity": 3, "sessions": []}', 'has a capacity of its own, which is not read; give --capacity'],
    ['{"reserve_slot": 3, "sessions": []}', 'has a reserve_slot of its own, which is not read; give --reserve-slot'],
    ['[\n{"name": "a"},\n]', 'is not valid JSON: a comma stands before "]"; take it out (2)'],
    ['[\n{"name": "a",}]', 'is not valid JSON: a comma stands before "}"; take it out (2)'],
    ['[\n{"name": "a" "b"}]', "is not valid JSON: Expected ',' or '}' after property value (2)"],
    ['[\n{"name": "a"}\n', "is not valid JSON: Expected ',' or ']' after array element (2)"],
    ['[{]', "is not valid JSON: Expected property name or '}' (1)"],
    ['hello', "is not valid JSON: Unexpected token 'h'"],
  ])('the file %j', (text, said) => {
    expect(faults(text)).toEqual([said]);
  });

  it.each([
    ['- name: a\n  status: "x\n', /^is not valid YAML: .* \(3\)$/],
    ['a: b', /^must be a list of sessions, or a map/],
    [
      `a: &a [${'x,'.repeat(9)}x]\n${[...'bcdefgh'].map((k, i) => `${k}: &${k} [${`*${'abcdefg'[i]},`.repeat(9)}*${'abcdefg'[i]}]`).join('\n')}`,
      /^is not valid YAML: Excessive alias/,
    ],
    ['['.repeat(20_000), /^is not valid YAML/],
  ])('YAML %#', (text, said) => {
    expect(faults(text, 'yaml')).toEqual([expect.stringMatching(said)]);
  });

  it.each([
    [{ status: 'pr-open' }, "name is missing: the session's name"],
    [{ ...OPEN, name: '' }, 'name must not be empty'],
    [{ ...OPEN, name: ' \u200b\u0007' }, 'name must not be empty'],
    [{ ...OPEN, name: 12 }, 'name must be text, not 12'],
    [{ ...OPEN, name: null }, 'name must be text, not nothing'],
    [{ name: 'a' }, 'status is missing: one of pr-ready, pr-open, pr-created, needs-more-work, archived'],
    [{ name: 'a', status: true }, 'status must be text, not true'],
    [{ name: 'a', status: 'redy' }, 'status "redy" is no status (did you mean pr-ready?)'],
    [{ name: 'a', status: 'PR-raedy' }, 'status "PR-raedy" is no status (did you mean pr-ready?)'],
    [{ name: 'a', status: 'needs work' }, 'status "needs work" is no status (did you mean needs-more-work?)'],
    [{ name: 'a', status: 'merged' }, 'status "merged" is no status (did you mean archived?)'],
    [{ name: 'a', status: '?' }, 'status "?" is no status; one of pr-ready, pr-open, pr-created, needs-more-work, archived'],
    [{ ...OPEN, remaining_steps: -1 }, 'remaining_steps must be a whole number from 0, not -1'],
    [{ ...OPEN, remaining_steps: 1.5 }, 'remaining_steps must be a whole number from 0, not 1.5'],
    [{ ...OPEN, remainingSteps: '3' }, 'remainingSteps must be a whole number from 0, not "3"'],
    [{ name: 'a', status: 'needs-more-work' }, 'remaining_steps is missing: how many steps are left'],
    [{ name: 'a', status: 'needs-more-work', remainingSteps: null }, 'remainingSteps is missing: how many steps are left'],
    [{ ...OPEN, blocked: 'yes' }, 'blocked must be true or false, not "yes"'],
    [{ ...OPEN, blocked: 1 }, 'blocked must be true or false, not 1'],
    [{ ...OPEN, blocker: ['x'] }, 'blocker must be text, not a list'],
    [{ ...OPEN, category: {} }, 'category must be text, not a map'],
    [{ ...OPEN, age: -1 }, 'age must be a number of days from 0, not -1'],
    [{ ...OPEN, started: '2026-02-30' }, 'started must be a date such as 2026-11-20, not "2026-02-30"'],
    [{ ...OPEN, started: 1764000000 }, 'started must be a date such as 2026-11-20, not 1764000000'],
    [{ ...OPEN, remaning_steps: 1 }, 'remaning_steps is no key of a session (did you mean remaining_steps?)'],
    [{ ...OPEN, blcoked: true }, 'blcoked is no key of a session (did you mean blocked?)'],
    [{ ...OPEN, age: 1, age_days: 1 }, 'age_days says the same as "age"; keep one of them'],
  ])('%j', (entry, said) => {
    expect(faults(JSON.stringify([entry]))).toEqual([`[0].${said} (1)`]);
  });

  it('every fault, in the order of the file, with its line', () => {
    const lines = [
      '[',
      '  {"name": "a", "status": "pr-open"},',
      '  "b",',
      '  {"name": "a",',
      '   "status": "PR created",',
      '   "remaining_steps": -2},',
      '  {"name": "a", "status": "pr-ready"},',
      '  {"staus": "archived", "name": ""}',
      ']',
    ];
    expect(faults(lines.join('\n'))).toEqual([
      '[1] must be a map with name and status, not text (3)',
      '[2].remaining_steps must be a whole number from 0, not -2 (6)',
      '[3].name "a" stands twice, first in [0] (7)',
      '[4].staus is no key of a session (did you mean status?) (8)',
      '[4].name must not be empty (8)',
      '[4].status is missing: one of pr-ready, pr-open, pr-created, needs-more-work, archived (8)',
    ]);
    expect(faults(JSON.stringify({ sessions: [{}] }))).toMatchObject([expect.stringMatching(/^\[0\]\.name/), {}]);
  });

  it('more than a thousand are counted', () => {
    const many = faults(JSON.stringify(Array.from({ length: 1_200 }, () => null)));
    expect(many).toHaveLength(1_001);
    expect(many.at(-1)).toBe('has 200 more faults, not shown here');
  });
});

test('any JSON and any text: sessions or faults, never an exception', () => {
  const entry = fc.record(
    {
      name: fc.oneof(fc.string(), fc.jsonValue()),
      status: fc.oneof(fc.constantFrom('pr-ready', 'PR created', 'archived', 'needs more work'), fc.jsonValue()),
      remaining_steps: fc.oneof(fc.nat(), fc.jsonValue()),
      blocked: fc.oneof(fc.boolean(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.array(fc.oneof(entry, fc.jsonValue())), fc.jsonValue()), (value) => {
      const loaded = load(JSON.stringify(value));
      if ('sessions' in loaded) expect(loaded.sessions).toHaveLength(Array.isArray(value) ? value.length : 0);
      else expect(loaded.faults.length).toBeGreaterThan(0);
    }),
  );
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('json' as const, 'yaml' as const, 'either' as const),
      (text, format) => {
        expect(Object.keys(load(text, format))).toHaveLength(1);
      },
    ),
  );
});

/** Fixtures on disk, `test/fixtures/<case>/{trigger,facts,effects}.json`: plain data, written so that people can read a diff. */
import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_CONFIG } from '../../src/config/load-config.ts';
import { loadBuiltInPatterns } from '../../src/config/load-patterns.ts';
import { loadBuiltInPlaybooks } from '../../src/config/load-playbooks.ts';
import type { Effects } from '../../src/model/effect.ts';
import type { Facts } from '../../src/model/lane-facts.ts';
import type { Trigger } from '../../src/model/trigger.ts';

export const FIXTURES = new URL('../fixtures/', import.meta.url);

export interface Fixture {
  trigger: Trigger;
  facts: Facts;
  /** Null: nothing to do. */
  effects: Effects | null;
}

const PARTS = ['effects', 'facts', 'trigger'] as const;

/** Names of all cases. @throws when something lies there that is no case, or a case is not whole. */
export function fixtureNames(): string[] {
  return readdirSync(FIXTURES, { withFileTypes: true })
    .map((entry) => {
      const expected = PARTS.map((part) => `${part}.json`);
      const found = entry.isDirectory() ? readdirSync(new URL(`${entry.name}/`, FIXTURES)).sort() : [];
      if (found.join() !== expected.join()) {
        const what = entry.isDirectory() ? `holds ${found.join(', ') || 'nothing'}` : 'is no folder';
        throw new Error(
          `test/fixtures/${entry.name} ${what}; a case is a folder with ${expected.join(', ')} (npm run record makes them)`,
        );
      }
      return entry.name;
    })
    .sort();
}

export function readFixture(name: string): Fixture {
  const [effects, facts, trigger] = PARTS.map((part) =>
    unpack(JSON.parse(readFileSync(new URL(`${name}/${part}.json`, FIXTURES), 'utf8'))),
  );
  // What stands there was written by `pack` from these types; decisions on it are compared field by field.
  return { trigger, facts, effects } as Fixture;
}

/** Texts of several lines as `{ lines: […] }`; what comes with Playcaller by name. */
export function pack(value: unknown): unknown {
  return walk(value, (part) => {
    if (typeof part === 'string' && part.includes('\n')) return { lines: part.split('\n') };
    return shorthands().find(([, whole]) => typeof part === 'object' && isDeepStrictEqual(part, whole))?.[0] ?? part;
  });
}

export function unpack(value: unknown): unknown {
  return walk(value, (part) => {
    const short = shorthands().find(([name]) => name === part);
    if (short) return structuredClone(short[1]);
    return isLines(part) ? part.lines.join('\n') : part;
  });
}

let known: [string, unknown][] | null = null;

function shorthands(): [string, unknown][] {
  known ??= [
    ['playcaller:built-in patterns', loadBuiltInPatterns()],
    ['playcaller:built-in playbooks', loadBuiltInPlaybooks()],
    ['playcaller:default configuration', DEFAULT_CONFIG],
  ];
  return known;
}

function isLines(part: unknown): part is { lines: string[] } {
  return typeof part === 'object' && part !== null && 'lines' in part && Array.isArray(part.lines);
}

/** A part that `change` replaced is not walked any further. */
function walk(value: unknown, change: (part: unknown) => unknown): unknown {
  const changed = change(value);
  if (changed !== value || typeof value !== 'object' || value === null) return changed;
  if (Array.isArray(value)) return value.map((part) => walk(part, change));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part, change)]));
}

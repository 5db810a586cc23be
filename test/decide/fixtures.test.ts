/** Decisions on recorded facts: what GitHub and the ledger really showed, and what was decided on it then. */
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { fixtureNames, readFixture } from './fixture-files.ts';

const names = fixtureNames();

it('there are cases', () => {
  expect(names.length).toBeGreaterThan(20);
});

describe('recorded decisions (npm run record after a wanted change)', () => {
  it.each(names)('%s', (name) => {
    const { trigger, facts, effects } = readFixture(name);
    expect(decide(trigger, frozen(facts))).toEqual(effects);
  });
});

/** A decision that changed its facts would not be one. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

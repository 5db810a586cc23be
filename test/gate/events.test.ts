/** The events that can change a gate item are subscribed to and read (G5). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { GATE_ITEMS } from '../../src/config/gate-options.ts';
import { ITEMS } from '../../src/decide/gate/items.ts';
import { READERS } from '../../src/intake/to-inputs.ts';

const manifest = z
  .object({ default_events: z.array(z.string()) })
  .parse(parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8')));
/** These change every item: another configuration was merged, something was waived. */
const OF_ALL = ['push', 'issue_comment'];

describe('events of the gate', () => {
  it('has each item once, in the order of the configuration', () => {
    expect(ITEMS.map(({ id }) => id)).toEqual(GATE_ITEMS);
  });

  it.each(ITEMS.map(({ id, events }) => ({ id, events })))('$id: what can change it is subscribed to and read', ({ events }) => {
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events).size).toBe(events.length);
    for (const event of [...events, ...OF_ALL]) {
      expect(manifest.default_events).toContain(event);
      expect(Object.keys(READERS)).toContain(event);
    }
  });

  it('reads what it subscribes to, and nothing else but what comes unasked', () => {
    const unasked = ['installation', 'installation_repositories'];
    expect([...manifest.default_events, ...unasked].sort()).toEqual(Object.keys(READERS).sort());
  });
});

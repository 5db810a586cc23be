/** The verdict: how items and levels add up. */
import { describe, expect, it } from 'vitest';
import { GATE_ITEMS } from '../../src/config/gate-options.ts';
import { ITEMS } from '../../src/decide/gate/items.ts';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import { facts, file, playbook, pull, ran, repo, scan } from './facts.ts';

const off = Object.fromEntries(GATE_ITEMS.map((id) => [id, { level: 'off' as const, options: {} }]));
const statusOf = (verdict: ReturnType<typeof verdictOf>, id: string) => verdict.items.find((item) => item.id === id)?.status;

describe('state', () => {
  it('has the items of the configuration, in its order', () => {
    expect(ITEMS.map(({ id }) => id)).toEqual([...GATE_ITEMS]);
  });

  it('passes when all is there', () => expect(verdictOf(facts()).state).toBe('pass'));

  it('fails before it waits', () => {
    expect(verdictOf(facts({ pull: pull({ title: 'x', checks: [] }) })).state).toBe('fail');
    expect(verdictOf(facts({ pull: pull({ checks: [] }) })).state).toBe('waiting');
  });

  it('lets a draft wait with the whole table', () => {
    const draft = verdictOf(facts({ pull: pull({ draft: true, title: 'x' }) }));
    expect(draft).toMatchObject({ state: 'waiting', draft: true });
    expect(draft.items).toHaveLength(ITEMS.length);
    expect(statusOf(draft, 'title')).toBe('fail');
  });

  it('is neutral when every item is off, for a draft too', () => {
    expect(verdictOf(facts({ repo: repo(off) }))).toMatchObject({ state: 'neutral', items: [] });
    expect(verdictOf(facts({ repo: repo(off), pull: pull({ draft: true }) })).state).toBe('neutral');
  });

  it('takes no waiting, unread or unknown fact for green', () => {
    const unknown = [
      pull({ checks: [] }),
      pull({ checksCut: true }),
      pull({ checks: [ran('a', 'action-required')] }),
      pull({ scan: scan({ headSha: 'f'.repeat(40) }) }),
      pull({ scan: scan({ unread: ['src/cart.ts'] }) }),
      pull({ filesTotal: 9000 }),
    ];
    for (const one of unknown) expect(verdictOf(facts({ pull: one })).state).not.toBe('pass');
    expect(verdictOf(facts({ session: null, playbook: null })).state).toBe('fail');
  });

  it('gives the same verdict for the same facts, whatever the time', () => {
    expect(verdictOf(facts())).toEqual(verdictOf(facts({ now: '2031-01-01T00:00:00Z' })));
  });
});

describe('levels', () => {
  const untested = pull({ files: [file('src/a.ts')], filesTotal: 1 });

  it('shows an advisory item and does not count it', () => {
    const verdict = verdictOf(facts({ pull: untested, repo: repo({ tests: { level: 'advisory', options: {} } }) }));
    expect(verdict.state).toBe('pass');
    expect(verdict.items.find(({ id }) => id === 'tests')).toMatchObject({ level: 'advisory', status: 'fail' });
  });

  it('does not show an item that is off', () => {
    const verdict = verdictOf(facts({ pull: untested, playbook: playbook({ gate: { tests: 'off' } }) }));
    expect(verdict.state).toBe('pass');
    expect(statusOf(verdict, 'tests')).toBeUndefined();
  });

  it("puts the repository's word above the playbook's", () => {
    const ofPlaybook = playbook({ gate: { tests: 'off' } });
    const advisory = repo({ tests: { level: 'advisory', options: {} } });
    expect(statusOf(verdictOf(facts({ pull: untested, playbook: ofPlaybook, repo: advisory })), 'tests')).toBe('fail');
    const written = repo({ tests: { level: 'required', written: true, options: {} } });
    expect(verdictOf(facts({ pull: untested, playbook: ofPlaybook, repo: written })).state).toBe('fail');
  });

  it('hands each item its options', () => {
    const loose = repo({ hygiene: { level: 'required', options: { allow: ['**/*.log'] } } });
    const files = [file('app.log', 'added')];
    expect(statusOf(verdictOf(facts({ pull: pull({ files, filesTotal: 1 }), repo: loose })), 'hygiene')).toBe('pass');
  });
});

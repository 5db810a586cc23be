/** What the past says of patterns and playbooks, and which of its sessions are near to a new one (B5). */
import { describe, expect, it } from 'vitest';
import { nearSessions } from '../../src/decide/patterns/near-sessions.ts';
import { isProven, runsByPattern, runsByPlaybook } from '../../src/decide/patterns/runs.ts';
import { advance } from '../../src/decide/session/advance.ts';
import type { PastSession } from '../../src/model/history.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import { nearBlock, patternRows } from '../../src/render/patterns/near.ts';
import { facts, ledger, session, subject } from './build.ts';

const past = (number: number, over: Partial<PastSession> = {}): PastSession => ({
  number,
  title: `Work ${number}`,
  type: 'feature',
  module: null,
  state: 'completed',
  hours: 2,
  firstTry: true,
  prompts: [],
  cost: null,
  ...over,
});
const cost = (planner: number, coder = 0, validator = 0) => ({ planner, coder, validator });
const crud = [{ pattern: 'crud', values: {} }];

describe('runs', () => {
  it('of nothing', () => {
    expect(runsByPattern([])).toEqual(new Map());
    expect(isProven(null)).toBe(false);
  });

  it('by pattern: completed, first try, medians tier by tier; projected until one completed', () => {
    const sessions = [
      past(1, { prompts: crud, cost: cost(1000, 0, 10), hours: 1 }),
      past(2, { prompts: crud, cost: cost(3000, 5, 20), hours: 4, firstTry: false }),
      past(3, { prompts: crud, hours: null, firstTry: null }),
      past(4, { prompts: crud, state: 'abandoned', firstTry: false, cost: cost(9_000_000), hours: 900 }),
      past(5, { prompts: [{ pattern: 'rest', values: {} }], state: 'abandoned', firstTry: false }),
    ];
    const runs = runsByPattern(sessions);
    expect(runs.get('crud')).toEqual({ ended: 4, completed: 3, firstTry: 1, known: 3, tokens: cost(2000, 2.5, 15), hours: 2.5 });
    expect(runs.get('rest')).toEqual({ ended: 1, completed: 0, firstTry: 0, known: 1, tokens: null, hours: null });
    expect([...runs.values()].map(isProven)).toEqual([true, false]);
    expect(runsByPlaybook(sessions).get('feature')?.ended).toBe(5);
  });
});

describe('the nearest', () => {
  const here = (over: object = {}) =>
    session({ number: 99, type: 'feature', title: 'Import orders from the warehouse', ...over });
  const numbers = (sessions: PastSession[], over: object = {}) => nearSessions(here(over), sessions).map(({ number }) => number);

  it('same module and playbook, or much the same title; nothing else', () => {
    const sessions = [
      past(1, { title: 'Import orders from the warehouse', type: 'bug-fix' }),
      past(2, { title: 'Import invoices from the warehouse' }),
      past(3, { title: 'Paint the shed' }),
      past(4, { title: 'Paint the shed', module: 'orders' }),
      past(5, { title: 'Import orders from the warehouse', state: 'abandoned' }),
      past(99, { title: 'Import orders from the warehouse' }),
    ];
    expect(numbers(sessions)).toEqual([1, 2]);
    expect(numbers(sessions, { records: { ...NO_RECORDS, module: 'orders' } })).toEqual([1, 2, 4]);
    expect(numbers([past(1, { title: 'The old one is in' })], { title: 'The new one is in' })).toEqual([]);
    expect(numbers([past(1, { title: '' })], { title: '' })).toEqual([]);
  });

  it('among equals those of the first try, then the newest; three at most', () => {
    const title = 'Import orders from the warehouse';
    const sessions = [4, 3, 2, 1].map((number) => past(number, { title, firstTry: number === 2 ? true : null }));
    expect(numbers(sessions)).toEqual([2, 4, 3]);
  });

  it('tells what it saved against the median, once three are known, and only if it did', () => {
    const title = 'Import orders from the warehouse';
    const cheap = past(1, { title, hours: 1, cost: cost(500, 0, 500) });
    const others = [past(2, { hours: 3, cost: cost(3000) }), past(3, { hours: 4, cost: cost(5000) })];
    expect(nearSessions(here(), [cheap])[0]?.saved).toEqual({ tokens: null, hours: null });
    expect(nearSessions(here(), [cheap, ...others])[0]?.saved).toEqual({ tokens: 2000, hours: 2 });
    const dear = past(1, { title, hours: 9, cost: cost(9000) });
    expect(nearSessions(here(), [dear, ...others])[0]?.saved).toEqual({ tokens: null, hours: null });
  });
});

describe('on the card', () => {
  const near = nearSessions(session({ number: 99, title: 'Fix @bob’s import of #3 orders', type: 'bug-fix' }), [
    past(12, { title: 'Fix @bob’s import of #3 orders', type: 'bug-fix', prompts: crud, cost: cost(1000, 0, 1000), hours: 0.5 }),
    past(1, { type: 'bug-fix', cost: cost(8000), hours: 80 }),
    past(2, { type: 'bug-fix', cost: cost(8000), hours: 80 }),
  ]);

  it('says what can be taken over, what it cost, what it saved; a title mentions nobody', () => {
    const block = nearBlock(session({ records: { ...NO_RECORDS, near } }));
    expect(block).toMatch(
      /^- #12 .*\(`bug-fix`, 30 min, first try, 2k tokens\)\. Its prompt: `\/session prompt crud`\. It took 6k tokens and 3\.3 d less than is usual for its playbook\.$/m,
    );
    expect(block).not.toMatch(/@bob|#3/);
  });

  it('is gone once the session has ended, and absent where nothing is near', () => {
    expect(nearBlock(session({ state: 'completed', records: { ...NO_RECORDS, near } }))).toBe('');
    expect(nearBlock(session())).toBe('');
    expect(patternRows(session())).toEqual([]);
  });

  it('is noted when the session starts, and stays when the past changes', () => {
    const sessions = [past(12, { title: 'Cart total is wrong', type: 'bug-fix' })];
    const born = advance({ facts: facts({ past: sessions }), changes: [], ask: null });
    expect(born.session?.state).toBe('active');
    expect(born.session?.records.near?.map(({ number }) => number)).toEqual([12]);
    const own = ledger({ records: born.session?.records ?? NO_RECORDS });
    const later = advance({ facts: facts({ own, subject: subject() }), changes: [], ask: null });
    expect(later.session?.records.near?.map(({ number }) => number)).toEqual([12]);
  });
});

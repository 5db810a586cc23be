/** Sessions that ended, for the history, on both engines (B5). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerEffect } from '../../src/model/effect.ts';
import { type Cost, NO_RECORDS, type PromptUse } from '../../src/model/records.ts';
import type { Session } from '../../src/model/session.ts';
import { at, leaseOf, REPO, session } from './samples.ts';
import { engines, type World } from './worlds.ts';

const ended = (number: number, over: Partial<Session> = {}): LedgerEffect => ({
  kind: 'session.save',
  session: session(number, { state: 'completed', startedAt: at(number), endedAt: at(number + 90), ...over }),
  claim: null,
});
const active = (number: number, minute: number): LedgerEffect => ({
  kind: 'transition.add',
  transition: { repo: REPO, number, from: 'planned', to: 'active', who: 'Playcaller', why: 'free', at: at(minute) },
});
const logged = (number: number, key: string, text = 'x'): LedgerEffect => ({
  kind: 'worklog.add',
  entry: { repo: REPO, number, key, who: 'Playcaller', text, at: at(number) },
});
const use = (key: string, pattern: string, values: Record<string, string>): PromptUse => ({
  key,
  by: 'alice',
  at: at(0),
  pattern,
  version: '1.0.0',
  values,
});
const cost = (key: string, planner: number, coder: number, validator: number): Cost => ({
  key,
  by: 'alice',
  at: at(0),
  planner,
  coder,
  validator,
});

describe.each(engines)('the past on $name', ({ begin }) => {
  let world: World;
  beforeEach(async () => {
    world = await begin();
  });
  afterEach(() => world.end());

  test('newest first, as many as asked for; open ones and other repositories left out', async () => {
    const { ledger } = world.store;
    expect(await ledger.pastSessions(REPO, 200)).toEqual([]);
    const others: LedgerEffect[] = [
      { kind: 'session.save', session: session(9), claim: null },
      { kind: 'session.save', session: session(8, { state: 'active', startedAt: at(8) }), claim: null },
    ];
    await ledger.commit(await leaseOf(world.store, 1), [ended(5), ended(7), ended(6, { state: 'abandoned' }), ...others]);
    expect((await ledger.pastSessions(REPO, 200)).map(({ number, state }) => [number, state])).toEqual([
      [7, 'completed'],
      [6, 'abandoned'],
      [5, 'completed'],
    ]);
    expect((await ledger.pastSessions(REPO, 2)).map(({ number }) => number)).toEqual([7, 6]);
    expect(await ledger.pastSessions('acme/other', 200)).toEqual([]);
  });

  test('what is a first try', async () => {
    const { ledger } = world.store;
    const forgotten = { log: 3, records: 0, moves: 0, texts: 0 };
    await ledger.commit(await leaseOf(world.store, 1), [
      ended(1),
      active(1, 1),
      logged(1, 'pr-5:abc123:pass'),
      logged(1, 'said:x', '"key":"pr-5:abc:fail"'),
      ended(2),
      active(2, 1),
      logged(2, 'pr-6:abc123:fail'),
      logged(2, 'pr-6:def456:pass'),
      ended(3),
      active(3, 1),
      active(3, 2),
      ended(4, { state: 'abandoned' }),
      active(4, 1),
      ended(5, { forgotten }),
      active(5, 1),
      ended(6, { forgotten }),
      active(6, 1),
      logged(6, 'pr-7:abc123:fail'),
    ]);
    const tries = new Map((await ledger.pastSessions(REPO, 200)).map(({ number, firstTry }) => [number, firstTry]));
    expect([1, 2, 3, 4, 5, 6].map((number) => tries.get(number))).toEqual([true, false, false, false, null, false]);
  });

  test('cost adds up, the last prompt of each pattern counts, hours run from start to end', async () => {
    const { ledger } = world.store;
    const records = {
      ...NO_RECORDS,
      module: 'cart',
      prompts: [use('a', 'crud', { A: '1' }), use('b', 'rest', {}), use('c', 'crud', { A: '2' })],
      costs: [cost('d', 1000, 0, 500), cost('e', -200, 5, 0)],
    };
    await ledger.commit(await leaseOf(world.store, 1), [ended(1, { records }), ended(2, { startedAt: null })]);
    const [second, first] = await ledger.pastSessions(REPO, 200);
    expect(first).toMatchObject({ number: 1, module: 'cart', hours: 1.5, cost: { planner: 800, coder: 5, validator: 500 } });
    expect(first?.prompts).toEqual([
      { pattern: 'crud', values: { A: '2' } },
      { pattern: 'rest', values: {} },
    ]);
    expect(second).toMatchObject({ number: 2, hours: null, cost: null, prompts: [] });
  });
});

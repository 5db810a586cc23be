/** Ideas of the sessions before one, on both engines (P6). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Idea, NO_RECORDS } from '../../src/model/records.ts';
import { at, leaseOf, REPO, session } from './samples.ts';
import { engines, type World } from './worlds.ts';

const idea = (key: string): Idea => ({
  key,
  by: 'alice',
  at: at(0),
  title: key,
  impact: 5,
  confidence: 5,
  effort: 5,
  kind: null,
  lens: null,
  needs: null,
  issue: null,
});
const ideas = (count: number) => ({ ...NO_RECORDS, ideas: Array.from({ length: count }, (_, nth) => idea(`i${nth}`)) });

describe.each(engines)('counting ideas on $name', ({ begin }) => {
  let world: World;
  beforeEach(async () => {
    world = await begin();
  });
  afterEach(() => world.end());

  test('of sessions planned before, with ideas, in this repository', async () => {
    const { ledger } = world.store;
    const sessions = [
      session(5, { plannedAt: at(1), records: ideas(4) }),
      session(6, { plannedAt: at(2), records: ideas(0) }),
      session(7, { plannedAt: at(3), records: ideas(2) }),
      session(8, { plannedAt: at(3), records: ideas(1) }),
      session(9, { plannedAt: at(4), records: ideas(9) }),
    ];
    await ledger.commit(
      await leaseOf(world.store, 1),
      sessions.map((each) => ({ kind: 'session.save', session: each, claim: null })),
    );
    expect(await ledger.ideaCounts(REPO, at(3), 8)).toEqual([4, 2]);
    expect(await ledger.ideaCounts(REPO, at(3), 7)).toEqual([4]);
    expect(await ledger.ideaCounts(REPO, at(9), 9)).toEqual([4, 2, 1]);
    expect(await ledger.ideaCounts('acme/other', at(9), 9)).toEqual([]);
  });
});

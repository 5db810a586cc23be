/** What a rebuild found goes into the ledger whole or not at all, and never over what the ledger knows better. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SessionLedger } from '../../src/model/facts.ts';
import type { Restoration } from '../../src/model/rebuild.ts';
import type { Store } from '../../src/store/types.ts';
import { at, entry, leaseOf, pull, REPO, session, transition } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const VERSION = 29_000_000;

function found(number: number, minute = 0, over: Partial<SessionLedger> = {}): SessionLedger {
  return {
    session: session(number, { state: 'active', startedAt: at(0), plannedAt: at(0), version: VERSION }),
    pulls: [pull(number + 100, { session: number })],
    transitions: [transition(number), transition(number, { from: 'planned', to: 'active', at: at(minute) })],
    worklog: [entry(number, minute)],
    artefacts: { card: `IC_card_${number}`, playbook: `IC_playbook_${number}` },
    ...over,
  };
}

function restoration(sessions: SessionLedger[], over: Partial<Restoration> = {}): Restoration {
  return {
    repo: REPO,
    installationId: 7,
    files: { '.github/playcaller.yml': 'version: 1\n' },
    sessions,
    artefacts: { tracker: 'I_tracker', 'sweep:2030-05-01': 'IC_sweep' },
    cycles: [{ repo: REPO, day: '2030-05-01', number: 4, startedAt: at(1) }],
    done: [{ commentId: 'IC_9', line: '/session types' }],
    look: [],
    ...over,
  };
}

describe.each(engines)('restoring on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
  });
  afterEach(() => world.end());

  test('an empty ledger gets all of it, and the lanes that are to look', async () => {
    const { ledger, inbox } = store;
    const given = restoration([found(1), found(2)], { look: [2] });
    expect(await ledger.restore(given, false)).toEqual({ written: [1, 2], kept: [] });
    expect(await ledger.session(REPO, 1)).toEqual(found(1));
    expect(await ledger.slots(REPO)).toEqual({ active: 2, activeFastLane: 0, queue: [] });
    expect((await ledger.config(REPO))?.files).toEqual(given.files);
    expect(await ledger.artefact(REPO, 0, 'tracker')).toBe('I_tracker');
    expect(await ledger.artefact(REPO, 0, 'sweep:2030-05-01')).toBe('IC_sweep');
    expect(await ledger.cycles(REPO, 2)).toEqual(given.cycles);
    expect(await ledger.doneLines(REPO, 'IC_9')).toEqual(['/session types']);
    expect((await ledger.pull(REPO, 101))?.session).toBe(1);
    const works = await inbox.lease(10, 60_000);
    const lanes = works.map(({ lease, installationId, inputs }) => [
      lease.lane,
      installationId,
      ...inputs.map(({ input }) => input.kind),
    ]);
    expect(lanes).toHaveLength(2);
    expect(lanes).toContainEqual([`${REPO}#2`, 7, 'change']);
    expect(lanes).toContainEqual([`${REPO}@board`, 7, 'board']);
  });

  test('twice is once', async () => {
    const { ledger } = store;
    await ledger.restore(restoration([found(1)]), false);
    expect(await ledger.restore(restoration([found(1)]), false)).toEqual({ written: [], kept: [1] });
    expect(await ledger.session(REPO, 1)).toEqual(found(1));
    expect((await store.inbox.lease(10, 60_000)).flatMap((work) => work.inputs)).toHaveLength(1);
  });

  test('a dry run tells and does nothing', async () => {
    const { ledger } = store;
    expect(await ledger.restore(restoration([found(1)]), true)).toEqual({ written: [1], kept: [] });
    expect(await ledger.session(REPO, 1)).toBeNull();
    expect(await ledger.config(REPO)).toBeNull();
    expect(await store.inbox.lease(10, 60_000)).toEqual([]);
  });

  test('what the ledger knows better stays; what it is behind with is brought up to date', async () => {
    const { ledger } = store;
    await ledger.restore(restoration([found(1, 30), found(2, 10)]), false);
    const behind = found(1, 20);
    const ahead = found(2, 40);
    ahead.session = { ...ahead.session, state: 'completed', endedAt: at(40) };
    expect(await ledger.restore(restoration([behind, ahead], { files: null }), false)).toEqual({ written: [2], kept: [1] });
    expect((await ledger.session(REPO, 1))?.worklog).toEqual([entry(1, 30)]);
    const second = await ledger.session(REPO, 2);
    expect(second?.session).toEqual({ ...ahead.session, version: VERSION + 1 });
    expect(second?.worklog).toEqual([entry(2, 10), entry(2, 40)]);
    expect((await ledger.config(REPO))?.files).toEqual({ '.github/playcaller.yml': 'version: 1\n' });
  });

  test('whoever read a session before it was restored cannot write it any more', async () => {
    const { ledger } = store;
    const lease = await leaseOf(store, 1);
    const old = session(1, { version: 1 });
    expect(await ledger.commit(lease, [{ kind: 'session.save', session: old, claim: null }])).toBe('done');
    await ledger.restore(restoration([found(1, 60)]), false);
    const next = { ...old, version: 2 };
    expect(await ledger.commit(lease, [{ kind: 'session.save', session: next, claim: null }])).toBe('stale');
  });

  test('an id that two cards name goes to the first; the other gets its number behind it', async () => {
    const { ledger } = store;
    const first = found(1);
    const second = found(2);
    second.session = { ...second.session, id: first.session.id };
    await ledger.restore(restoration([first, second]), false);
    expect((await ledger.sessionById(REPO, first.session.id))?.session.number).toBe(1);
    expect((await ledger.session(REPO, 2))?.session.id).toBe(`${first.session.id}-2`);
  });
});

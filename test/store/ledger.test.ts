/** The ledger: what goes in comes out, all or nothing, and the older fact never wins (A3). */
import { StatementSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cycle } from '../../src/model/board-facts.ts';
import type { LedgerEffect } from '../../src/model/effect.ts';
import type { PatchScan } from '../../src/model/pull-facts.ts';
import type { Lease } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';
import { at, entry, leaseOf, pull, REPO, session, transition } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const save = (...args: Parameters<typeof session>): LedgerEffect => ({
  kind: 'session.save',
  session: session(...args),
  claim: null,
});

describe.each(engines)('the ledger on $name', ({ name, begin }) => {
  let world: World;
  let store: Store;
  let lease: Lease;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
    lease = await leaseOf(store, 1);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    return world.end();
  });

  const commit = (...effects: LedgerEffect[]) => store.ledger.commit(lease, effects);

  test('an empty ledger knows nothing', async () => {
    const { ledger } = store;
    expect(await ledger.session(REPO, 1)).toBeNull();
    expect(await ledger.sessionById(REPO, 'x')).toBeNull();
    expect(await ledger.sessionByBranch(REPO, 'x')).toBeNull();
    expect(await ledger.sessions(REPO, at(0))).toEqual([]);
    expect(await ledger.takenIds(REPO, '')).toEqual([]);
    expect(await ledger.slots(REPO)).toEqual({ active: 0, activeFastLane: 0, queue: [] });
    expect(await ledger.pull(REPO, 1)).toBeNull();
    expect(await ledger.scan(REPO, 1)).toBeNull();
    expect(await ledger.artefact(REPO, 1, 'card')).toBeNull();
    expect(await ledger.doneLines(REPO, 'IC_1')).toEqual([]);
    expect(await ledger.worklogSince(REPO, at(0))).toEqual([]);
    expect(await ledger.cycles(REPO, 10)).toEqual([]);
    expect(await ledger.config(REPO)).toBeNull();
    expect(await ledger.repositories()).toEqual([]);
  });

  test('a session comes back with all that belongs to it', async () => {
    const moves = [transition(5), transition(5, { from: 'planned', to: 'active', at: at(3) })];
    const entries = [entry(5, 2), entry(5, 1)];
    const pulls = [pull(21, { session: 5 }), pull(20, { session: 5 }), pull(22, { session: 6 })];
    expect(
      await commit(
        save(5),
        save(6),
        ...moves.map((each): LedgerEffect => ({ kind: 'transition.add', transition: each })),
        ...entries.map((each): LedgerEffect => ({ kind: 'worklog.add', entry: each })),
        ...pulls.map((each): LedgerEffect => ({ kind: 'pull.save', pull: each })),
        { kind: 'artefact.remember', repo: REPO, number: 5, role: 'card', id: 'IC_card' },
        { kind: 'artefact.remember', repo: REPO, number: 5, role: 'playbook', id: 'IC_playbook' },
      ),
    ).toBe('done');
    const expected = {
      session: session(5),
      pulls: [pulls[1], pulls[0]],
      transitions: moves,
      worklog: [entries[1], entries[0]],
      artefacts: { card: 'IC_card', playbook: 'IC_playbook' },
    };
    expect(await store.ledger.session(REPO, 5)).toEqual(expected);
    expect(await store.ledger.sessionById(REPO, '2030-05-01-issue-5')).toEqual(expected);
    expect(await store.ledger.sessionByBranch(REPO, 'session/issue-5')).toEqual(expected);
    expect(await store.ledger.session('acme/other', 5)).toBeNull();
  });

  test('a version is written once, in order', async () => {
    expect(await commit(save(5, { version: 2 }))).toBe('stale');
    expect(await commit(save(5))).toBe('done');
    expect(await commit(save(5, { title: 'again' }))).toBe('stale');
    expect(await commit(save(5, { version: 2, title: 'new' }))).toBe('done');
    expect(await commit(save(5, { version: 2, title: 'late' }))).toBe('stale');
    expect(await commit(save(5, { version: 4 }))).toBe('stale');
    expect((await store.ledger.session(REPO, 5))?.session).toEqual(session(5, { version: 2, title: 'new' }));
  });

  test('an id is taken once in a repository', async () => {
    expect(await commit(save(5, { id: 'same' }))).toBe('done');
    expect(await commit(save(6, { id: 'same' }))).toBe('stale');
    expect(await commit(save(6, { id: 'same-2' }))).toBe('done');
    expect(await commit(save(6, { id: 'same', version: 2 }))).toBe('stale');
  });

  test('a stale commit and one without its lease leave nothing behind', async () => {
    await commit(save(5));
    const before = await store.inbox.figures();
    const effects: LedgerEffect[] = [
      { kind: 'pull.save', pull: pull(20) },
      { kind: 'wake', lane: `${REPO}#77`, why: 'test' },
      { kind: 'worklog.add', entry: entry(5, 1) },
      save(5),
    ];
    expect(await commit(...effects)).toBe('stale');
    expect(await store.ledger.commit({ ...lease, token: 'another' }, effects.slice(0, 3))).toBe('lease-lost');
    expect(await store.ledger.pull(REPO, 20)).toBeNull();
    expect(await store.ledger.worklogSince(REPO, at(0))).toEqual([]);
    expect(await store.inbox.figures()).toMatchObject({ depth: before.depth });
  });

  test('every record may be written twice', async () => {
    const scan: PatchScan = {
      headSha: 'h',
      baseRef: 'main',
      files: [],
      secrets: [],
      conflictMarkers: [{ path: 'a', line: 1 }],
      binaries: [],
      unread: [],
    };
    const cycle: Cycle = { repo: REPO, day: '2030-05-01', number: 1, startedAt: at(0) };
    const effects: LedgerEffect[] = [
      { kind: 'transition.add', transition: transition(5) },
      { kind: 'worklog.add', entry: entry(5, 1, { key: 'k'.repeat(10_000) }) },
      { kind: 'pull.save', pull: pull(20, { open: ['ci'] }) },
      { kind: 'scan.save', repo: REPO, number: 20, scan },
      { kind: 'cycle.save', cycle },
      { kind: 'cycle.save', cycle: { ...cycle, day: '2030-05-02', number: 2 } },
      { kind: 'command.done', repo: REPO, commentId: 'IC_1', line: `/session ${'x'.repeat(10_000)}` },
      { kind: 'artefact.remember', repo: REPO, number: 5, role: 'card', id: 'IC_card' },
      { kind: 'artefact.forget', repo: REPO, number: 5, role: 'nothing' },
    ];
    expect(await commit(save(5), ...effects)).toBe('done');
    expect(await commit(...effects)).toBe('done');
    const { ledger } = store;
    expect((await ledger.session(REPO, 5))?.transitions).toHaveLength(1);
    expect(await ledger.worklogSince(REPO, at(0))).toHaveLength(1);
    expect(await ledger.pull(REPO, 20)).toEqual(pull(20, { open: ['ci'] }));
    expect(await ledger.scan(REPO, 20)).toEqual(scan);
    expect((await ledger.cycles(REPO, 10)).map((each) => each.number)).toEqual([2, 1]);
    expect(await ledger.cycles(REPO, 1)).toHaveLength(1);
    const elsewhere: Cycle = { ...cycle, repo: 'acme/other', day: '2030-05-03', number: 9 };
    expect(await store.ledger.commit(await leaseOf(store, 1, 'acme/other'), [{ kind: 'cycle.save', cycle: elsewhere }])).toBe(
      'done',
    );
    expect((await ledger.newestCycles(10)).map(({ repo, number }) => [repo, number])).toEqual([
      ['acme/other', 9],
      [REPO, 2],
    ]);
    expect(await ledger.newestCycles(1)).toEqual([elsewhere]);
    expect(await ledger.doneLines(REPO, 'IC_1')).toEqual([`/session ${'x'.repeat(10_000)}`]);
    await commit({ kind: 'artefact.forget', repo: REPO, number: 5, role: 'card' });
    expect(await ledger.artefact(REPO, 5, 'card')).toBeNull();
  });

  test('open sessions, and those that ended lately', async () => {
    await commit(
      save(1),
      save(2, { state: 'active' }),
      save(3, { state: 'completed', endedAt: at(10) }),
      save(4, { state: 'abandoned', endedAt: at(9) }),
      { ...save(5), session: session(5, { repo: 'acme/other' }), claim: null } as LedgerEffect,
    );
    expect((await store.ledger.sessions(REPO, at(10))).map((each) => each.session.number)).toEqual([1, 2, 3]);
  });

  test('a thousand sessions cost five queries', async () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => index + 1);
    const entries = Array.from({ length: 25 }, (_, minute): LedgerEffect => ({ kind: 'worklog.add', entry: entry(7, minute) }));
    expect(await commit(...numbers.map((number) => save(number)), ...entries)).toBe('done');
    const all = vi.spyOn(StatementSync.prototype, 'all');
    const sessions = await store.ledger.sessions(REPO, at(0));
    expect(sessions).toHaveLength(1_000);
    expect(sessions[6]?.worklog.map((each) => each.at)).toEqual(Array.from({ length: 20 }, (_, index) => at(index + 5)));
    if (name === 'SQLite') expect(all).toHaveBeenCalledTimes(5);
  });

  test('an open session has its branch before an ended one', async () => {
    const branch = 'session/shared';
    await commit(
      save(1, { branch, state: 'completed' }),
      save(2, { branch, state: 'active' }),
      save(3, { branch, state: 'abandoned' }),
    );
    expect((await store.ledger.sessionByBranch(REPO, branch))?.session.number).toBe(2);
    await commit(save(2, { branch, state: 'completed', version: 2 }));
    expect((await store.ledger.sessionByBranch(REPO, branch))?.session.number).toBe(3);
  });

  test('ids by their prefix, letter for letter', async () => {
    await commit(
      save(1, { id: '2030-05-01-a' }),
      save(2, { id: '2030-05-01-ab' }),
      save(3, { id: '2030-05-01-A' }),
      save(4, { id: '2030%' }),
    );
    expect(await store.ledger.takenIds(REPO, '2030-05-01-a')).toEqual(['2030-05-01-a', '2030-05-01-ab']);
    expect(await store.ledger.takenIds(REPO, '2030%')).toEqual(['2030%']);
  });

  test('the configuration and the tracker of a repository', async () => {
    await store.ledger.saveConfig('acme/other', 8, { '.github/playcaller.yml': 'version: 1' });
    await store.ledger.saveConfig('acme/other', 9, { '.github/playcaller.yml': 'version: 1\ncapacity: 3' });
    await commit(
      { kind: 'artefact.remember', repo: REPO, number: 0, role: 'tracker', id: 'I_99' },
      { kind: 'artefact.remember', repo: REPO, number: 0, role: 'tracker-number', id: '99' },
    );
    expect(await store.ledger.config('acme/other')).toEqual({
      repo: 'acme/other',
      installationId: 9,
      files: { '.github/playcaller.yml': 'version: 1\ncapacity: 3' },
      trackerNumber: null,
      trackerId: null,
    });
    expect(await store.ledger.config(REPO)).toEqual({
      repo: REPO,
      installationId: 7,
      files: {},
      trackerNumber: 99,
      trackerId: 'I_99',
    });
    expect(await store.ledger.repositories()).toEqual([
      { repo: 'acme/other', installationId: 9 },
      { repo: REPO, installationId: 7 },
    ]);
  });
});

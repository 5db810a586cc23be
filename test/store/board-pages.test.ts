/** Pages of a board are kept in order while it is read, and only those that fit the question are given back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BoardPage } from '../../src/model/board-facts.ts';
import type { Lease } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';
import { at, leaseOf, REPO } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const NEW = 'acme/store';

describe.each(engines)('pages of a board on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  let lease: Lease;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
    lease = await leaseOf(store, 1);
  });
  afterEach(() => world.end());

  const keep = (page: number, over: Partial<BoardPage> = {}) => {
    const lines = [`"page ${page} – ${'ü'.repeat(1000)}"`, `"line\\n\u2028 ${page}"`];
    return store.ledger.commit(lease, [
      { kind: 'board-page.keep', page: { repo: REPO, day: '2030-05-01', shape: 's', page, at: at(page), lines, ...over } },
    ]);
  };
  const found = async (over: Partial<Parameters<Store['ledger']['boardPages']>[1]> = {}, repo = REPO) => {
    const wanted = { day: '2030-05-01', shape: 's', since: at(0), until: at(60), ...over };
    return (await store.ledger.boardPages(repo, wanted)).map(([first]) => JSON.parse(first ?? '').slice(0, 6));
  };

  test('they come back whole, in order', async () => {
    expect(await found()).toEqual([]);
    for (const page of [0, 2, 1]) expect(await keep(page)).toBe('done');
    expect(await found()).toEqual(['page 0', 'page 1', 'page 2']);
    const [lines = []] = await store.ledger.boardPages(REPO, { day: '2030-05-01', shape: 's', since: at(0), until: at(60) });
    expect(lines.map((line) => JSON.parse(line))).toEqual([`page 0 – ${'ü'.repeat(1000)}`, 'line\n\u2028 0']);
    expect(await found({}, NEW)).toEqual([]);
  });

  test('of another day, of another question, too old, of the future, after a gap: not given back', async () => {
    for (const page of [0, 1]) await keep(page);
    await keep(3);
    expect(await found()).toEqual(['page 0', 'page 1']);
    expect(await found({ day: '2030-05-02' })).toEqual([]);
    expect(await found({ shape: 't' })).toEqual([]);
    expect(await found({ since: at(1) })).toEqual([]);
    expect(await found({ until: at(0) })).toEqual(['page 0']);
  });

  test('the first page of a new reading replaces all', async () => {
    for (const page of [0, 1, 2]) await keep(page);
    await keep(0, { at: at(10) });
    expect(await found()).toEqual(['page 0']);
  });

  test('kept again after a crash: once', async () => {
    await keep(0);
    await keep(1);
    await keep(1, { lines: ['"again!"'] });
    expect(await found()).toEqual(['page 0', 'again!']);
  });

  test('forgotten with the sweep, for this repository alone', async () => {
    await keep(0);
    await keep(0, { repo: NEW });
    await store.ledger.commit(lease, [{ kind: 'board-pages.forget', repo: REPO }]);
    expect(await found()).toEqual([]);
    expect(await found({}, NEW)).toEqual(['page 0']);
  });

  test('under another name nothing of it holds', async () => {
    await keep(0);
    await store.ledger.renameRepository(REPO, NEW);
    expect(await found()).toEqual([]);
    expect(await found({}, NEW)).toEqual([]);
  });

  test('who lost the lease keeps nothing', async () => {
    await store.inbox.complete(lease, Number.MAX_SAFE_INTEGER);
    expect(await keep(0)).toBe('lease-lost');
    expect(await found()).toEqual([]);
  });
});

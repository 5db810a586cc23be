/** A renamed repository keeps all that is known of it, and the work that waits for it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { subjectLane } from '../../src/model/repo.ts';
import type { Lease } from '../../src/store/inbox-types.ts';
import { openStore } from '../../src/store/open.ts';
import { SQLITE_FILE } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/types.ts';
import { about, addressed, at, delivery, entry, leaseOf, pull, REPO, session, transition } from './samples.ts';
import type { World } from './worlds.ts';
import { engines } from './worlds.ts';

const NEW = 'acme/store';

describe.each(engines)('a renamed repository on $name', ({ begin }) => {
  let world: World;
  let store: Store;
  beforeEach(async () => {
    world = await begin();
    store = world.store;
  });
  afterEach(() => world.end());

  const fill = async (): Promise<Lease> => {
    const lease = await leaseOf(store, 1);
    await store.ledger.saveConfig(REPO, 7, { 'a.yml': 'a' });
    await store.ledger.commit(lease, [
      { kind: 'session.save', session: session(1, { title: `"repo":"${REPO}" stays` }), claim: null },
      { kind: 'transition.add', transition: transition(1) },
      { kind: 'worklog.add', entry: entry(1, 1) },
      { kind: 'pull.save', pull: pull(5, { session: 1, headSha: 'abc' }) },
      { kind: 'cycle.save', cycle: { repo: REPO, day: '2030-05-01', number: 3, startedAt: at(0) } },
      { kind: 'command.done', repo: REPO, commentId: 'IC_1', line: '/session types' },
      { kind: 'artefact.remember', repo: REPO, number: 1, role: 'card', id: 'IC_card' },
    ]);
    return lease;
  };

  test('everything is found under the new name, nothing under the old one', async () => {
    await fill();
    await store.cron.take(`sweep:${REPO}`, at(1), delivery([]));
    await store.ledger.renameRepository(REPO, NEW);
    const { ledger } = store;
    const found = await ledger.session(NEW, 1);
    expect(found?.session).toMatchObject({ repo: NEW, title: `"repo":"${REPO}" stays` });
    expect(found?.transitions.map(({ repo }) => repo)).toEqual([NEW]);
    expect(found?.worklog.map(({ repo }) => repo)).toEqual([NEW]);
    expect(found?.pulls.map(({ repo, number }) => [repo, number])).toEqual([[NEW, 5]]);
    expect(found?.artefacts).toEqual({ card: 'IC_card' });
    expect(await ledger.cycles(NEW, 5)).toMatchObject([{ repo: NEW, number: 3 }]);
    expect(await ledger.doneLines(NEW, 'IC_1')).toEqual(['/session types']);
    expect(await ledger.config(NEW)).toMatchObject({ repo: NEW, files: { 'a.yml': 'a' } });
    expect(await ledger.repositories()).toEqual([{ repo: NEW, installationId: 7 }]);
    expect(await store.cron.lastSlot(`sweep:${NEW}`)).toBe(at(1));
    expect(await ledger.session(REPO, 1)).toBeNull();
    expect(await ledger.pull(REPO, 5)).toBeNull();
    expect(await store.cron.lastSlot(`sweep:${REPO}`)).toBeNull();
  });

  test('the session goes on: its next version is written under the new name', async () => {
    await fill();
    await store.ledger.renameRepository(REPO, NEW);
    await store.inbox.receive([about(1, NEW)]);
    const lease = (await store.inbox.lease(9, 60_000)).find((work) => work.lease.lane === subjectLane(NEW, 1))?.lease;
    const next = session(1, { repo: NEW, version: 2 });
    expect(lease && (await store.ledger.commit(lease, [{ kind: 'session.save', session: next, claim: null }]))).toBe('done');
  });

  test('work that waits, and work under way, is handled under the new name; the old holder writes nothing more', async () => {
    const lease = await fill();
    await store.inbox.receive([about(2)]);
    await store.ledger.renameRepository(REPO, NEW);
    expect(await store.inbox.renew(lease, 1000)).toBe(false);
    expect(await store.inbox.complete(lease, 99)).toBe(false);
    expect(await store.ledger.commit(lease, [{ kind: 'worklog.add', entry: entry(1, 9) }])).toBe('lease-lost');
    const works = await store.inbox.lease(9, 1000);
    expect(works.map((work) => [work.lease.lane, work.repo, work.inputs.length]).sort()).toEqual([
      [`${NEW}#1`, NEW, 1],
      [`${NEW}#2`, NEW, 1],
    ]);
  });

  test('who works under the new name already does not end what came over from the old one', async () => {
    await store.inbox.receive([about(1)]);
    await store.inbox.receive([about(1, NEW)]);
    const works = await store.inbox.lease(9, 60_000);
    const held = works.find((work) => work.repo === NEW);
    await store.ledger.renameRepository(REPO, NEW);
    const upto = held?.inputs.at(-1)?.seq ?? 0;
    expect(held && (await store.inbox.complete(held.lease, upto))).toBe(true);
    expect(await store.inbox.lease(9, 1000)).toMatchObject([{ repo: NEW, inputs: [{ seq: expect.any(Number) }] }]);
  });

  test('what an early event began under the new name gives way to the history', async () => {
    await fill();
    await store.inbox.receive([about(1, NEW)]);
    const early = (await store.inbox.lease(9, 60_000)).find((work) => work.repo === NEW)?.lease;
    if (!early) throw new Error('no lease');
    await store.ledger.commit(early, [
      { kind: 'session.save', session: session(1, { repo: NEW, title: 'early' }), claim: null },
      { kind: 'artefact.remember', repo: NEW, number: 1, role: 'card', id: 'IC_early' },
      { kind: 'artefact.remember', repo: NEW, number: 1, role: 'record', id: 'IC_record' },
    ]);
    await store.ledger.renameRepository(REPO, NEW);
    const found = await store.ledger.session(NEW, 1);
    expect(found?.session.title).not.toBe('early');
    expect(found?.artefacts).toEqual({ card: 'IC_card', record: 'IC_record' });
  });

  test('the news itself: taken once, in the transaction that stores it, and the board looks', async () => {
    await fill();
    const news = delivery([
      { ...addressed({ to: 'board' }, { kind: 'renamed', from: REPO, sender: 'alice' }, NEW), installationId: 8 },
    ]);
    expect(await store.inbox.receive([news, news])).toEqual([true, false]);
    expect((await store.ledger.session(NEW, 1))?.session.repo).toBe(NEW);
    expect(await store.ledger.repositories()).toEqual([{ repo: NEW, installationId: 8 }]);
    const works = await store.inbox.lease(9, 1000);
    expect(works.map((work) => work.installationId)).toEqual([8, 8]);
    expect(works.find((work) => work.lease.lane === `${NEW}@board`)?.inputs).toMatchObject([
      { input: { kind: 'board', reason: 'installed' } },
    ]);
  });

  test('parked work is replayed under the new name; an unknown old name changes nothing', async () => {
    await store.inbox.receive([about(4)]);
    const [work] = await store.inbox.lease(1, 60_000);
    if (!work) throw new Error('no work');
    await store.inbox.park(work.lease, work.inputs.at(-1)?.seq ?? 0, 'broken');
    await store.ledger.renameRepository('acme/never-seen', 'acme/other');
    await store.ledger.renameRepository(REPO, NEW);
    const [parked] = await store.inbox.parked(9);
    expect(parked?.lane).toBe(`${NEW}#4`);
    await store.inbox.replay([parked?.seq ?? 0]);
    expect(await store.inbox.lease(9, 1000)).toMatchObject([{ repo: NEW, lease: { lane: `${NEW}#4` } }]);
  });
});

test('no table that belongs to repositories is forgotten: a row in any one of them alone is moved', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'playcaller-rename-'));
  const store = await openStore({ dataDir, databaseUrl: null });
  const db = new DatabaseSync(join(dataDir, SQLITE_FILE));
  try {
    const columns = db
      .prepare(
        `select m.name as "table", group_concat(c.name) as names, group_concat(c.type) as types from sqlite_master m
        join pragma_table_info(m.name) c where m.type = 'table' group by m.name having sum(c.name = 'repo')`,
      )
      .all()
      .map((row) => ({ table: String(row.table), names: String(row.names).split(','), types: String(row.types).split(',') }));
    expect(columns.length).toBeGreaterThan(15);
    for (const { table, names, types } of columns) {
      const of = (name: string, at: number) => (name === 'repo' ? REPO : types[at] === 'TEXT' || types[at] === 'text' ? '{}' : 1);
      const row = Object.fromEntries(names.map((name, at) => [name, of(name, at)]));
      for (const lane of ['lane', 'id'].filter((name) => table === 'lane' || name === 'lane'))
        if (lane in row) row[lane] = subjectLane(REPO, 1);
      db.prepare(`insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`).run(...Object.values(row));
      await store.ledger.renameRepository(REPO, NEW);
      const left = db.prepare(`select count(*) as count from ${table} where repo = ?`).get(REPO);
      expect([table, left?.count]).toEqual([table, 0]);
      for (const other of columns) db.prepare(`delete from ${other.table}`).run();
    }
  } finally {
    db.close();
    await store.close();
    await rm(dataDir, { recursive: true });
  }
});

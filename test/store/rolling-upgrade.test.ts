/** An upgrade while old replicas run (A4): the next release's migration under load, an old replica restarted after it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import type { Migration } from '../../src/store/migrations/index.ts';
import { migrations, stepOf } from '../../src/store/migrations/index.ts';
import { openStore, StoreUnusable } from '../../src/store/open.ts';
import { openPool } from '../../src/store/postgres-pool.ts';
import type { Tables } from '../../src/store/schema.ts';
import { SQLITE_FILE, SQLITE_WORDS } from '../../src/store/sqlite.ts';
import { nodeSqliteDialect } from '../../src/store/sqlite-driver.ts';
import type { Store } from '../../src/store/types.ts';
import { about } from './samples.ts';
import { engines, freshSchema } from './worlds.ts';

const POSTGRES_WORDS = { sequence: 'bigint generated always as identity primary key' };
/** What a next release might add: to tables that are written all the time. */
const addition: Migration = ({ sequence }) => [
  `create table next_thing (seq ${sequence}, what text not null)`,
  'alter table delivery add column host text',
  'alter table lane add column weight integer not null default 1',
  'alter table input add column size integer not null default 0',
  'create index input_size on input (size)',
];
const breakage: Migration = () => ({
  statements: ['drop table next_thing'],
  breaks: { why: 'the table next_thing is gone' },
});

describe.each(engines)('an upgrade on $name', ({ name }) => {
  let dataDir: string;
  let databaseUrl = '';
  let end = async (): Promise<void> => {};
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'playcaller-rolling-'));
    if (name === 'PostgreSQL') ({ url: databaseUrl, end } = await freshSchema());
  });
  afterEach(async () => {
    await end();
    await rm(dataDir, { recursive: true });
  });

  const open = (): Promise<Store> => openStore({ dataDir, databaseUrl });

  /** What the start of a release with these migrations does. */
  async function upgrade(list: readonly Migration[]): Promise<void> {
    const db =
      name === 'PostgreSQL'
        ? new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(databaseUrl, { patient: true, max: 1 }) }) })
        : new Kysely<Tables>({
            dialect: nodeSqliteDialect(new DatabaseSync(join(dataDir, SQLITE_FILE), { timeout: 20 }), (error) => error),
          });
    try {
      await migrate(db, { words: name === 'PostgreSQL' ? POSTGRES_WORDS : SQLITE_WORDS, lock: async () => {}, list });
    } finally {
      await db.destroy();
    }
  }

  /** Takes deliveries and does work, as a replica does, until told to stop. */
  function load(store: Store) {
    let stopping = false;
    let received = 0;
    let done = 0;
    const intake = (async () => {
      for (; !stopping; received += 1) {
        expect(await store.inbox.receive([{ ...about(received), guid: `guid-${received}` }])).toEqual([true]);
        await turn();
      }
    })();
    const work = (async () => {
      for (;;) {
        const works = await store.inbox.lease(8, 10_000);
        for (const { lease, inputs } of works) {
          expect(await store.inbox.complete(lease, inputs.at(-1)?.seq ?? 0)).toBe(true);
          done += inputs.length;
        }
        if (works.length === 0 && stopping) return;
        await turn();
      }
    })();
    return {
      seen: () => ({ received, done }),
      async stop() {
        stopping = true;
        await Promise.all([intake, work]);
        return { received, done };
      },
    };
  }

  test('old replicas work on while the next release migrates, and start again after it', async () => {
    const old = await open();
    const running = load(old);
    while (running.seen().done < 20) await turn();
    await upgrade([...migrations, addition]);
    const before = running.seen();
    while (running.seen().done < before.done + 20) await turn();
    const { received, done } = await running.stop();
    expect(done).toBe(received);
    await old.close();

    const restarted = await open();
    const known = { ...about(received), guid: 'guid-0' };
    expect(await restarted.inbox.receive([about(received + 1), known])).toEqual([true, false]);
    await restarted.ping();
    await restarted.close();
  });

  test('a step that breaks older releases keeps them from starting, in clear words', async () => {
    await (await open()).close();
    await upgrade([...migrations, addition, breakage]);
    const error = await open().catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(StoreUnusable);
    expect(String(error)).toContain('the table next_thing is gone');
    await upgrade([...migrations, addition, breakage]);
  });
});

/** Tables that a step makes are its own; on all others it may only add what old releases need not know. */
function takesAway(statements: readonly string[]): string[] {
  const made = new Set(statements.flatMap((text) => /^create table (\w+)/.exec(text)?.[1] ?? []));
  return statements.filter((text) => {
    if (/^create table \w+/.test(text) || /^create index /.test(text)) return false;
    const unique = /^create unique index \w+ on (\w+)/.exec(text)?.[1];
    if (unique !== undefined) return !made.has(unique);
    const filled = /^insert into (\w+)/.exec(text)?.[1];
    if (filled !== undefined) return !made.has(filled);
    const column = /^alter table \w+ add column \w+ \w+(.*)$/s.exec(text)?.[1];
    if (column === undefined) return true;
    return /not null/.test(column) && !/default/.test(column);
  });
}

test('the rule sees what takes away', () => {
  const good = [
    'create table a (x text)',
    'insert into a (x) values (1)',
    'create unique index a_x on a (x)',
    'alter table lane add column b integer',
  ];
  const bad = [
    'drop table lane',
    'alter table lane drop column error',
    'alter table lane add column c integer not null',
    'create unique index lane_repo on lane (repo)',
    'update lane set attempts = 0',
    'insert into lane (id) values (1)',
  ];
  expect(takesAway([...good, ...bad])).toEqual(bad);
});

test.each(migrations.map((migration, index) => [index + 1, migration] as const))(
  'migration %d only adds, or says what it breaks',
  (number, migration) => {
    const { statements, breaks } = stepOf(migration(SQLITE_WORDS), number);
    expect(breaks ? [] : takesAway(statements.map((text) => text.trim()))).toEqual([]);
  },
);

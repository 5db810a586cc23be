/** Brings the schema to the newest version; several processes may try at once, of several releases. */

import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from './engine.ts';
import type { Migration, Words } from './migrations/index.ts';
import { migrations, stepOf } from './migrations/index.ts';
import type { Tables } from './schema.ts';
import { refuseIfBroken } from './schema-floor.ts';

export interface MigrateOptions {
  words: Words;
  /** Keeps other processes out until the transaction ends. */
  lock(tx: Tx): Promise<void>;
  /** Only tests give another list. */
  list?: readonly Migration[];
}

/**
 * All steps in one transaction: all or none. A schema that a newer release has brought further is left as it is, and used:
 * migrations only add, unless one says that it breaks older releases.
 * @throws {StoreUnusable} when a newer release has broken the schema for this one.
 */
export async function migrate(db: Kysely<Tables>, { words, lock, list = migrations }: MigrateOptions): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lock(tx);
    await sql`create table if not exists schema_version (version integer primary key, applied_at bigint not null)`.execute(tx);
    await sql`create table if not exists schema_floor (version integer primary key, oldest integer not null, why text not null)`.execute(
      tx,
    );
    const { version } = await tx
      .selectFrom('schema_version')
      .select((eb) => eb.fn.coalesce(eb.fn.max('version'), sql<number>`0`).as('version'))
      .executeTakeFirstOrThrow();
    await refuseIfBroken(tx, { version, known: list.length });
    for (const [index, migration] of list.entries()) {
      if (index < version) continue;
      const { statements, breaks } = stepOf(migration(words), index + 1);
      for (const statement of statements) await sql.raw(statement).execute(tx);
      await tx
        .insertInto('schema_version')
        .values({ version: index + 1, applied_at: Date.now() })
        .execute();
      if (breaks)
        await tx
          .insertInto('schema_floor')
          .values({ version: index + 1, ...breaks })
          .execute();
    }
  });
}

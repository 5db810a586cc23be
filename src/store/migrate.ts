/** Brings the schema to the newest version; several processes may try at once. */

import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from './engine.ts';
import { StoreUnusable } from './errors.ts';
import type { Migration, Words } from './migrations/index.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './schema.ts';

export interface MigrateOptions {
  words: Words;
  /** Keeps other processes out until the transaction ends. */
  lock(tx: Tx): Promise<void>;
  /** Only tests give another list. */
  list?: readonly Migration[];
}

/** All steps in one transaction: all or none. @throws {StoreUnusable} when a newer release has been here. */
export async function migrate(db: Kysely<Tables>, { words, lock, list = migrations }: MigrateOptions): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lock(tx);
    await sql`create table if not exists schema_version (version integer primary key, applied_at bigint not null)`.execute(tx);
    const { version } = await tx
      .selectFrom('schema_version')
      .select((eb) => eb.fn.coalesce(eb.fn.max('version'), sql<number>`0`).as('version'))
      .executeTakeFirstOrThrow();
    if (version > list.length) throw new StoreUnusable(newer(version, list.length));
    for (const [index, migration] of list.entries()) {
      if (index < version) continue;
      for (const statement of migration(words)) await sql.raw(statement).execute(tx);
      await tx
        .insertInto('schema_version')
        .values({ version: index + 1, applied_at: Date.now() })
        .execute();
    }
  });
}

function newer(found: number, known: number): string {
  return (
    `The store has schema version ${found}, this release of Playcaller knows versions up to ${known}. ` +
    'Start the newer release again, or point DATA_DIR or DATABASE_URL at another store.'
  );
}

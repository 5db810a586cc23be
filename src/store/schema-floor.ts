/** Which releases may still use a schema that newer ones have brought further. */
import type { Kysely } from 'kysely';
import { StoreUnusable } from './errors.ts';
import type { Tables } from './schema.ts';

export interface SchemaState {
  /** Of the newest migration that was applied; 0 for an empty store. */
  version: number;
  /** How many migrations this release knows. */
  known: number;
}

/** The highest demand among the migrations that broke older releases; null when none did. The table must be there. */
export async function floorOf(db: Kysely<Tables>): Promise<{ version: number; oldest: number; why: string } | null> {
  const found = await db.selectFrom('schema_floor').selectAll().orderBy('oldest', 'desc').limit(1).executeTakeFirst();
  return found ?? null;
}

/** A schema that is not newer than this release is not asked for its floor. @throws {StoreUnusable} */
export async function refuseIfBroken(db: Kysely<Tables>, { version, known }: SchemaState): Promise<void> {
  if (version <= known) return;
  const floor = await floorOf(db);
  if (floor && floor.oldest > known) throw new StoreUnusable(tooNew({ version, known }, floor));
}

function tooNew({ version, known }: SchemaState, floor: { version: number; oldest: number; why: string }): string {
  return (
    `The store has schema version ${version}; this release of Playcaller knows versions up to ${known} and cannot work on it, ` +
    `because version ${floor.version} needs a release that knows at least ${floor.oldest}: ${floor.why}. ` +
    'Start the newer release again, or put back the backup from before the upgrade.'
  );
}

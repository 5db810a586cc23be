/** GitHub's limits on an installation's writes, held over all replicas: one row for each installation (A5). */
import { type RawBuilder, sql } from 'kysely';
import type { Engine } from './engine.ts';
import { writeLightly } from './engine.ts';
import type { Pace } from './types.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Only for an engine that several processes use; the SQL is PostgreSQL's. */
export function paceOn(engine: Engine): Pace {
  return {
    async take(installationId, units, { writesPerMinute, writesPerHour }) {
      const windows = [
        { limit: writesPerMinute, lengthMs: MINUTE_MS },
        { limit: writesPerHour, lengthMs: HOUR_MS },
      ].filter(({ limit }) => limit !== Infinity);
      const fits = windows.map(({ limit, lengthMs }) => fitsIn(engine, units, limit, lengthMs));
      const kept = windows.at(-1)?.lengthMs ?? 0;
      const now = engine.now();
      const { rows } = await sql`
        insert into pace as p (installation_id, taken, kept_until)
        select ${installationId}::bigint, ${now}::text || '*' || ${sql.lit(units)}, ${now} + ${sql.lit(kept)} where ${UNSYNCED}
        on conflict (installation_id) do update set
          kept_until = greatest(excluded.kept_until, p.blocked_until),
          taken = coalesce((
            select string_agg(entry, ',' order by at) from ${entries} where at > ${now} - ${sql.lit(kept)}) || ',', '') || excluded.taken
        where ${sql.join([sql`p.blocked_until <= ${now}`, ...fits], sql` and `)}
        returning installation_id`.execute(engine.db);
      return rows.length > 0 ? 0 : waitFor(engine, installationId, units, windows);
    },
    async block(installationId, ms) {
      const until = sql<number>`${engine.now()} + ${sql.lit(Math.ceil(ms))}`;
      await writeLightly(engine, (tx) =>
        tx
          .insertInto('pace')
          .values({ installation_id: installationId, taken: '', blocked_until: until, kept_until: until })
          .onConflict((on) =>
            on.column('installation_id').doUpdateSet({
              blocked_until: sql<number>`greatest(pace.blocked_until, excluded.blocked_until)`,
              kept_until: sql<number>`greatest(pace.kept_until, excluded.kept_until)`,
            }),
          )
          .execute(),
      );
    },
    async blockedFor(installationId) {
      const row = await read(engine, installationId);
      return row ? Math.max(0, row.blocked_until - row.now) : 0;
    },
  };
}

/** This commit waits for no disk: after a power cut of the database GitHub's own answer tells what was forgotten. */
const UNSYNCED = sql`set_config('synchronous_commit', 'off', true) is not null`;

/** The row's text as rows: `at` in epoch milliseconds, `units`, and the `entry` itself. */
const entries = sql`(select entry, split_part(entry, '*', 1)::bigint as at, split_part(entry, '*', 2)::int as units
  from unnest(string_to_array(p.taken, ',')) as entry) as entries`;

function fitsIn(engine: Engine, units: number, limit: number, lengthMs: number): RawBuilder<boolean> {
  return sql<boolean>`(select coalesce(sum(units), 0) = 0 or sum(units) + ${sql.lit(units)} <= ${sql.lit(limit)}
    from ${entries} where at > ${engine.now()} - ${sql.lit(lengthMs)})`;
}

function read(engine: Engine, installationId: number) {
  return engine.db
    .selectFrom('pace')
    .select(['taken', 'blocked_until', engine.now().as('now')])
    .where('installation_id', '=', installationId)
    .executeTakeFirst();
}

/** Room may have come up meanwhile: a moment later it is asked again. */
async function waitFor(
  engine: Engine,
  installationId: number,
  units: number,
  windows: { limit: number; lengthMs: number }[],
): Promise<number> {
  const row = await read(engine, installationId);
  if (!row) return 1;
  const taken = row.taken.split(',').map((entry) => entry.split('*').map(Number));
  const free = windows.map(({ limit, lengthMs }) => {
    let left = 0;
    // From the newest back: the first that finds no room any more must have left the window.
    const last = taken.toReversed().find(([at = 0, taking = 0]) => {
      left += taking;
      return at > row.now - lengthMs && left + units > limit;
    });
    return last?.[0] === undefined ? 0 : last[0] + lengthMs;
  });
  return Math.max(1, Math.max(row.blocked_until, ...free) - row.now);
}

/** Readings of GitHub's delivery list: one process at a time, and from where the next one goes on (A2). */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Engine } from './engine.ts';
import { write, writeLightly } from './engine.ts';
import type { Readings } from './types.ts';

/** The table's one row. */
const ROW = 1;
/** A lease so far ahead was taken by a clock gone wrong. */
const FAR_MS = 3_600_000;

export function readingsOn(engine: Engine): Readings {
  return {
    begin: (maxAgeMs, leaseMs) => begin(engine, maxAgeMs, leaseMs),
    async renew(token, leaseMs) {
      const { numUpdatedRows } = await writeLightly(engine, (tx) =>
        tx
          .updateTable('hook_reading')
          .set({ lease_until: sql<number>`${engine.now()} + ${sql.lit(Math.ceil(leaseMs))}` })
          .where('token', '=', token)
          .executeTakeFirstOrThrow(),
      );
      return numUpdatedRows > 0n;
    },
    async end(token, seen) {
      const { numUpdatedRows } = await write(engine, (tx) =>
        tx
          .updateTable('hook_reading')
          .set((eb) => ({
            token: null,
            lease_until: 0,
            read_at: eb.ref('began_at'),
            ...(seen ? { seen_id: seen.id, seen_at: Date.parse(seen.deliveredAt) } : {}),
          }))
          .where('token', '=', token)
          .executeTakeFirstOrThrow(),
      );
      return numUpdatedRows > 0n;
    },
    async giveUp(token) {
      await writeLightly(engine, (tx) =>
        tx.updateTable('hook_reading').set({ token: null, lease_until: 0 }).where('token', '=', token).execute(),
      );
    },
  };
}

async function begin(engine: Engine, maxAgeMs: number, leaseMs: number): ReturnType<Readings['begin']> {
  const token = randomUUID();
  const now = engine.now();
  const age = sql.lit(Math.max(0, Math.floor(maxAgeMs)));
  return writeLightly(engine, async (tx) => {
    const begun = await tx
      .updateTable('hook_reading')
      .set({ token, began_at: now, lease_until: sql<number>`${now} + ${sql.lit(Math.ceil(leaseMs))}` })
      .where('id', '=', ROW)
      .where((eb) =>
        eb.or([
          eb('token', 'is', null),
          eb('lease_until', '<=', now),
          eb('lease_until', '>', sql<number>`${now} + ${sql.lit(FAR_MS)}`),
        ]),
      )
      // One of the future is of a clock that was put back since.
      .where((eb) => eb.or([eb('read_at', '<', sql<number>`${now} - ${age}`), eb('read_at', '>', now)]))
      .returning(['seen_id', 'seen_at'])
      .executeTakeFirst();
    if (begun) {
      const { seen_id: id, seen_at: at } = begun;
      return { kind: 'begun', token, seen: id === null || at === null ? null : { id, deliveredAt: isoOf(at) } };
    }
    const { taken, next } = await tx
      .selectFrom('hook_reading')
      .where('id', '=', ROW)
      .select([
        sql<number>`case when token is not null and lease_until > ${now} then 1 else 0 end`.as('taken'),
        sql<number>`read_at + ${age} - ${now}`.as('next'),
      ])
      .executeTakeFirstOrThrow();
    return taken === 1 ? { kind: 'held' } : { kind: 'fresh', nextMs: Math.max(0, Number(next)) };
  });
}

function isoOf(at: number): string {
  return new Date(Number(at)).toISOString();
}

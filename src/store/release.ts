/** Ends a lease: done, to be tried again, or put aside. */
import { sql } from 'kysely';
import type { LaneKey } from '../model/repo.ts';
import type { Engine, Tx } from './engine.ts';
import { write, writeLightly } from './engine.ts';
import type { Lease } from './inbox-types.ts';
import { held } from './lease.ts';

export async function renew(engine: Engine, { lane, token }: Lease, leaseMs: number): Promise<boolean> {
  const { numUpdatedRows } = await writeLightly(engine, (tx) =>
    tx
      .updateTable('lane')
      .set({ lease_until: sql<number>`${engine.now()} + ${sql.lit(Math.ceil(leaseMs))}` })
      .where('id', '=', lane)
      .where('token', '=', token)
      .executeTakeFirstOrThrow(),
  );
  return numUpdatedRows > 0n;
}

export function complete(engine: Engine, lease: Lease, uptoSeq: number): Promise<boolean> {
  return writeLightly(engine, async (tx) => {
    if (!(await held(engine, tx, lease))) return false;
    await removeInputs(tx, lease.lane, uptoSeq);
    await free(engine, tx, lease.lane);
    return true;
  });
}

export async function retry(engine: Engine, lease: Lease, delayMs: number, counts: boolean, error: string): Promise<void> {
  await writeLightly(engine, (tx) =>
    tx
      .updateTable('lane')
      .set((eb) => ({
        token: null,
        lease_until: 0,
        run_at: sql<number>`${engine.now()} + ${sql.lit(Math.max(0, Math.ceil(delayMs)))}`,
        attempts: eb('attempts', '+', counts ? 1 : 0),
        // Its worker lived to tell.
        lost: 0,
        error,
      }))
      .where('id', '=', lease.lane)
      .where('token', '=', lease.token)
      .execute(),
  );
}

export function park(engine: Engine, lease: Lease, uptoSeq: number, error: string): Promise<void> {
  return write(engine, async (tx) => {
    const lane = await held(engine, tx, lease);
    if (!lane) return;
    await tx
      .insertInto('parked')
      .columns(['seq', 'lane', 'repo', 'installation_id', 'guid', 'event', 'body', 'error', 'parked_at', 'attempts'])
      .expression((eb) =>
        eb
          .selectFrom('input')
          .where('lane', '=', lease.lane)
          .where('seq', '<=', uptoSeq)
          .select([
            'seq',
            'lane',
            sql<string>`cast(${lane.repo} as text)`.as('repo'),
            sql<number>`cast(${lane.installation_id} as bigint)`.as('installation_id'),
            'guid',
            'event',
            'body',
            sql<string>`cast(${error} as text)`.as('error'),
            engine.now().as('parked_at'),
            triesOf(lease.lane).as('attempts'),
          ]),
      )
      .execute();
    await removeInputs(tx, lease.lane, uptoSeq);
    await free(engine, tx, lease.lane);
  });
}

/** A worker that was lost is counted as such; else this last failure is not counted yet. */
function triesOf(lane: LaneKey) {
  return sql<number>`(select attempts + case when lost > 0 then lost else 1 end from lane where id = ${lane})`;
}

async function removeInputs(tx: Tx, lane: LaneKey, uptoSeq: number): Promise<void> {
  await tx.deleteFrom('input').where('lane', '=', lane).where('seq', '<=', uptoSeq).execute();
}

/** A lane with nothing in it is no row; else it starts afresh with what came meanwhile. */
async function free(engine: Engine, tx: Tx, lane: LaneKey): Promise<void> {
  const more = await tx.selectFrom('input').select('seq').where('lane', '=', lane).limit(1).executeTakeFirst();
  if (more) {
    await tx
      .updateTable('lane')
      .set({ token: null, lease_until: 0, run_at: engine.now(), attempts: 0, lost: 0, error: null })
      .where('id', '=', lane)
      .execute();
  } else {
    await tx.deleteFrom('lane').where('id', '=', lane).execute();
  }
}

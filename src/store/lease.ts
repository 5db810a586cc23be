/** Hands out lanes: one holder at a time, repositories in turn, suspects one by one. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { LaneKey } from '../model/repo.ts';
import type { Input } from '../model/trigger.ts';
import { type Among, isAmong, isDue } from './due-lanes.ts';
import type { Engine, Tx } from './engine.ts';
import { writeLightly } from './engine.ts';
import type { LaneWork, Lease, WaitingInput } from './inbox-types.ts';
import { lineUp } from './line-up.ts';
import { fireTimers } from './timers.ts';

export function lease(engine: Engine, limit: number, leaseMs: number, only?: LaneKey): Promise<LaneWork[]> {
  return leaseAmong(engine, limit, leaseMs, only === undefined ? 'sound' : { lane: only });
}

export async function leaseSuspect(engine: Engine, leaseMs: number): Promise<LaneWork | null> {
  const [work] = await leaseAmong(engine, 1, leaseMs, 'suspect');
  return work ?? null;
}

/** Costs next to nothing while there is none: lanes that lost a worker have an index of their own. */
export async function suspectDue(engine: Engine): Promise<boolean> {
  const found = await engine.db.selectFrom('lane').select('id').where(isDue(engine)).where(isAmong('suspect')).limit(1).execute();
  return found.length > 0;
}

async function leaseAmong(engine: Engine, limit: number, leaseMs: number, among: Among): Promise<LaneWork[]> {
  if (limit <= 0) return [];
  return writeLightly(engine, async (tx) => {
    await fireTimers(engine, tx);
    const chosen = (among === 'sound' ? await lineUp(engine, tx, limit) : null) ?? (await choose(engine, tx, limit, among));
    if (chosen.length === 0) return [];
    const token = randomUUID();
    const taken = await take(engine, tx, chosen, token, leaseMs);
    const inputs = await waiting(tx, chosen);
    const byId = new Map(taken.map((lane) => [lane.id, lane]));
    return chosen.flatMap((id) => {
      const lane = byId.get(id);
      if (!lane) return [];
      const { repo, installation_id: installationId, attempts, lost } = lane;
      return [{ lease: { lane: id, token }, repo, installationId, attempts, lost, inputs: inputs.get(id) ?? [] }];
    });
  });
}

/** The lease's lane, locked for this transaction; null when the lease was lost. */
export async function held(engine: Engine, tx: Tx, { lane, token }: Lease) {
  const row = await tx
    .selectFrom('lane')
    .select(['id', 'repo', 'installation_id', 'taken_seq'])
    .where('id', '=', lane)
    .where('token', '=', token)
    .$if(engine.rowLocks, (query) => query.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

/** From the line's head; suspects are few, and stand in none. With row locks, what others are taking is passed over. */
async function choose(engine: Engine, tx: Tx, limit: number, among: Among): Promise<LaneKey[]> {
  const rows = await tx
    .selectFrom('lane')
    .where(isDue(engine))
    .where(isAmong(among))
    .$if(among === 'sound', (query) => query.where('round', 'is not', null).orderBy('round').orderBy('place'))
    .$if(among === 'suspect', (query) => query.orderBy('run_at').orderBy('id'))
    .select('lane.id')
    .limit(limit)
    .$if(engine.rowLocks, (query) => query.forUpdate('lane').skipLocked())
    .execute();
  return rows.map((row) => row.id);
}

/** A lease that ran out is counted for itself: what kills its worker never comes to fail, and must end as parked, too. */
function take(engine: Engine, tx: Tx, lanes: LaneKey[], token: string, leaseMs: number) {
  return tx
    .updateTable('lane')
    .set((eb) => ({
      lost: eb
        .case()
        .when('lane.token', 'is', null)
        .then(eb.ref('lane.lost'))
        .else(eb('lane.lost', '+', 1))
        .end(),
      token,
      lease_until: sql<number>`${engine.now()} + ${sql.lit(Math.ceil(leaseMs))}`,
      round: null,
      place: null,
      taken_seq: eb.fn.coalesce(
        eb
          .selectFrom('input')
          .whereRef('input.lane', '=', 'lane.id')
          .select((of) => of.fn.max('input.seq').as('seq')),
        sql<number>`0`,
      ),
    }))
    .where('id', 'in', lanes)
    .returning(['id', 'repo', 'installation_id', 'attempts', 'lost'])
    .execute();
}

async function waiting(tx: Tx, lanes: LaneKey[]): Promise<Map<LaneKey, WaitingInput[]>> {
  const rows = await tx
    .selectFrom('input')
    .select(['seq', 'lane', 'guid', 'body'])
    .where('lane', 'in', lanes)
    .orderBy('seq')
    .execute();
  const found = new Map<LaneKey, WaitingInput[]>(lanes.map((lane) => [lane, []]));
  for (const { seq, lane, guid, body } of rows) found.get(lane)?.push({ seq, guid, input: JSON.parse(body) as Input });
  return found;
}

/** Hands out lanes: one holder at a time, repositories in turn, suspects one by one. */
import { randomUUID } from 'node:crypto';
import type { ExpressionBuilder } from 'kysely';
import { sql } from 'kysely';
import type { LaneKey } from '../model/repo.ts';
import type { Input } from '../model/trigger.ts';
import type { Engine, Tx } from './engine.ts';
import { writeLightly } from './engine.ts';
import type { Tables } from './schema.ts';
import { fireTimers } from './timers.ts';
import type { LaneWork, Lease, WaitingInput } from './types.ts';

/** `sound`: all but suspects. */
type Among = 'sound' | 'suspect' | { lane: LaneKey };

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
    const chosen = await choose(engine, tx, limit, among);
    if (chosen.length === 0) return [];
    const token = randomUUID();
    const taken = await take(engine, tx, chosen, token, leaseMs);
    const inputs = await waiting(tx, chosen);
    await pass(tx, [...new Set(taken.map((lane) => lane.repo))]);
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

function isDue(engine: Engine) {
  return (eb: ExpressionBuilder<Tables, 'lane'>) =>
    eb.and([eb('lane.run_at', '<=', engine.now()), eb('lane.lease_until', '<=', engine.now())]);
}

/** A due lane that still has a token has just lost its worker: whoever takes it counts that. */
function isAmong(among: Among) {
  return (eb: ExpressionBuilder<Tables, 'lane'>) => {
    if (typeof among === 'object') return eb('lane.id', '=', among.lane);
    const once = sql.lit(1);
    return among === 'suspect'
      ? eb.and([eb('lane.lost', '>', sql.lit(0)), eb.or([eb('lane.lost', '>', once), eb('lane.token', 'is not', null)])])
      : eb.or([eb('lane.lost', '=', sql.lit(0)), eb.and([eb('lane.lost', '=', once), eb('lane.token', 'is', null)])]);
  };
}

/**
 * Within one call each repository gives its oldest lane before any gives its second; over the calls the one served
 * longest ago comes first. With row locks more are looked at than wanted, as others may be taking the same ones.
 */
async function choose(engine: Engine, tx: Tx, limit: number, among: Among): Promise<LaneKey[]> {
  const rows = await tx
    .with('due', (db) =>
      db
        .selectFrom('lane')
        .where(isDue(engine))
        .where(isAmong(among))
        .select((eb) => [
          'lane.id as due_id',
          'lane.repo',
          eb
            .selectFrom('input')
            .whereRef('input.lane', '=', 'lane.id')
            .select((of) => of.fn.min('input.seq').as('seq'))
            .as('oldest'),
        ]),
    )
    .with('ranked', (db) =>
      db
        .selectFrom('due')
        .leftJoin('repo_turn', 'repo_turn.repo', 'due.repo')
        .select((eb) => [
          'due.due_id',
          'due.oldest',
          eb.fn.coalesce('repo_turn.turn', sql<number>`0`).as('turn'),
          sql<number>`row_number() over (partition by due.repo order by due.oldest)`.as('place'),
        ])
        .orderBy('place')
        .orderBy('turn')
        .orderBy('due.oldest')
        .limit(engine.rowLocks ? 4 * limit + 32 : limit),
    )
    .selectFrom('lane')
    .innerJoin('ranked', 'ranked.due_id', 'lane.id')
    .where(isDue(engine))
    .where(isAmong(among))
    .select('lane.id')
    .orderBy('ranked.place')
    .orderBy('ranked.turn')
    .orderBy('ranked.oldest')
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

/** Puts these repositories at the end of the line. */
async function pass(tx: Tx, repos: string[]): Promise<void> {
  const { turn } = await tx
    .selectFrom('repo_turn')
    .select((eb) => eb.fn.coalesce(eb.fn.max('turn'), sql<number>`0`).as('turn'))
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('repo_turn')
    .values(repos.sort().map((repo) => ({ repo, turn: turn + 1 })))
    .onConflict((on) => on.column('repo').doUpdateSet((eb) => ({ turn: eb.ref('excluded.turn') })))
    .execute();
}

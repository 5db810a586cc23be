/** Which lanes may be handed out now, as conditions of a query. */
import type { ExpressionBuilder } from 'kysely';
import { sql } from 'kysely';
import type { LaneKey } from '../model/repo.ts';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';

/** `sound`: all but suspects. */
export type Among = 'sound' | 'suspect' | { lane: LaneKey };

/**
 * When a lane that stands in no line wants work: its time has come and nobody holds it. Written as in its index
 * (migration 8), or that goes unused; one expression, so that PostgreSQL guesses well before it has gathered statistics.
 */
export const WANTS_AT = sql<number>`case when round is not null then null when run_at > lease_until then run_at else lease_until end`;

/** As `isAmong('sound')`, for the same reason written as a comparison. */
export const IS_SOUND = sql<boolean>`case when lost > 1 or (lost = 1 and token is not null) then 1 else 0 end < 1`;

export function isDue(engine: Engine) {
  return (eb: ExpressionBuilder<Tables, 'lane'>) =>
    eb.and([eb('lane.run_at', '<=', engine.now()), eb('lane.lease_until', '<=', engine.now())]);
}

/** A due lane that still has a token has just lost its worker: whoever takes it counts that. */
export function isAmong(among: Among) {
  return (eb: ExpressionBuilder<Tables, 'lane'>) => {
    if (typeof among === 'object') return eb('lane.id', '=', among.lane);
    const once = sql.lit(1);
    return among === 'suspect'
      ? eb.and([eb('lane.lost', '>', sql.lit(0)), eb.or([eb('lane.lost', '>', once), eb('lane.token', 'is not', null)])])
      : eb.or([eb('lane.lost', '=', sql.lit(0)), eb.and([eb('lane.lost', '=', once), eb('lane.token', 'is', null)])]);
  };
}

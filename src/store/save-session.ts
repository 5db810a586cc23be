/** Writes a session, if nobody else did meanwhile and its slot is free. */

import type { SlotClaim } from '../model/effect.ts';
import type { Session } from '../model/session.ts';
import { similarTitles } from '../model/similar.ts';
import type { Tx } from './engine.ts';

/**
 * @returns whether it was written; `false`: the facts behind it have moved. The caller holds the repository's lock,
 * so that counting and writing are one step.
 */
export async function saveSession(tx: Tx, session: Session, claim: SlotClaim | null): Promise<boolean> {
  const { repo, number, id, version } = session;
  const rivals = await tx
    .selectFrom('session')
    .select(['number', 'version'])
    .where('repo', '=', repo)
    .where((eb) => eb.or([eb('number', '=', number), eb('id', '=', id)]))
    .execute();
  if (rivals.some((rival) => rival.number !== number)) return false;
  if ((rivals[0]?.version ?? 0) !== version - 1) return false;
  if (claim && !(await slotIsFree(tx, session, claim))) return false;
  if (claim?.known && (await hasTwin(tx, session, claim.known))) return false;
  const row = rowOf(session);
  await tx
    .insertInto('session')
    .values(row)
    .onConflict((on) => on.columns(['repo', 'number']).doUpdateSet(row))
    .execute();
  return true;
}

/** Ordinary sessions leave the reserve alone; those of the fast lane may take any slot (L4). Blocked ones hold none (W8). */
async function slotIsFree(tx: Tx, { repo, number }: Session, { capacity, reserve, fastLane }: SlotClaim): Promise<boolean> {
  const active = await tx
    .selectFrom('session')
    .select('fast_lane')
    .where('repo', '=', repo)
    .where('state', '=', 'active')
    .where('blocked', '=', 0)
    .where('number', '!=', number)
    .execute();
  const ordinary = active.filter((other) => other.fast_lane === 0).length;
  return active.length < capacity && (fastLane || ordinary < capacity - reserve);
}

/** A similar session that came while this one was decided: two starts at once must not pass by each other (L3). */
async function hasTwin(tx: Tx, { repo, number, title }: Session, known: readonly number[]): Promise<boolean> {
  const open = await tx
    .selectFrom('session')
    .select(['number', 'data'])
    .where('repo', '=', repo)
    .where('state', 'in', ['planned', 'active'])
    .where('number', 'not in', [number, ...known])
    .execute();
  return open.some((row) => similarTitles((JSON.parse(row.data) as Session).title, title));
}

export function rowOf(session: Session) {
  const { repo, number, id, branch, state, version } = session;
  return {
    repo,
    number,
    id,
    branch,
    state,
    version,
    fast_lane: Number(session.fastLane),
    // Who is held stands in no queue either.
    blocked: Number(session.blocked || (session.holds ?? []).length > 0),
    planned_at: Date.parse(session.plannedAt),
    ended_at: session.endedAt === null ? null : Date.parse(session.endedAt),
    data: JSON.stringify(session),
  };
}

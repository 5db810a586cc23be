/** How it is with one lane: waiting, held, or backing off. */
import type { LaneKey } from '../model/repo.ts';
import type { Engine } from './engine.ts';
import type { LaneState } from './inbox-types.ts';

export async function laneState(engine: Engine, lane: LaneKey): Promise<LaneState | null> {
  const row = await engine.db
    .selectFrom('lane')
    .select(['run_at', 'lease_until', 'token', 'error', engine.now().as('now')])
    .where('id', '=', lane)
    .executeTakeFirst();
  if (!row) return null;
  const now = Number(row.now);
  const held = row.token !== null && Number(row.lease_until) > now;
  return { held, dueMs: Math.max(0, Math.max(Number(row.run_at), Number(row.lease_until)) - now), error: row.error };
}

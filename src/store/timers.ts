/** Lanes to be woken at a time: what waits for a deadline is looked at again when it is over. */
import { boardLane, type RepoName } from '../model/repo.ts';
import { BOARD_REASONS } from '../model/trigger.ts';
import type { Engine, Tx } from './engine.ts';
import { touchLanes } from './lanes.ts';
import { repoOf, type Wake, wake } from './wake.ts';

/** Turned into work at once; after a long downtime the rest follows at the next look. */
const MAX_FIRED = 500;

/** One timer for each lane and reason; set again, the new time holds. A board's is set by the board's own reason. */
export async function setTimer(tx: Tx, installationId: number, { lane, why, at }: Wake & { at: string }): Promise<void> {
  const row = { lane, why, repo: repoOf(lane), installation_id: installationId, due_at: Date.parse(at) };
  await tx
    .insertInto('timer')
    .values(row)
    .onConflict((on) => on.columns(['lane', 'why']).doUpdateSet(row))
    .execute();
}

/** Turns what is due into work, in the same transaction. Locks lanes before timers, as setting one does. */
export async function fireTimers(engine: Engine, tx: Tx): Promise<void> {
  const due = await tx.selectFrom('timer').selectAll().where('due_at', '<=', engine.now()).limit(MAX_FIRED).execute();
  if (due.length === 0) return;
  const lanes = new Set(due.map(({ lane }) => lane));
  await touchLanes(
    engine,
    tx,
    due.map(({ lane, repo, installation_id: installationId }) => ({ lane, repo, installationId })),
  );
  const fired = await tx
    .deleteFrom('timer')
    .where('due_at', '<=', engine.now())
    .where('lane', 'in', [...lanes])
    .returningAll()
    .execute();
  for (const { lane, why, repo, installation_id } of fired) {
    const board = BOARD_REASONS.find((reason) => lane === boardLane(repo) && reason === why);
    await wake(engine, tx, installation_id, { kind: 'wake', lane, why, ...(board ? { board } : {}) });
  }
}

/** A repository's timers follow it to its new name. */
export async function moveTimers(tx: Tx, from: RepoName, to: RepoName, installationId: number | null): Promise<void> {
  const rows = await tx.selectFrom('timer').selectAll().where('repo', '=', from).execute();
  await tx.deleteFrom('timer').where('repo', '=', from).execute();
  for (const row of rows) {
    const lane = to + row.lane.slice(from.length);
    const at = new Date(Number(row.due_at)).toISOString();
    await setTimer(tx, installationId ?? row.installation_id, { kind: 'wake', lane, why: row.why, at });
  }
}

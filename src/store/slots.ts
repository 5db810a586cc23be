/** Who holds a slot and who waits for one (L4). */
import type { SlotFacts } from '../model/facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { Engine } from './engine.ts';

export async function slots(engine: Engine, repo: RepoName): Promise<SlotFacts> {
  const rows = await engine.db
    .selectFrom('session')
    .select(['number', 'state', 'fast_lane', 'blocked'])
    .where('repo', '=', repo)
    .where('state', 'in', ['planned', 'active'])
    .orderBy('fast_lane', 'desc')
    .orderBy('planned_at')
    .orderBy('number')
    .execute();
  const active = rows.filter((row) => row.state === 'active');
  return {
    active: active.length,
    activeFastLane: active.filter((row) => row.fast_lane === 1).length,
    queue: rows.filter((row) => row.state === 'planned' && row.blocked === 0).map((row) => row.number),
  };
}

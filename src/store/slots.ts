/** Who holds a slot and who waits for one (L4). A blocked session holds none (W8). */
import type { SlotFacts } from '../model/facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { Session } from '../model/session.ts';
import { softQueue } from '../model/soft-queue.ts';
import type { Engine } from './engine.ts';

/** As it stands in a session that had better come after others (B3); in a text its quotation marks would be escaped. */
const SOFT = '%"after":[%';

export async function slots(engine: Engine, repo: RepoName): Promise<SlotFacts> {
  const open = engine.db
    .selectFrom('session')
    .where('repo', '=', repo)
    .where('state', 'in', ['planned', 'active'])
    .where('blocked', '=', 0);
  const rows = await open
    .select(['number', 'state', 'fast_lane'])
    .orderBy('fast_lane', 'desc')
    .orderBy('planned_at')
    .orderBy('number')
    .execute();
  const soft = await open.select(['number', 'data']).where('state', '=', 'planned').where('data', 'like', SOFT).execute();
  const active = rows.filter((row) => row.state === 'active');
  const after = soft.map(({ number, data }) => [number, (JSON.parse(data) as Session).plan?.after ?? []] as const);
  return {
    active: active.length,
    activeFastLane: active.filter((row) => row.fast_lane === 1).length,
    queue: softQueue(
      rows.filter((row) => row.state === 'planned').map((row) => row.number),
      new Map(after),
    ),
  };
}

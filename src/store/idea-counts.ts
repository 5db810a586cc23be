/** How many ideas the sessions before one hold, for the counters of its report (P6). */
import type { RepoName } from '../model/repo.ts';
import type { Session } from '../model/session.ts';
import type { Engine } from './engine.ts';

/** A list that is not empty; as `JSON.stringify` writes it. */
const HAS_IDEAS = '%"ideas":[{%';

/** One number for each session of the repository that was planned before and has any. */
export async function ideaCounts(engine: Engine, repo: RepoName, plannedBefore: string, number: number): Promise<number[]> {
  const rows = await engine.db
    .selectFrom('session')
    .select('data')
    .where('repo', '=', repo)
    .where('number', '!=', number)
    .where('planned_at', '<=', Date.parse(plannedBefore))
    .where('data', 'like', HAS_IDEAS)
    .orderBy('number')
    .execute();
  const sessions = rows.map((row) => JSON.parse(row.data) as Session);
  const earlier = sessions.filter((one) => one.plannedAt < plannedBefore || one.number < number);
  return earlier.map(({ records }) => records.ideas.length);
}

/** The last sweep of every repository: for figures over all of them (W12). */
import type { Cycle } from '../model/board-facts.ts';
import type { Engine } from './engine.ts';

/** The newest of each repository; of the repositories, those swept last. */
export async function newestCycles({ db }: Engine, limit: number): Promise<Cycle[]> {
  const newest = db
    .selectFrom('cycle')
    .select(['repo', (of) => of.fn.max('day').as('newest')])
    .groupBy('repo')
    .as('last');
  const rows = await db
    .selectFrom('cycle')
    .innerJoin(newest, (join) => join.onRef('last.repo', '=', 'cycle.repo').onRef('last.newest', '=', 'cycle.day'))
    .select('cycle.data')
    .orderBy('cycle.day', 'desc')
    .orderBy('cycle.repo')
    .limit(limit)
    .execute();
  return rows.map((row) => JSON.parse(row.data) as Cycle);
}

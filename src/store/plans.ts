/** Plans of sub-issues, by their parent (B3). */
import type { RepoName } from '../model/repo.ts';
import type { PlanRecord } from '../model/sub-plan.ts';
import type { Engine, Tx } from './engine.ts';

export async function planOf({ db }: Engine, repo: RepoName, number: number): Promise<PlanRecord | null> {
  const found = db.selectFrom('batch_plan').select('data').where('repo', '=', repo).where('number', '=', number);
  const row = await found.executeTakeFirst();
  return row ? (JSON.parse(row.data) as PlanRecord) : null;
}

/** Numbers of the parents whose plans have something left to do. */
export async function openPlans({ db }: Engine, repo: RepoName): Promise<number[]> {
  const open = db.selectFrom('batch_plan').select('number').where('repo', '=', repo).where('ended', '=', 0);
  return (await open.orderBy('number').execute()).map(({ number }) => Number(number));
}

export async function savePlan(tx: Tx, plan: PlanRecord): Promise<void> {
  const { repo, number } = plan;
  const row = { ended: Number(plan.ended), data: JSON.stringify(plan) };
  await tx
    .insertInto('batch_plan')
    .values({ repo, number, ...row })
    .onConflict((on) => on.columns(['repo', 'number']).doUpdateSet(row))
    .execute();
}

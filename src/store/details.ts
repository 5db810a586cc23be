/** Reads verdicts with what they were made of. */
import type { Kysely } from 'kysely';
import type { RepoName } from '../model/repo.ts';
import type { PullRecord } from '../model/session.ts';
import type { PullDetail } from '../model/verdict.ts';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';

/** @param number null: of all open pull requests, newest first */
export async function details({ db }: Engine, repo: RepoName, number: number | null, limit: number): Promise<PullDetail[]> {
  const all = db
    .selectFrom('pull_detail')
    .innerJoin('pull', (on) => on.onRef('pull.repo', '=', 'pull_detail.repo').onRef('pull.number', '=', 'pull_detail.number'))
    .select('pull_detail.data')
    .where('pull_detail.repo', '=', repo);
  const wanted = number === null ? all.where('pull.state', '=', 'open') : all.where('pull_detail.number', '=', number);
  const rows = await wanted.orderBy('pull_detail.number', 'desc').limit(limit).execute();
  return rows.map((row) => JSON.parse(row.data) as PullDetail);
}

/** Numbers in their order. @param base of those to that branch; of whom the branch was not kept yet counts as well */
export async function openPulls(db: Kysely<Tables>, repo: RepoName, base: string | null): Promise<number[]> {
  const open = db.selectFrom('pull').select(['number', 'data']).where('repo', '=', repo).where('state', '=', 'open');
  const rows = await open.orderBy('number').execute();
  const isTo = (data: string) => ((JSON.parse(data) as PullRecord).baseRef ?? base) === base;
  return rows.filter(({ data }) => base === null || isTo(data)).map(({ number }) => Number(number));
}

/** Those without a verdict too. */
export async function countOpenPulls({ db }: Engine, repo: RepoName): Promise<number> {
  const all = db.selectFrom('pull').where('repo', '=', repo).where('state', '=', 'open');
  const row = await all.select((eb) => eb.fn.countAll().as('count')).executeTakeFirst();
  return Number(row?.count ?? 0);
}

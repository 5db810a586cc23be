/** Which pull requests a commit is, or was, the head of: check events of forks do not say it themselves. */

import type { RepoName } from '../model/repo.ts';
import type { PullRecord } from '../model/session.ts';
import type { Engine, Tx } from './engine.ts';
import { overRows } from './over-rows.ts';

export interface Head {
  repo: RepoName;
  sha: string;
  number: number;
}

export async function saveHeads(engine: Engine, tx: Tx, heads: Head[]): Promise<void> {
  const distinct = new Map(heads.map((head) => [`${head.sha} ${head.repo}#${head.number}`, head]));
  const sorted = [...distinct].sort(([one], [other]) => (one < other ? -1 : 1));
  await upsertHeads(
    engine,
    tx,
    sorted.map(([, { repo, sha, number }]) => ({ repo, sha, number })),
  );
}

const upsertHeads = overRows<{ repo: string; sha: string; number: number }, unknown>(['repo', 'sha', 'number'], (engine, rows) =>
  engine.db
    .insertInto('head')
    .values(rows.map((row) => ({ ...row, seen_at: engine.now() })))
    .onConflict((on) => on.columns(['sha', 'repo', 'number']).doUpdateSet((eb) => ({ seen_at: eb.ref('excluded.seen_at') }))),
);

/** Heads by SHA, of all repositories; ordered by number. */
export async function numbersBySha(engine: Engine, tx: Tx, shas: string[]): Promise<Map<string, Head[]>> {
  const distinct = [...new Set(shas)].map((sha) => ({ sha }));
  return Map.groupBy(await headsOf(engine, tx, distinct), (head) => head.sha);
}

const headsOf = overRows<{ sha: string }, Head>(['sha'], (engine, rows) =>
  engine.db
    .selectFrom('head')
    .select(['repo', 'sha', 'number'])
    .where(
      'sha',
      'in',
      rows.map(({ sha }) => sha),
    )
    .orderBy('number'),
);

/** Open pull requests whose head it is now, by number. */
export async function pullsAt({ db }: Engine, repo: RepoName, sha: string): Promise<PullRecord[]> {
  const rows = await db
    .selectFrom('head')
    .innerJoin('pull', (on) =>
      on
        .onRef('pull.repo', '=', 'head.repo')
        .onRef('pull.number', '=', 'head.number')
        .onRef('pull.head_sha', '=', 'head.sha')
        .on('pull.state', '=', 'open'),
    )
    .select('pull.data')
    .where('head.sha', '=', sha)
    .where('head.repo', '=', repo)
    .orderBy('pull.number')
    .execute();
  return rows.map((row) => JSON.parse(row.data) as PullRecord);
}

/** Which pull requests a commit is, or was, the head of: check events of forks do not say it themselves. */

import type { RepoName } from '../model/repo.ts';
import type { PullRecord } from '../model/session.ts';
import type { Engine, Tx } from './engine.ts';
import { parts } from './lanes.ts';

export interface Head {
  repo: RepoName;
  sha: string;
  number: number;
}

export async function saveHeads(engine: Engine, tx: Tx, heads: Head[]): Promise<void> {
  const distinct = new Map(heads.map((head) => [`${head.sha} ${head.repo}#${head.number}`, head]));
  const seen_at = engine.now();
  const rows = [...distinct.keys()].sort().flatMap((key) => {
    const head = distinct.get(key);
    return head ? [{ repo: head.repo, sha: head.sha, number: head.number, seen_at }] : [];
  });
  for (const part of parts(rows)) {
    await tx
      .insertInto('head')
      .values(part)
      .onConflict((on) => on.columns(['sha', 'repo', 'number']).doUpdateSet((eb) => ({ seen_at: eb.ref('excluded.seen_at') })))
      .execute();
  }
}

/** Heads by SHA, of all repositories; ordered by number. */
export async function numbersBySha(tx: Tx, shas: string[]): Promise<Map<string, Head[]>> {
  const found: Head[] = [];
  for (const part of parts([...new Set(shas)])) {
    const rows = await tx
      .selectFrom('head')
      .select(['repo', 'sha', 'number'])
      .where('sha', 'in', part)
      .orderBy('number')
      .execute();
    found.push(...rows);
  }
  return Map.groupBy(found, (head) => head.sha);
}

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

/** Keeps outcomes of checks: one row for each commit, check and outcome. */
import type { RepoName } from '../model/repo.ts';
import type { CheckSeen } from '../model/sweep-figures.ts';
import type { Engine, Tx } from './engine.ts';
import { parts } from './over-rows.ts';

/** What was seen first stays. */
export async function addChecksSeen(tx: Tx, checks: readonly CheckSeen[]): Promise<void> {
  const rows = checks.map((check) => {
    const { repo, sha, name, outcome, at } = check;
    return { repo, sha, name, outcome, at: Date.parse(at), data: JSON.stringify(check) };
  });
  for (const part of parts(rows)) {
    await tx
      .insertInto('check_seen')
      .values(part)
      .onConflict((on) => on.doNothing())
      .execute();
  }
}

/** Oldest first. */
export async function checksSeenSince({ db }: Engine, repo: RepoName, since: string): Promise<CheckSeen[]> {
  const rows = await db
    .selectFrom('check_seen')
    .select('data')
    .where('repo', '=', repo)
    .where('at', '>=', Date.parse(since))
    .orderBy('at')
    .orderBy('name')
    .execute();
  return rows.map((row) => JSON.parse(row.data) as CheckSeen);
}

/** Removes what no sweep looks at any more. */
export async function pruneChecksSeen(tx: Tx, untilMs: number): Promise<void> {
  await tx.deleteFrom('check_seen').where('at', '<', untilMs).execute();
}

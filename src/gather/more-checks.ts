/** A commit with more than a hundred checks: the rest of them, page by page (G2). */
import type { CommitState } from '../model/pull-facts.ts';
import { type RepoName, splitRepo } from '../model/repo.ts';
import { type CommitStateFragment, MoreChecksDocument, type MoreChecksQuery } from './generated/graphql.ts';
import { commitState, type MoreContexts } from './map-checks.ts';
import { present } from './map-subject.ts';
import { dataOf, type Reading } from './reading.ts';

/** With the first hundred, 1,100 checks of one commit are read. */
const MAX_PAGES = 10;

/** @param number the pull request that the checks may be required of */
export async function wholeCommit(
  commit: CommitStateFragment,
  number: number,
  repo: RepoName,
  reading: Reading,
): Promise<CommitState> {
  const contexts = commit.statusCheckRollup?.contexts;
  if (!contexts?.pageInfo.hasNextPage) return commitState(commit, reading.appId, null);
  return commitState(commit, reading.appId, await more(commit.oid, contexts.pageInfo.endCursor, number, repo, reading));
}

async function more(sha: string, first: string | null, number: number, repo: RepoName, reading: Reading): Promise<MoreContexts> {
  const found: MoreContexts = { contexts: [], cut: false };
  let after = first;
  for (let page = 0; page < MAX_PAGES && after !== null; page++) {
    const variables = { ...splitRepo(repo), number, sha, after };
    const answer = await reading.client.graphql<MoreChecksQuery>('MoreChecks', MoreChecksDocument, variables);
    const object = dataOf(answer, ['repository.object']).repository?.object;
    const contexts = object?.__typename === 'Commit' ? object.statusCheckRollup?.contexts : null;
    if (!contexts) return { ...found, cut: true };
    const shown = present(contexts.nodes);
    found.contexts.push(...shown);
    found.cut ||= contexts.nodes?.length !== shown.length;
    after = contexts.pageInfo.hasNextPage ? contexts.pageInfo.endCursor : null;
  }
  return { ...found, cut: found.cut || after !== null };
}

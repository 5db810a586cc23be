/** The pull requests that serve the session of an issue. */
import type { LinkedPull, SessionLedger } from '../model/facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { SubjectQuery } from './generated/graphql.ts';
import { linkedPull, present } from './map-subject.ts';
import type { Reading } from './reading.ts';

type Answer = NonNullable<SubjectQuery['repository']>;

/** By closing words, by branch, or remembered; not those that the ledger knows to serve another session. */
export async function servingPulls(
  data: SubjectQuery,
  home: Answer,
  own: SessionLedger | null,
  reading: Reading,
  repo: RepoName,
): Promise<LinkedPull[]> {
  const thing = home.issueOrPullRequest;
  const closing = thing?.__typename === 'Issue' ? present(thing.closedByPullRequestsReferences?.nodes) : [];
  const byBranch = present(home.branchPulls?.nodes).filter((pull) => pull.headRepository?.nameWithOwner === repo);
  const remembered = present(data.known).flatMap((node) => (node.__typename === 'PullRequest' ? [node] : []));
  const found = new Map([...closing, ...byBranch, ...remembered].map((pull) => [pull.url, linkedPull(pull)]));
  const here = [...found.values()].filter((pull) => pull.url.startsWith(`${home.url}/pull/`));
  const serving: LinkedPull[] = [];
  for (const pull of here) {
    const record =
      own?.pulls.find((candidate) => candidate.number === pull.number) ?? (await reading.ledger.pull(repo, pull.number));
    if (record === null || record.session === null || record.session === thing?.number) serving.push(pull);
  }
  return serving.sort((a, b) => a.number - b.number);
}

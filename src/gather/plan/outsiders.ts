/** What links lead to that is no sub-issue of the plan: a pull request, another issue, nothing at all. One query. */
import type { RepoName } from '../../model/repo.ts';
import { splitRepo } from '../../model/repo.ts';
import type { Outsider } from '../../model/sub-plan.ts';
import { dataOf, type Reading } from '../reading.ts';

const MAX_ASKED = 100;

interface Answer {
  repository: Record<string, { __typename: string; state?: string } | null> | null;
}

/** By number; costs nothing where there are none. */
export async function outsidersOf(numbers: readonly number[], repo: RepoName, reading: Reading): Promise<Outsider[]> {
  const asked = [...new Set(numbers)].sort((a, b) => a - b).slice(0, MAX_ASKED);
  // GraphQL's Int ends there; no issue has such a number.
  const real = asked.filter((number) => number < 2 ** 31);
  if (asked.length === 0) return [];
  const lines = real.map((number) => `n${number}: issueOrPullRequest(number: ${number}) { __typename ... on Issue { state } }`);
  const document = `query Outsiders($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id ${lines.join(' ')} } }`;
  const answer = await reading.client.graphql<Answer>('Outsiders', document, splitRepo(repo));
  const paths = real.map((number) => `repository.n${number}`);
  const { repository } = dataOf(answer, paths);
  return asked.map((number) => ({ number, what: whatOf(repository?.[`n${number}`] ?? null) }));
}

function whatOf(node: { __typename: string; state?: string } | null): Outsider['what'] {
  if (node === null) return 'gone';
  if (node.__typename === 'PullRequest') return 'pull';
  return node.state === 'CLOSED' ? 'closed' : 'open';
}

/** What gathering reads from, and the sorting of GraphQL's partial answers. */
import { Broken, Gone, type GraphqlFault, Refused } from '../github/errors.ts';
import type { GitHubClient, GraphqlAnswer } from '../github/types.ts';
import type { Ledger } from '../store/types.ts';

export interface Reading {
  client: GitHubClient;
  ledger: Ledger;
  appId: number;
}

/**
 * The data of an answer whose errors are all expected ones: things that are not there.
 * @param mayMiss paths (by their beginning) that may be absent
 * @throws {Gone} when the repository itself is out of reach
 * @throws {Refused} when a permission is missing
 */
export function dataOf<T extends { repository: unknown }>(answer: GraphqlAnswer<T>, mayMiss: readonly string[]): T {
  const unexpected = answer.errors.filter((error) => !isExpected(error, mayMiss));
  const [first] = unexpected;
  if (first?.path === 'repository' && first.type === 'NOT_FOUND') throw new Gone(404, first.message);
  if (first?.type === 'FORBIDDEN') throw new Refused(403, `${first.path}: ${first.message}`);
  if (first) throw new Broken(`GraphQL: ${first.path} ${first.message}`);
  if (!answer.data) throw new Broken('GraphQL: an answer without data');
  if (answer.data.repository === null) throw new Gone(404, 'the repository is not there');
  return answer.data;
}

function isExpected(error: GraphqlFault, mayMiss: readonly string[]): boolean {
  return mayMiss.some((path) => error.path === path || error.path.startsWith(`${path}.`));
}

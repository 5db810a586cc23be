/** What gathering reads from, and the sorting of GraphQL's partial answers. */
import { Broken, Gone, type GraphqlFault, Refused } from '../github/errors.ts';
import type { GitHubClient, GraphqlAnswer } from '../github/types.ts';
import type { BoardPage } from '../model/board-facts.ts';
import type { Ledger } from '../store/ledger-types.ts';

export interface Reading {
  client: GitHubClient;
  ledger: Ledger;
  appId: number;
  /** Keeps a page of a board that takes several; absent: nothing may be written. @throws when the lease is lost */
  keepPage?(page: BoardPage): Promise<void>;
}

/**
 * The data of an answer whose errors are all expected ones: things that are not there.
 * @param mayMiss paths (by their beginning) that may be absent, for whatever reason
 * @param mayBeGone paths that may not exist; to be shut out of them is a missing permission, and no sign of their end
 * @throws {Gone} when the repository itself is out of reach
 * @throws {Refused} when a permission is missing
 */
export function dataOf<T extends { repository: unknown }>(
  answer: GraphqlAnswer<T>,
  mayMiss: readonly string[],
  mayBeGone: readonly string[] = [],
): T {
  const isExpected = ({ type, path }: GraphqlFault) =>
    under(path, mayMiss) || (under(path, mayBeGone) && (type === 'NOT_FOUND' || BEYOND.test(path)));
  const first = answer.errors.find((error) => !isExpected(error));
  if (first?.path === 'repository' && first.type === 'NOT_FOUND') throw new Gone(404, first.message);
  if (first?.type === 'FORBIDDEN') throw new Refused(403, `${first.path}: ${first.message}`);
  if (first) throw new Broken(`GraphQL: ${first.path} ${first.message}`);
  if (!answer.data) throw new Broken('GraphQL: an answer without data');
  if (answer.data.repository === null) throw new Gone(404, 'the repository is not there');
  return answer.data;
}

/** What hangs on ours but is another repository's, and single checks, which are counted: one out of reach shows as cut. */
const BEYOND = /\.(closingIssuesReferences|closedByPullRequestsReferences|headRepository|contexts\.nodes|held\.nodes)\b/;

function under(path: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => path === beginning || path.startsWith(`${beginning}.`));
}

/** The rebuild's questions to GitHub, with an end to them: a repository full of odd threads must not use up the hour's budget. */
import type { GitHubClient, GraphqlAnswer } from '../../github/types.ts';

export interface Asking {
  query<T>(operation: string, document: string, variables: object): Promise<GraphqlAnswer<T>>;
  /** Whether there is room for another question that is only about one thread or one person. */
  mayAsk(): boolean;
  /** What was left out, in words. */
  cut: string[];
}

/** Beside the pages of sessions, which have no limit. */
const SINGLE_MAX = 200;

export function askingOf(client: GitHubClient): Asking {
  let single = 0;
  return {
    query: (operation, document, variables) => client.graphql(operation, document, { ...variables }),
    mayAsk: () => ++single <= SINGLE_MAX,
    cut: [],
  };
}

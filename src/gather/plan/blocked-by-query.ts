/** Blocked-by links of many issues in one query, where the server's schema has them: the package's lags behind GitHub's. */
import { z } from 'zod';
import { Broken, Refused } from '../../github/errors.ts';
import type { RepoName } from '../../model/repo.ts';
import type { Reading } from '../reading.ts';

/** `nodes(ids:)` takes 100; an issue has 50 such links at most (GitHub docs, "Creating issue dependencies"). */
const PAGE = 100;
const DOCUMENT = `query BlockedBy($ids: [ID!]!) {
  nodes(ids: $ids) { __typename ... on Issue { id blockedBy(first: 50) { nodes { number repository { nameWithOwner } } } } }
}`;

const Linked = z.object({ number: z.number(), repository: z.object({ nameWithOwner: z.string() }) });
const Answer = z.object({
  nodes: z.array(z.object({ id: z.string(), blockedBy: z.object({ nodes: z.array(Linked.nullable()) }) }).nullable()),
});

/** By node id; null where the server does not know the field, or does not let us. */
export async function queryBlockedBy(
  ids: readonly string[],
  { client }: Reading,
): Promise<Map<string, { repo: RepoName; number: number }[]> | null> {
  const found = new Map<string, { repo: RepoName; number: number }[]>();
  for (let at = 0; at < ids.length; at += PAGE) {
    try {
      const { data } = await client.graphql('BlockedBy', DOCUMENT, { ids: ids.slice(at, at + PAGE) });
      const answer = Answer.safeParse(data);
      if (!answer.success) return null;
      for (const node of answer.data.nodes) {
        if (node === null) continue;
        const links = node.blockedBy.nodes.filter((link) => link !== null);
        found.set(
          node.id,
          links.map(({ number, repository }) => ({ repo: repository.nameWithOwner, number })),
        );
      }
    } catch (error) {
      if (error instanceof Broken || error instanceof Refused) return null;
      throw error;
    }
  }
  return found;
}

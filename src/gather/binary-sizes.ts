/** Sizes of the binaries that a pull request adds: GitHub's list of files does not give them. */
import type { PatchScan } from '../model/pull-facts.ts';
import { type RepoName, splitRepo } from '../model/repo.ts';
import { dataOf, type Reading } from './reading.ts';

/** One query asks for so many at most; what lies beyond has no size. */
const MAX_ASKED = 100;

interface Listed {
  filename: string;
  status: string;
  /** Of the blob. */
  sha: string | null;
}

interface Answer {
  repository: Record<string, { byteSize?: number } | null> | null;
}

/** In bytes. Costs a call only where a binary was added; what is not found there has no size. */
export async function binarySizes(
  reading: Reading,
  repo: RepoName,
  files: readonly Listed[],
  binaries: readonly string[],
): Promise<NonNullable<PatchScan['sizes']>> {
  const wanted = new Set(binaries);
  const asked = files
    .filter(({ filename, status, sha }) => status === 'added' && wanted.has(filename) && /^[0-9a-f]{40,64}$/.test(sha ?? ''))
    .slice(0, MAX_ASKED);
  if (asked.length === 0) return [];
  const lines = asked.map(({ sha }, index) => `blob${index}: object(oid: "${sha}") { ... on Blob { byteSize } }`);
  const document = `query Sizes($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${lines.join(' ')} } }`;
  const answer = await reading.client.graphql<Answer>('Sizes', document, splitRepo(repo));
  const { repository } = dataOf(
    answer,
    asked.map((_, index) => `repository.blob${index}`),
  );
  return asked.flatMap(({ filename }, index) => {
    const bytes = repository?.[`blob${index}`]?.byteSize;
    return bytes === undefined ? [] : [{ path: filename, bytes }];
  });
}

/** The sub-issues of a parent, a hundred a call (REST: GraphQL's list costs more and tells less of their links). */
import { z } from 'zod';
import { type RepoName, splitRepo } from '../../model/repo.ts';
import type { Reading } from '../reading.ts';

/** GitHub takes 100 sub-issues today; ten times as many are read. */
const PAGE = 100;
const MAX_PAGES = 10;

const Issue = z.object({
  number: z.number(),
  node_id: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  state_reason: z.string().nullish(),
  updated_at: z.string(),
  repository_url: z.string(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  /** Absent on servers that know no dependencies yet. */
  issue_dependencies_summary: z.object({ total_blocked_by: z.number(), total_blocking: z.number() }).nullish(),
});
export type ListedIssue = z.infer<typeof Issue> & { repo: RepoName };

/** What of another issue tells where it is. */
const Reference = z.object({ number: z.number(), repository_url: z.string() });

export async function readSubIssues({ client }: Reading, repo: RepoName, number: number): Promise<ListedIssue[]> {
  const issues: ListedIssue[] = [];
  const { owner, name } = splitRepo(repo);
  for (let page = 1; page <= MAX_PAGES; page++) {
    const which = { owner, repo: name, issue_number: number, per_page: PAGE, page };
    const answer = await client.rest('GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', which);
    const listed = z.array(Issue).parse(answer.data);
    issues.push(...listed.map((issue) => ({ ...issue, repo: repoOf(issue.repository_url) })));
    if (listed.length < PAGE) break;
  }
  return issues;
}

/** One end of the links of an issue. @throws a `GitHubFault` */
export async function readLinked(
  { client }: Reading,
  repo: RepoName,
  number: number,
  end: 'blocked_by' | 'blocking',
): Promise<{ repo: RepoName; number: number }[]> {
  const { owner, name } = splitRepo(repo);
  const which = { owner, repo: name, issue_number: number, per_page: PAGE };
  const route =
    end === 'blocking'
      ? 'GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocking'
      : 'GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by';
  const answer = await client.rest(route, which);
  return z
    .array(Reference)
    .parse(answer.data)
    .map((issue) => ({ repo: repoOf(issue.repository_url), number: issue.number }));
}

/** `https://api.github.com/repos/acme/shop` → `acme/shop` */
function repoOf(url: string): RepoName {
  return url.split('/').slice(-2).join('/');
}

/** GitHub's closing words in pull requests and commit messages: `Closes #12`, `fixes: acme/shop#3`, a link. */
import { isPull, issueById, type PullIssue, repoByName } from './read.ts';
import type { Issue } from './state/issues.ts';
import type { Repository } from './state/repository.ts';
import type { World } from './state/world.ts';

export interface IssueRef {
  repo: Repository;
  issue: Issue;
}

const closing =
  /(?<![\w-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \t]+(?:(?:([\w.-]+)\/([\w.-]+))?#(\d+)|https?:\/\/[^\s/]+\/([\w.-]+)\/([\w.-]+)\/issues\/(\d+))\b/gi;

/** Takes away what GitHub does not read: HTML comments and code. */
function readable(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^(```|~~~)[\s\S]*?(^\1|$(?![\s\S]))/gm, '')
    .replace(/`[^`\n]*`/g, '');
}

/** Issues (not pull requests) that the text closes, each once. */
export function issuesClosedBy(world: World, repo: Repository, text: string): IssueRef[] {
  const found = new Map<number, IssueRef>();
  for (const match of readable(text).matchAll(closing)) {
    const owner = match[1] ?? match[4];
    const name = match[2] ?? match[5];
    const target = owner && name ? repoByName(world, owner, name) : repo;
    const issue = target?.issues.get(Number(match[3] ?? match[6]));
    if (target && issue && !isPull(issue)) found.set(issue.id, { repo: target, issue });
  }
  return [...found.values()];
}

/** Issues that merging this pull request closes: only when it targets the default branch. */
export function closingIssues(world: World, repo: Repository, pull: PullIssue): IssueRef[] {
  if (pull.pull.baseRef !== repo.defaultBranch) return [];
  return issuesClosedBy(world, repo, pull.body ?? '');
}

export function parentOf(world: World, issue: Issue): IssueRef | null {
  return issue.parent === null ? null : issueById(world, issue.parent);
}

/** Pull requests that belong to a commit, as one repository sees it (GitHub docs, `Commit.associatedPullRequests`). */
import { isAncestor } from './git/history.ts';
import { branchSha, commitsOf, isPull, type PullIssue } from './read.ts';
import type { Repository } from './state/repository.ts';
import type { World } from './state/world.ts';

export interface PlacedPull {
  repo: Repository;
  issue: PullIssue;
}

/** Whether the pull request, wherever it lies, comes from a branch here and brings the commit. */
function brings(repo: Repository, issue: PullIssue, sha: string): boolean {
  const { pull } = issue;
  if (pull.headRepoId !== repo.id || !branchSha(repo, pull.headRef)) return false;
  return pull.headSha === sha || isAncestor(repo, sha, pull.headSha);
}

/**
 * The merged ones that brought the commit here; and, while it is not on the default branch, open ones. A commit that only a
 * fork's branch holds is not found from the base's side: its pull request is one of the fork's (measured on github.com by
 * several, in issues of public repositories).
 */
export function pullsOfCommit(world: World, repo: Repository, sha: string): PlacedPull[] {
  const main = branchSha(repo, repo.defaultBranch);
  const isOnMain = main !== null && isAncestor(repo, sha, main);
  const all = [...world.repositories.values()].flatMap((place) =>
    [...place.issues.values()].filter(isPull).map((issue) => ({ repo: place, issue })),
  );
  return all.filter(({ repo: place, issue }) => {
    const inPull = (): boolean => commitsOf(place, issue).some((commit) => commit.sha === sha);
    if (issue.pull.merged) return place === repo && (issue.pull.mergeCommitSha === sha || inPull());
    return issue.state === 'open' && !isOnMain && brings(repo, issue, sha) && inPull();
  });
}

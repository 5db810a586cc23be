/** The words for repositories and their lanes. */

/** `owner/name`, as GitHub spells it in the payload. */
export type RepoName = string;

/** What is handled one at a time and in order: `acme/shop#12` (an issue or pull request) or `acme/shop@board`. */
export type LaneKey = string;

export function subjectLane(repo: RepoName, number: number): LaneKey {
  return `${repo}#${number}`;
}

export function boardLane(repo: RepoName): LaneKey {
  return `${repo}@board`;
}

/** @throws {Error} when the name is not `owner/name`. */
export function splitRepo(repo: RepoName): { owner: string; name: string } {
  const [owner, name, ...rest] = repo.split('/');
  if (!owner || !name || rest.length > 0) throw new Error(`not a repository name: ${repo}`);
  return { owner, name };
}

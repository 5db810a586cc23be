/** Commit history: ancestors, merge base, what one branch has that another has not. */
import type { Repository } from '../state/repository.ts';
import { type Commit, commitOf } from './objects.ts';

/** The commit and all its ancestors. */
export function ancestors(repo: Repository, sha: string): Set<string> {
  const seen = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(commitOf(repo, next)?.parents ?? []));
  }
  return seen;
}

/** The best common ancestor; null for unrelated histories. Criss-cross merges give one of the bests. */
export function mergeBase(repo: Repository, one: string, other: string): string | null {
  const ofOne = ancestors(repo, one);
  const common = [...ancestors(repo, other)].filter((sha) => ofOne.has(sha));
  const reachable = new Set(common.flatMap((sha) => [...ancestors(repo, sha)].filter((up) => up !== sha)));
  return common.find((sha) => !reachable.has(sha)) ?? null;
}

export function isAncestor(repo: Repository, ancestor: string, of: string): boolean {
  return ancestors(repo, of).has(ancestor);
}

/** Commits reachable from `head` but not from `base`, parents before children. */
export function commitsBetween(repo: Repository, base: string | null, head: string): Commit[] {
  const known = base ? ancestors(repo, base) : new Set<string>();
  const found: Commit[] = [];
  const seen = new Set<string>();
  const visit = (sha: string): void => {
    if (known.has(sha) || seen.has(sha)) return;
    seen.add(sha);
    const commit = commitOf(repo, sha);
    if (!commit) return;
    for (const parent of commit.parents) visit(parent);
    found.push(commit);
  };
  visit(head);
  return found;
}

/** All commits from `head` back, newest first. */
export function log(repo: Repository, head: string): Commit[] {
  return commitsBetween(repo, null, head).reverse();
}

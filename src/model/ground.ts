/** What verdicts stand on beside their own pull request: files of the default and base branch, settings of the repository. */
import { digest } from './digest.ts';
import type { RepoFacts } from './facts.ts';
import { LOCKFILES } from './manifests.ts';
import type { PullFacts } from './pull-facts.ts';

/** A ground as it was seen, in a few letters. `base`: of pull requests to that branch only; null: of all. */
export interface Ground {
  base: string | null;
  digest: string;
}

/** One that is not as the ledger remembers it, and the other open pull requests that were judged on it. */
export interface MovedGround extends Ground {
  concerns: number[];
}

/** GitHub reads the first that is there, in this order (GitHub docs, "About code owners"). */
export const CODEOWNERS_PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** The names that commitlint looks for and that are code (commitlint docs, "Configuration"). */
export const COMMITLINT_CODE = /^(\.commitlintrc|commitlint\.config)\.(js|cjs|mjs|ts|cts|mts)$/;
const COMMITLINT_DATA = /^(\.commitlintrc(\.(json|yaml|yml))?|package\.json)$/;

/**
 * Whether a change of the file on the default branch may move a ground. Of code and lockfiles only the names are read.
 * @param how `modified`: it was there before and after
 */
export function isGround(path: string, how: 'added' | 'modified' | 'removed'): boolean {
  return COMMITLINT_DATA.test(path) || (how !== 'modified' && (COMMITLINT_CODE.test(path) || LOCKFILES.has(path)));
}

export function isOwnersFile(path: string): boolean {
  return CODEOWNERS_PLACES.some((place) => place === path);
}

/** The role under which the ledger remembers it. */
export function groundRole({ base }: Ground): string {
  return base === null ? 'ground' : `ground:${base}`;
}

/** What the repository itself holds brings an event of its own (`push`); the owner's files do not. */
export function groundsOf(repo: RepoFacts, { baseRef, codeowners = null, requiredChecks = null }: PullFacts): Ground[] {
  const owners = repo.configSource === 'owner' ? [repo.config.gate, repo.playbooks] : [];
  const common = [repo.commitlint ?? null, repo.lockfiles ?? [], repo.squashTitle, ...owners];
  return [
    { base: null, digest: digest(JSON.stringify(common)) },
    { base: baseRef, digest: digest(JSON.stringify([codeowners, requiredChecks])) },
  ];
}

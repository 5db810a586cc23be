/** What makes an issue a pull request. */

export interface Pull {
  id: number;
  draft: boolean;
  headRepoId: number | null;
  /** Login; still told when the repository is gone. */
  headOwner: string;
  headRef: string;
  headSha: string;
  baseRef: string;
  /** Base branch's commit when opened or retargeted. */
  baseSha: string;
  merged: boolean;
  mergedAt: string | null;
  mergedBy: string | null;
  mergeCommitSha: string | null;
  requestedReviewers: string[];
  /** Ids of teams. */
  requestedTeams: number[];
  /** Who pushed the head; its approval does not count where another one's is wanted. */
  lastPusher: string;
  maintainerCanModify: boolean;
}

export interface Review {
  id: number;
  pullNumber: number;
  user: string;
  state: 'PENDING' | 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  body: string;
  commitSha: string;
  submittedAt: string;
  /** Ids of the requested teams for which it was given. */
  onBehalfOf: number[];
}

/** A merge queue's try: the branch `gh-readonly-queue/…` with the pull request merged. */
export interface MergeGroup {
  id: number;
  pullNumber: number;
  /** `refs/heads/gh-readonly-queue/main/pr-7-<sha>` */
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
}

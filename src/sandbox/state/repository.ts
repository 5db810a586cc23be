/** A repository with all that is in it. */
import type { Permission, Team } from './accounts.ts';
import type { CheckRun, CheckSuite, Status } from './checks.ts';
import type { GitObject } from './git.ts';
import type { Comment, Issue, Label, Milestone } from './issues.ts';
import type { MergeGroup, Review } from './pulls.ts';
import type { Ruleset } from './rulesets.ts';

export interface Repository {
  id: number;
  ownerLogin: string;
  name: string;
  /** Names it had: requests by them are redirected. */
  formerNames: string[];
  description: string | null;
  private: boolean;
  hasIssues: boolean;
  archived: boolean;
  defaultBranch: string;
  forkOf: number | null;
  allowSquashMerge: boolean;
  allowMergeCommit: boolean;
  allowRebaseMerge: boolean;
  squashMergeCommitTitle: 'PR_TITLE' | 'COMMIT_OR_PR_TITLE';
  squashMergeCommitMessage: 'PR_BODY' | 'COMMIT_MESSAGES' | 'BLANK';
  deleteBranchOnMerge: boolean;
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
  /** By login; the organisation's members have what this says. */
  collaborators: Map<string, Permission>;
  /** By team id. */
  teams: Map<number, { team: Team; permission: Permission }>;
  /** Next issue or pull request number. */
  nextNumber: number;
  labels: Map<number, Label>;
  milestones: Map<number, Milestone>;
  issues: Map<number, Issue>;
  comments: Map<number, Comment>;
  reviews: Map<number, Review>;
  checkRuns: Map<number, CheckRun>;
  checkSuites: Map<number, CheckSuite>;
  statuses: Status[];
  mergeGroups: Map<number, MergeGroup>;
  rulesets: Map<number, Ruleset>;
  /** Numbers of deleted issues: they answer 410. */
  deletedNumbers: Set<number>;
  /** `refs/heads/main` → SHA. */
  refs: Map<string, string>;
  /** Objects by SHA; a fork shares its parent's. */
  objects: Map<string, GitObject>;
}

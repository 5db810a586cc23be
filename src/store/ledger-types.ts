/** The ledger: sessions, pull requests, verdicts, cycles, and all that is kept of a repository. */
import type { Cycle } from '../model/board-facts.ts';
import type { LedgerEffect } from '../model/effect.ts';
import type { SessionLedger, SlotFacts } from '../model/facts.ts';
import type { PastSession } from '../model/history.ts';
import type { PatchScan } from '../model/pull-facts.ts';
import type { Restoration, Restored } from '../model/rebuild.ts';
import type { RepoName } from '../model/repo.ts';
import type { PullRecord, Session, WorklogEntry } from '../model/session.ts';
import type { PlanRecord } from '../model/sub-plan.ts';
import type { CheckSeen } from '../model/sweep-figures.ts';
import type { PullDetail } from '../model/verdict.ts';
import type { Lease } from './inbox-types.ts';

export interface StoredConfig {
  repo: RepoName;
  installationId: number;
  /** Texts of the last good files, by path. */
  files: Record<string, string>;
  trackerNumber: number | null;
  trackerId: string | null;
}

/** Which kept pages of a board may be used; times are ISO 8601, UTC. */
export interface PagesWanted {
  day: string;
  shape: string;
  since: string;
  /** Pages of the future are of a clock that went wrong. */
  until: string;
}

export interface Ledger {
  /** All effects in one transaction, only while the lease holds. `stale`: the facts have moved, gather again. */
  commit(lease: Lease, effects: LedgerEffect[]): Promise<'done' | 'stale' | 'lease-lost'>;
  session(repo: RepoName, number: number): Promise<SessionLedger | null>;
  sessionById(repo: RepoName, id: string): Promise<SessionLedger | null>;
  sessionByBranch(repo: RepoName, branch: string): Promise<SessionLedger | null>;
  /** Planned and active ones, and those that ended at or after `endedSince` (ISO 8601). */
  sessions(repo: RepoName, endedSince: string): Promise<SessionLedger[]>;
  /** Ids that start with `prefix`. */
  takenIds(repo: RepoName, prefix: string): Promise<string[]>;
  /** Planned and active ones; `held`: only those that wait outside the queue. By number. */
  openSessions(repo: RepoName, which: 'all' | 'held'): Promise<Session[]>;
  /** Sessions that have ended, newest first (B5). */
  pastSessions(repo: RepoName, limit: number): Promise<PastSession[]>;
  slots(repo: RepoName): Promise<SlotFacts>;
  pull(repo: RepoName, number: number): Promise<PullRecord | null>;
  /** Open pull requests with this head, by number. */
  pullsAt(repo: RepoName, headSha: string): Promise<PullRecord[]>;
  scan(repo: RepoName, number: number): Promise<PatchScan | null>;
  /** The newest verdict, and what it was made of. */
  detail(repo: RepoName, number: number): Promise<PullDetail | null>;
  countOpenPulls(repo: RepoName): Promise<number>;
  /** Of open pull requests, newest first. */
  openDetails(repo: RepoName, limit: number): Promise<PullDetail[]>;
  artefact(repo: RepoName, number: number, role: string): Promise<string | null>;
  /** Ids of what we made for it, by role; of roles that start with `prefix`. */
  artefacts(repo: RepoName, number: number, prefix: string): Promise<Map<string, string>>;
  /** Numbers of the pull requests that count as open, in their order; `base`: of those to that branch. */
  openPulls(repo: RepoName, base?: string | null): Promise<number[]>;
  /** Lines of this comment that were done. */
  doneLines(repo: RepoName, commentId: string): Promise<string[]>;
  /** Ideas of each session that was planned before and has any. */
  ideaCounts(repo: RepoName, plannedBefore: string, number: number): Promise<number[]>;
  /** Outcomes of checks seen at or after `since` (ISO 8601), oldest first. */
  checksSeen(repo: RepoName, since: string): Promise<CheckSeen[]>;
  /** The plan of this sub-issues (B3). */
  plan(repo: RepoName, number: number): Promise<PlanRecord | null>;
  /** Numbers of the issues whose plans have something left to do. */
  openPlans(repo: RepoName): Promise<number[]>;
  worklogSince(repo: RepoName, since: string): Promise<WorklogEntry[]>;
  /** Lines of the pages that an earlier try kept, in order. */
  boardPages(repo: RepoName, wanted: PagesWanted): Promise<string[][]>;
  /** Newest first. */
  cycles(repo: RepoName, limit: number): Promise<Cycle[]>;
  /** The newest of each repository; of the repositories, those swept last. */
  newestCycles(limit: number): Promise<Cycle[]>;
  /** Last good configuration files; null for a repository never seen. */
  config(repo: RepoName): Promise<StoredConfig | null>;
  saveConfig(repo: RepoName, installationId: number, files: Record<string, string>): Promise<void>;
  repositories(): Promise<{ repo: RepoName; installationId: number }[]>;
  /** All that is kept under the old name follows, waiting work too; who holds a lease there has lost it. */
  renameRepository(from: RepoName, to: RepoName): Promise<void>;
  /**
   * Puts what was found on GitHub into the ledger and has the board look at it, in one transaction. A session that the
   * ledger knows as well or better stays. A dry run tells what would be done and does nothing.
   */
  restore(restoration: Restoration, dryRun: boolean): Promise<Restored>;
}

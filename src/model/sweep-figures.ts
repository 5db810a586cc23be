/** What a sweep counts: outcomes of checks, quality, metrics (W10, W12). */
import type { RepoName } from './repo.ts';

/** One outcome of one check on one commit (W10); a commit with a success and a failure of the same check is flaky. */
export interface CheckSeen {
  repo: RepoName;
  sha: string;
  name: string;
  outcome: 'success' | 'failure';
  /** Null when GitHub did not say. */
  durationMs: number | null;
  /** Coverage of new code in percent, where the check reports it. */
  coverage: number | null;
  /** Pull request that it was seen on. */
  number: number;
  /** ISO 8601, UTC. */
  at: string;
}

export interface Quality {
  /** Checks with both outcomes on one commit: the newest such commit, and how many there were. Newest first. */
  flaky: { name: string; sha: string; times: number }[];
  /** Checks whose successful runs take longer than before: medians in ms. */
  slower: { name: string; beforeMs: number; nowMs: number }[];
  /** Categories whose coverage of new code fell (medians in percent), or whose checks alone take longer (medians in ms, summed). */
  drift: { category: string; kind: 'coverage' | 'duration'; before: number; now: number }[];
}

/** Counts that a lead watches (S2, W12). Durations in hours; rates 0 to 1; null where nothing was seen. */
export interface SweepMetrics {
  /** Active sessions. */
  open: number;
  /** Ended since the sweep before. */
  archived: number;
  /** Active and planned ones. */
  blocked: number;
  /** Active sessions by whole days since their start; each in one bucket, the last is open-ended. */
  ages: { upToDays: number | null; sessions: number }[];
  /** Pull requests of sessions, since the sweep before. */
  pullsOpened: number;
  pullsMerged: number;
  /** From a session's start to its first pull request, of open sessions and those that ended lately. */
  medianHoursToPull: number | null;
  /** Of the outcomes of checks since the sweep before. */
  passRate: number | null;
  failRate: number | null;
  flaky: string[];
  /** Failing runs of lint checks by cycle, oldest first; cycles without any run are left out. */
  lintFailures: { day: string; failures: number; runs: number }[];
  /** Pull requests opened and merged by cycle, oldest first. */
  throughput: { day: string; opened: number; merged: number }[];
  heat: { category: string; active: number; planned: number; blocked: number; moved: boolean; cold: boolean }[];
}

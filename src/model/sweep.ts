/** The sweep as data: what it saw, what it proposes, what it did. Comment, JSON, metrics and effects are made from it. */
import type { SweepPlan } from './plan.ts';
import type { RepoName } from './repo.ts';

/** Kinds of work that a sweep may start by itself (W6, W7, W8, W9, W10). */
export const ACT_KINDS = [
  'start',
  'refill',
  'governance',
  'scheduler',
  'hardening',
  'retrospective',
  'deflake',
  'corrective',
  'rescue',
  'unblocker',
] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** An issue that waits in a backlog (W6). */
export interface BacklogIssue {
  id: string;
  number: number;
  title: string;
  url: string;
  list: 'active' | 'reserve';
  /** Display name of a configured category, or as its label says; null without a category label. */
  category: string | null;
  labels: { id: string; name: string }[];
  /** ISO 8601, UTC. */
  createdAt: string;
  updatedAt: string;
  /** Numbers of open or merged pull requests that close it. */
  pulls: number[];
}

/** An issue labelled as incident (W7). */
export interface IncidentIssue {
  number: number;
  title: string;
  url: string;
  labels: string[];
  category: string | null;
  /** ISO 8601, UTC. */
  createdAt: string;
  closedAt: string | null;
}

/** An issue that a sweep opened, found by its key. */
export interface DutyIssue {
  key: string;
  number: number;
  url: string;
  state: 'open' | 'closed';
}

/** The 48-hour list of a merged session, as it stands in its record (W11). Ids of ticked and open lines. */
export interface AfterMerge {
  number: number;
  name: string;
  title: string;
  url: string;
  pull: number;
  /** ISO 8601, UTC. */
  mergedAt: string;
  /** Null when the record cannot be read. */
  open: string[] | null;
}

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

/** What a sweep keeps of its cycle for those that follow. Absent in cycles that were recorded before. */
export interface CycleSeen {
  /** Numbers of the sessions that moved since the sweep before. */
  moved: number[];
  /** Categories that moved. */
  categories: string[];
  /** Category whose fast lane was served. */
  fastLane: string | null;
  /** Open, planned and archived sessions; blocked ones among the open. */
  counts: { active: number; planned: number; archived: number; blocked: number };
  /** Pull requests opened and merged since the sweep before. */
  opened: number;
  merged: number;
  /** Sessions that were begun since the sweep before, and issues that this sweep started; the first one first. */
  started: number[];
  /** Keys of the duties that this sweep opened. */
  duties: string[];
  /** Keys of all duties that it found due, opened or not: they keep their key and their date. */
  wanted?: string[];
  /** As it counted them: for `/metrics` and JSON (W12). */
  metrics?: SweepMetrics;
}

/** Something that only a session of its own can do, due now or soon (W7, W8, W9, W10). */
export interface Duty {
  kind: Exclude<ActKind, 'start' | 'refill'>;
  /** Its issue is opened once: `governance:12`, `hardening:#41`. */
  key: string;
  title: string;
  /** Playbook that it is worked by. */
  type: string;
  category: string | null;
  /** Cycle by which it should have begun. */
  due: number;
  /** In a phrase. */
  because: string;
  /** The issue, once there is one. */
  issue: DutyIssue | null;
  acts: boolean;
}

/** A session that the sweep starts, or proposes to (W5, W6). */
export interface Start {
  issue: BacklogIssue;
  category: string | null;
  /** Playbook. */
  type: string;
  fastLane: boolean;
  why: 'cold' | 'same-category' | 'rotation' | 'fast-lane';
  acts: boolean;
}

/** The reserve's issues that move up, once a week (W6). */
export interface Refill {
  issue: BacklogIssue;
  acts: boolean;
}

/** A backlog issue that need not be done any more (W6). */
export interface Obsolete {
  issue: BacklogIssue;
  why: { kind: 'merged' | 'open-pull'; pull: number } | { kind: 'similar'; session: number } | { kind: 'old'; days: number };
}

/** A blocked session (W8). */
export interface Blocker {
  number: number;
  name: string;
  category: string | null;
  why: string | null;
  on: { kind: 'issue'; number: number } | { kind: 'owner'; login: string } | null;
  /** Sweeps that it lived through, this one included. */
  cycles: number;
  /** Two cycles old, or the issue that it waited for is a session that has ended: whose it is now, and what could be done. */
  escalation: { owner: string | null; mitigation: 'unblock' | 'wait-for-issue' | 'ask-owner' | 'cut-scope' } | null;
}

/** A session without movement for two sweeps (L14, W9). */
export interface Stalled {
  number: number;
  name: string;
  /** Sweeps in a row that saw no movement, this one included. */
  cycles: number;
  /** `merge`: it is PR-ready, and nobody merged it. */
  proposal: 'slice' | 'rescue' | 'unblock' | 'merge';
}

/** The session nearest to done, when slots are short (W9). */
export interface Rescue {
  number: number;
  name: string;
  /** The step of the three that comes next. */
  next: 'stabilise' | 'test' | 'merge';
  /** Planned sessions to give up: untouched for so many days, last in rotation first. */
  shed: { number: number; name: string; category: string | null; days: number }[];
  /** Texts of its open steps beyond tests and commit, which a follow-up could do. */
  cut: string[];
}

/** Too many sessions need more work, or too many wait for a slot (W10). */
export interface Backpressure {
  /** Active sessions that need more work and are not blocked. */
  waiting: number;
  /** Planned ones in line. */
  queued: number;
  /** Names of those to finish first: fewest remaining steps first. */
  first: string[];
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

/** A 48-hour list with lines that are open, or that cannot be read. */
export interface FollowUp extends AfterMerge {
  overdue: boolean;
  /** Rollout incidents that were opened within its 48 hours. */
  incidents: number[];
}

/** Everything that one sweep decides. Same facts, same plan. */
export interface FullPlan extends SweepPlan {
  /** Categories in the order in which the next sessions come from them. */
  rotation: string[];
  /** Whose turn the fast lane is. */
  fastLaneTurn: string | null;
  blockers: Blocker[];
  stalled: Stalled[];
  rescue: Rescue | null;
  /** Too many wait: these first. */
  backpressure: Backpressure | null;
  starts: Start[];
  refills: Refill[];
  obsolete: Obsolete[];
  duties: Duty[];
  afterMerge: FollowUp[];
  quality: Quality;
  metrics: SweepMetrics;
}

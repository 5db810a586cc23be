/** The sweep as data: what it saw, what it proposes, what it did. Comment, JSON, metrics and effects are made from it. */

import type { AfterMerge, BacklogIssue, DutyIssue } from './backlog.ts';
import type { SweepPlan } from './plan.ts';
import type { Backpressure, Blocker, FailedSession, Rescue, Stalled } from './stuck.ts';
import type { Quality, SweepMetrics } from './sweep-figures.ts';

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
  failed: FailedSession[];
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

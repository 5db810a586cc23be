/** The sweep's plan as data (W3); comment, JSON and effects are made from it. */
import type { VerdictState } from './session.ts';

/** Status words of S2's input. */
export type SweepStatus = 'pr-ready' | 'pr-open' | 'needs-more-work' | 'archived';

/** One session as the planner sees it, from the ledger or from a file. */
export interface SweepSession {
  name: string;
  status: SweepStatus;
  category: string | null;
  remainingSteps: number;
  blocked: boolean;
  blocker: string | null;
  /** Days since its start, when known: older goes first among equals. */
  ageDays: number | null;
  /** What the gate says of its open pull request; absent where only a file is known. */
  gate?: GateView;
}

/** The gate as the sweep sees it. */
export interface GateView {
  /** Null when the head that stands has no verdict yet. */
  verdict: VerdictState | null;
  draft: boolean;
  /** Ids of the items that fail or wait. */
  open: string[];
}

export interface ShipRank {
  rank: number;
  name: string;
  status: SweepStatus;
  category: string | null;
  remainingSteps: number;
  blocked: boolean;
  /** Days since its start, when known. */
  ageDays: number | null;
  /** The reason for this rank, in a phrase. */
  because: string;
}

export interface SweepPlan {
  observed: number;
  open: number;
  capacity: number;
  reserve: number;
  freeSlotsNeeded: number;
  shipOrder: ShipRank[];
  coldCategories: string[];
  /** Categories to start next, most urgent first. */
  backfill: string[];
}

/** The plan of sessions that only a file tells of (W13). */
export interface FilePlan extends SweepPlan {
  /** Archived ones: observed, but in no slot. */
  archived: number;
  /** In ship order: the oldest first. */
  blockers: { name: string; status: SweepStatus; blocker: string | null; ageDays: number | null }[];
  /** Categories of open sessions that stand in no list, with how many sessions they have; in the order of their names. */
  unlistedCategories: { category: string; sessions: number }[];
  /** Open sessions without a category. */
  withoutCategory: number;
}

/** The one step that brings a session furthest (S2: the single highest-value next action). */
export type NextAction =
  /** What someone set by `/session next`. */
  | { kind: 'said'; text: string }
  | { kind: 'unblock'; why: string | null }
  /** Its work went wrong, and nobody decided yet how to go on (B6). */
  | { kind: 'recover' }
  /** Held before its start: similar work exists, or nobody approved yet. */
  | { kind: 'confirm' }
  | { kind: 'await-approval' }
  /** For sub-issues that come first in its parent's plan; none: the plan has no place for it yet. */
  | { kind: 'await-plan'; numbers: number[] }
  | { kind: 'merge'; pull: number }
  | { kind: 'mend'; pull: number; items: string[] }
  | { kind: 'await-checks'; pull: number; items: string[] }
  | { kind: 'mark-ready'; pull: number }
  | { kind: 'await-verdict'; pull: number }
  | { kind: 'step'; text: string; phase: string }
  | { kind: 'criterion'; text: string }
  /** `repo` is null in the session's own repository. */
  | { kind: 'child'; number: number; repo: string | null; title: string }
  | { kind: 'open-pull' }
  | { kind: 'finish'; pull: number }
  /** `place` counts from 1; null when it is not in the line. */
  | { kind: 'await-slot'; place: number | null }
  | { kind: 'nothing' };

/** One session in the sweep's broadcast (S2's template). Texts are as people wrote them: render makes them safe. */
export interface SessionUpdate {
  name: string;
  status: SweepStatus;
  /** What really happened since the last sweep, oldest first. */
  actions: string[];
  next: NextAction;
  pull: { number: number; title: string; url: string; state: 'open' | 'merged' | 'closed'; changes: string } | null;
}

/** The sweep's plan as data (W3); comment, JSON and effects are made from it. */

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
}

export interface ShipRank {
  rank: number;
  name: string;
  status: SweepStatus;
  category: string | null;
  remainingSteps: number;
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

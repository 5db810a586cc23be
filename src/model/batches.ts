/** The plan of a phase: tasks with their links, and the batches that may run at once (B1, B2). */
import type { SessionState } from './session.ts';

/** One task, from a file or from a sub-issue. */
export interface PlanTask {
  id: string;
  title: string;
  /** Hours; null when nobody said. */
  estimate: number | null;
  /** Ids of hard dependencies: it cannot begin before they are completed. */
  depends: string[];
  /** Ids of soft ones: better after them, but it can begin without. */
  after: string[];
  state: SessionState | 'failed';
}

export type LinkKind = 'hard' | 'soft';

/** A link that the plan could not use as it stands. */
export type LinkFault =
  /** `to` is none of the tasks. */
  | { kind: 'unknown'; task: string; to: string; link: LinkKind }
  /** A task that should come after itself; a hard one is a cycle. */
  | { kind: 'self'; task: string }
  /** The second task of this id is left out. */
  | { kind: 'duplicate'; task: string };

/** The one hard link that shortens the plan most when it is dropped or made soft (B2). */
export interface Advice {
  task: string;
  dependsOn: string;
  batches: { before: number; after: number };
  /** Of the critical path. */
  hours: { before: number; after: number };
}

export interface Matrix {
  /** In the order of the plan; `rows[i][j]` tells how task i waits for task j. */
  ids: string[];
  rows: (LinkKind | 'none')[][];
}

export interface BatchPlan {
  /** Ids; soft links order those of one batch. */
  batches: string[][];
  criticalPath: { path: string[]; hours: number };
  /** Percent, one decimal: tasks in batches of two or more ÷ all. */
  parallelisation: number;
  advice: Advice | null;
  /** Of all tasks one after the other. */
  hours: number;
  /** How many tasks have a hard link, only soft ones, none. */
  waits: { hard: number; soft: number; none: number };
  /** Tasks without an estimate and what they were counted as: the median of the given ones, or an hour. */
  assumed: { hours: number; from: 'median' | 'nothing'; tasks: string[] } | null;
  /** Null for more tasks than anyone reads as a matrix. */
  matrix: Matrix | null;
  /** Each begins and ends with the same id and follows `depends`. */
  cycles: string[][];
  /** Links that close further cycles, which are not listed. */
  moreCycles: number;
  /** Tasks in a cycle or behind one: they stand in no batch. */
  unplanned: string[];
  faults: LinkFault[];
  /** Soft links that the hard ones, or other soft ones, turn round. */
  unmet: { task: string; after: string }[];
}

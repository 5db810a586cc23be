/** What to do when tasks of a plan failed: resume, rerun only those, or restart (B6, S1). */
import type { BatchPlan, PlanTask } from './batches.ts';

/** What is at fault, as whoever looked says. Only `architecture` means more than the task's own work. */
export const FAULT_KINDS = ['syntax', 'logic', 'tests', 'environment', 'architecture', 'unknown'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Tokens by tier (B5). */
export interface TierTokens {
  planner: number;
  coder: number;
  validator: number;
}

export interface RecoveryTask extends PlanTask {
  /** What the agent was told; null when it is not known. */
  prompt: string | null;
  /** What it used or is expected to; null when nobody said. */
  tokens: TierTokens | null;
}

export interface FailedTask {
  id: string;
  /** What went wrong, as the tool or the validator said it. */
  error: string | null;
  kind: FaultKind;
  /** Recoveries of it that failed already, not counting its first run. */
  attempts: number;
}

/** From a file or from the ledger. Ids are those of `tasks`; no id is in two of the lists. */
export interface RecoveryFacts {
  tasks: RecoveryTask[];
  done: string[];
  running: string[];
  failed: FailedTask[];
}

/** From the least to the most that is done again. */
export const RECOVERY_OUTCOMES = ['resume', 'rerun', 'restart-from', 'restart'] as const;
export type RecoveryOutcome = (typeof RECOVERY_OUTCOMES)[number];

export const RECOVERY_QUESTIONS = ['failed-twice', 'last-batch', 'dependents-ran', 'design', 'built-on'] as const;
export type RecoveryQuestion = (typeof RECOVERY_QUESTIONS)[number];

/** The way through the tree for one failed task. */
export interface RecoveryDecision {
  id: string;
  /** From 1; null for a task in a cycle. */
  batch: number | null;
  answers: { question: RecoveryQuestion; yes: boolean }[];
  outcome: RecoveryOutcome;
  /** The outcome if the design were at fault, where nobody said what is and it would differ. */
  ifDesign: RecoveryOutcome | null;
}

export interface RecoveryCost {
  /** Tasks that run again. */
  tasks: number;
  /** Hours of work done again. */
  work: number;
  /** Hours until the whole plan is done, by its critical path. */
  finish: number;
  /** Used again; null when no task tells. */
  tokens: TierTokens | null;
}

export interface RecoveryPlan {
  /** The furthest-reaching one of all failed tasks. */
  outcome: RecoveryOutcome;
  decisions: RecoveryDecision[];
  /** In the order of the plan. */
  rerun: string[];
  kept: string[];
  /** Of `rerun`, those that run right now: they are to be stopped first. */
  stop: string[];
  /** What is still to be done, in batches: `rerun`, what runs now and what has not begun. */
  next: string[][];
  cost: { recovery: RecoveryCost; restart: RecoveryCost; saved: RecoveryCost };
  assumed: { estimates: BatchPlan['assumed']; tokens: string[] };
  /** Done, or running, although what it depends on is not done. */
  early: { task: string; dependsOn: string }[];
}

/** Sessions that have ended, as the history sees them: what they used, what they cost, how they went (B5). */
import type { Tokens } from './pattern.ts';

/** A session that ended, from the ledger. */
export interface PastSession {
  number: number;
  title: string;
  /** Of its playbook. */
  type: string;
  module: string | null;
  state: 'completed' | 'abandoned';
  /** From its last start to its end; null when it never started. */
  hours: number | null;
  /**
   * Completed after one start, without a failed verdict of the readiness gate and without a recovery. Null: not known,
   * because a restore could not bring back its whole worklog.
   */
  firstTry: boolean | null;
  /** The prompts that were made for it, the last of each pattern, with their values. */
  prompts: { pattern: string; values: Record<string, string> }[];
  /** Null when nobody told. */
  cost: Tokens | null;
}

/** A completed session that is near to one that starts, as the card shows it. */
export interface Near {
  number: number;
  title: string;
  type: string;
  module: string | null;
  hours: number | null;
  firstTry: boolean | null;
  pattern: string | null;
  cost: Tokens | null;
  /** Against the median of the completed sessions of its playbook; null where it saved nothing, or too few are known. */
  saved: { tokens: number | null; hours: number | null };
}

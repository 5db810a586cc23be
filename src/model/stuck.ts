/** What does not move, and the way out (L14, W8, W9, W10). */
import type { FaultKind } from './recovery.ts';

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

/** A session that failed and waits for someone to decide its recovery (B6). */
export interface FailedSession {
  number: number;
  name: string;
  kind: FaultKind;
  /** As it was reported; several lines. */
  error: string;
  /** Whole days since then (UTC dates). */
  days: number;
  /** Recoveries that were tried and failed too. */
  recoveries: number;
}

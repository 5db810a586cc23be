/** All migrations in order. A release only ever appends: its number is its place in the list, from 1. */
import { first } from './0001-first.ts';
import { verdictsAndTimers } from './0002-verdicts-and-timers.ts';
import { checksSeen } from './0003-checks-seen.ts';
import { boardPages } from './0004-board-pages.ts';
import { plans } from './0005-plans.ts';
import { lostLeases } from './0006-lost-leases.ts';
import { missedDeliveries } from './0007-missed-deliveries.ts';
import { lineAndPace } from './0008-line-and-pace.ts';
import { heartbeatRoom } from './0009-heartbeat-room.ts';

export interface Words {
  /** Column type of a primary key that counts up and is never used twice. */
  sequence: string;
}

/**
 * A step that only adds (tables, columns with a default, indexes) is a list of statements: older releases go on working
 * beside it. One that takes something away says from which schema version on releases do without it.
 */
export type Steps = string[] | { statements: string[]; breaks: Breaks };

export interface Breaks {
  /** A release must know at least this many migrations; by default this one. */
  oldest?: number;
  /** Half a sentence for the operator of an older release: `the column lane.error is gone`. */
  why: string;
}

/** What takes the schema one version further. */
export type Migration = (words: Words) => Steps;

/** @param number of this step, from 1 */
export function stepOf(steps: Steps, number: number): { statements: string[]; breaks: Required<Breaks> | null } {
  if (Array.isArray(steps)) return { statements: steps, breaks: null };
  const { oldest = number, why } = steps.breaks;
  return { statements: steps.statements, breaks: { oldest, why } };
}

export const migrations: readonly Migration[] = [
  first,
  verdictsAndTimers,
  checksSeen,
  boardPages,
  plans,
  lostLeases,
  missedDeliveries,
  lineAndPace,
  heartbeatRoom,
];

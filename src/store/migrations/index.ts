/** All migrations in order. A release only ever appends: its number is its place in the list, from 1. */
import { first } from './0001-first.ts';
import { verdictsAndTimers } from './0002-verdicts-and-timers.ts';
import { checksSeen } from './0003-checks-seen.ts';
import { boardPages } from './0004-board-pages.ts';
import { plans } from './0005-plans.ts';

export interface Words {
  /** Column type of a primary key that counts up and is never used twice. */
  sequence: string;
}

/** Statements that take the schema one version further. */
export type Migration = (words: Words) => string[];

export const migrations: readonly Migration[] = [first, verdictsAndTimers, checksSeen, boardPages, plans];

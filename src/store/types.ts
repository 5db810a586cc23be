/** The store's contract, the same on both engines. Durable when a promise resolves. */

import type { Inbox, NewDelivery } from './inbox-types.ts';
import type { Ledger } from './ledger-types.ts';

export interface Cron {
  /**
   * Advances the slot and enqueues the input in one transaction, once over all replicas.
   * `false` when this slot or a later one was taken already, unless that one is more than a week ahead of the delivery's
   * time: a clock that was put right. `slot` is an ISO 8601 time.
   */
  take(name: string, slot: string, delivery: NewDelivery): Promise<boolean>;
  lastSlot(name: string): Promise<string | null>;
}

/** The newest delivery that a reading of GitHub's list saw. */
export interface SeenDelivery {
  /** A whole number, longer than a JavaScript number can hold. */
  id: string;
  /** GitHub's time, ISO 8601. */
  deliveredAt: string;
}

export type BegunReading =
  | { kind: 'begun'; token: string; seen: SeenDelivery | null }
  /** Another process reads just now. */
  | { kind: 'held' }
  /** One that was ended began within the age given; it will be older in `nextMs`. */
  | { kind: 'fresh'; nextMs: number };

/** Readings of GitHub's list of deliveries, one at a time over all replicas (A2). */
export interface Readings {
  /** Claims a reading, unless one that was ended began within the last `maxAgeMs`. Times are the database's. */
  begin(maxAgeMs: number, leaseMs: number): Promise<BegunReading>;
  /** `false` when the claim was lost. */
  renew(token: string, leaseMs: number): Promise<boolean>;
  /** All of it is taken in: the next one goes on from `seen` (null: from where this one did). `false` when the claim was lost. */
  end(token: string, seen: SeenDelivery | null): Promise<boolean>;
  /** Lets go of the claim; the next reading begins where this one did. */
  giveUp(token: string): Promise<void>;
}

/** How fast an installation may write, over all replicas; times are durations by the database's clock. */
export interface Pace {
  /** Takes `units` writes, all or nothing; a limit may be Infinity. @returns 0 when taken, else in how many ms they fit */
  take(installationId: number, units: number, limits: { writesPerMinute: number; writesPerHour: number }): Promise<number>;
  /** GitHub wants the installation left alone for so many milliseconds. */
  block(installationId: number, ms: number): Promise<void>;
  /** For how long still; 0: not at all. */
  blockedFor(installationId: number): Promise<number>;
}

export interface Store {
  inbox: Inbox;
  ledger: Ledger;
  cron: Cron;
  readings: Readings;
  /** Null where one process is all there is: it keeps the pace in its memory. */
  pace: Pace | null;
  /** Resolves when the store can write. @throws when it cannot. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

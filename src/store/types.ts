/** The store's contract, the same on both engines. Durable when a promise resolves. */

import type { Cycle } from '../model/board-facts.ts';
import type { LedgerEffect } from '../model/effect.ts';
import type { SessionLedger, SlotFacts } from '../model/facts.ts';
import type { PastSession } from '../model/history.ts';
import type { PatchScan } from '../model/pull-facts.ts';
import type { Restoration, Restored } from '../model/rebuild.ts';
import type { LaneKey, RepoName } from '../model/repo.ts';
import type { PullRecord, Session, WorklogEntry } from '../model/session.ts';
import type { PlanRecord } from '../model/sub-plan.ts';
import type { CheckSeen } from '../model/sweep-figures.ts';
import type { Addressed, Input } from '../model/trigger.ts';
import type { PullDetail } from '../model/verdict.ts';

/** A webhook delivery, reduced to what it says. */
export interface NewDelivery {
  guid: string;
  /** `issues.labeled` */
  event: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  inputs: Addressed[];
}

export interface Lease {
  lane: LaneKey;
  /** Changes with every lease: a ledger write with an old token fails (fencing). */
  token: string;
}

export interface WaitingInput {
  seq: number;
  guid: string;
  input: Input;
}

/** A leased lane with what waits in it, oldest first. */
export interface LaneWork {
  lease: Lease;
  repo: RepoName;
  installationId: number;
  /** Failed attempts so far. */
  attempts: number;
  /** Workers in a row that were given it and neither finished nor failed: their leases ran out. From 2 on it is a suspect. */
  lost: number;
  inputs: WaitingInput[];
}

export interface LaneState {
  /** A worker has it. */
  held: boolean;
  /** Milliseconds until it may be taken; 0: now. */
  dueMs: number;
  /** Why it backs off; null while it does not. */
  error: string | null;
}

export interface ParkedInput {
  seq: number;
  guid: string;
  lane: LaneKey;
  event: string;
  input: Input;
  error: string;
  /** How often it was tried before; 0 when an older release put it aside. */
  attempts: number;
  parkedAt: string;
}

/** Which parked inputs are meant: those for which all of it holds. */
export interface ParkedWhich {
  seqs?: number[];
  lane?: LaneKey;
  repo?: RepoName;
  guid?: string;
}

export interface QueueFigures {
  /** Lanes with waiting work. */
  depth: number;
  /** Age of the oldest waiting input in seconds; 0 when nothing waits. */
  oldestSeconds: number;
  parked: number;
}

export interface Inbox {
  /** Stores all of them in one transaction. `false` for a GUID that was known: nothing more is done for it. */
  receive(deliveries: NewDelivery[]): Promise<boolean[]>;
  /** Leases up to `limit` lanes whose time has come and that nobody holds, no suspects; with `only` at most that one. */
  lease(limit: number, leaseMs: number, only?: LaneKey): Promise<LaneWork[]>;
  /** Leases one suspect: who takes it should have nothing else in hand, so that its next loss is its own. */
  leaseSuspect(leaseMs: number): Promise<LaneWork | null>;
  /** Whether a suspect's time has come. */
  suspectDue(): Promise<boolean>;
  /** How it is with one lane; null when nothing waits in it. */
  lane(lane: LaneKey): Promise<LaneState | null>;
  /** `false` when the lease was lost. */
  renew(lease: Lease, leaseMs: number): Promise<boolean>;
  /** Removes the inputs up to and with `uptoSeq`, frees the lane; `false` when the lease was lost. */
  complete(lease: Lease, uptoSeq: number): Promise<boolean>;
  /** Frees the lane to be tried again after `delayMs`. A rate limit does not count as an attempt. */
  retry(lease: Lease, delayMs: number, counts: boolean, error: string): Promise<void>;
  /** Moves the inputs up to `uptoSeq` aside with the error; the next event works again. */
  park(lease: Lease, uptoSeq: number, error: string): Promise<void>;
  /** Oldest first. */
  parked(limit: number, which?: ParkedWhich): Promise<ParkedInput[]>;
  /** Puts parked inputs back into their lanes; returns how many. */
  replay(seqs: number[]): Promise<number>;
  /** Throws parked inputs away; returns how many. */
  drop(seqs: number[]): Promise<number>;
  /** Of `guids`, those that were taken in before. */
  known(guids: string[]): Promise<Set<string>>;
  figures(): Promise<QueueFigures>;
  /** Milliseconds until the next lane wants work; null when nothing waits. */
  nextDueMs(): Promise<number | null>;
  /** Removes GUIDs and handled rows received before `before` (ISO 8601); returns how many. */
  prune(before: string): Promise<number>;
  /** Calls back when another process may have added work. Returns the way to stop. */
  onWork(callback: () => void): () => void;
}

export interface StoredConfig {
  repo: RepoName;
  installationId: number;
  /** Texts of the last good files, by path. */
  files: Record<string, string>;
  trackerNumber: number | null;
  trackerId: string | null;
}

/** Which kept pages of a board may be used; times are ISO 8601, UTC. */
export interface PagesWanted {
  day: string;
  shape: string;
  since: string;
  /** Pages of the future are of a clock that went wrong. */
  until: string;
}

export interface Ledger {
  /** All effects in one transaction, only while the lease holds. `stale`: the facts have moved, gather again. */
  commit(lease: Lease, effects: LedgerEffect[]): Promise<'done' | 'stale' | 'lease-lost'>;
  session(repo: RepoName, number: number): Promise<SessionLedger | null>;
  sessionById(repo: RepoName, id: string): Promise<SessionLedger | null>;
  sessionByBranch(repo: RepoName, branch: string): Promise<SessionLedger | null>;
  /** Planned and active ones, and those that ended at or after `endedSince` (ISO 8601). */
  sessions(repo: RepoName, endedSince: string): Promise<SessionLedger[]>;
  /** Ids that start with `prefix`. */
  takenIds(repo: RepoName, prefix: string): Promise<string[]>;
  /** Planned and active ones; `held`: only those that wait outside the queue. By number. */
  openSessions(repo: RepoName, which: 'all' | 'held'): Promise<Session[]>;
  /** Sessions that have ended, newest first (B5). */
  pastSessions(repo: RepoName, limit: number): Promise<PastSession[]>;
  slots(repo: RepoName): Promise<SlotFacts>;
  pull(repo: RepoName, number: number): Promise<PullRecord | null>;
  /** Open pull requests with this head, by number. */
  pullsAt(repo: RepoName, headSha: string): Promise<PullRecord[]>;
  scan(repo: RepoName, number: number): Promise<PatchScan | null>;
  /** The newest verdict, and what it was made of. */
  detail(repo: RepoName, number: number): Promise<PullDetail | null>;
  countOpenPulls(repo: RepoName): Promise<number>;
  /** Of open pull requests, newest first. */
  openDetails(repo: RepoName, limit: number): Promise<PullDetail[]>;
  artefact(repo: RepoName, number: number, role: string): Promise<string | null>;
  /** Ids of what we made for it, by role; of roles that start with `prefix`. */
  artefacts(repo: RepoName, number: number, prefix: string): Promise<Map<string, string>>;
  /** Numbers of the pull requests that count as open, in their order; `base`: of those to that branch. */
  openPulls(repo: RepoName, base?: string | null): Promise<number[]>;
  /** Lines of this comment that were done. */
  doneLines(repo: RepoName, commentId: string): Promise<string[]>;
  /** Ideas of each session that was planned before and has any. */
  ideaCounts(repo: RepoName, plannedBefore: string, number: number): Promise<number[]>;
  /** Outcomes of checks seen at or after `since` (ISO 8601), oldest first. */
  checksSeen(repo: RepoName, since: string): Promise<CheckSeen[]>;
  /** The plan of this sub-issues (B3). */
  plan(repo: RepoName, number: number): Promise<PlanRecord | null>;
  /** Numbers of the issues whose plans have something left to do. */
  openPlans(repo: RepoName): Promise<number[]>;
  worklogSince(repo: RepoName, since: string): Promise<WorklogEntry[]>;
  /** Lines of the pages that an earlier try kept, in order. */
  boardPages(repo: RepoName, wanted: PagesWanted): Promise<string[][]>;
  /** Newest first. */
  cycles(repo: RepoName, limit: number): Promise<Cycle[]>;
  /** The newest of each repository; of the repositories, those swept last. */
  newestCycles(limit: number): Promise<Cycle[]>;
  /** Last good configuration files; null for a repository never seen. */
  config(repo: RepoName): Promise<StoredConfig | null>;
  saveConfig(repo: RepoName, installationId: number, files: Record<string, string>): Promise<void>;
  repositories(): Promise<{ repo: RepoName; installationId: number }[]>;
  /** All that is kept under the old name follows, waiting work too; who holds a lease there has lost it. */
  renameRepository(from: RepoName, to: RepoName): Promise<void>;
  /**
   * Puts what was found on GitHub into the ledger and has the board look at it, in one transaction. A session that the
   * ledger knows as well or better stays. A dry run tells what would be done and does nothing.
   */
  restore(restoration: Restoration, dryRun: boolean): Promise<Restored>;
}

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

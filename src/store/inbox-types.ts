/** The inbox: deliveries, lanes and leases, what is parked (A1). */
import type { LaneKey, RepoName } from '../model/repo.ts';
import type { Addressed, Input } from '../model/trigger.ts';

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

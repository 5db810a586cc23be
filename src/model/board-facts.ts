/** Facts for the lane of the repository: its sessions, its tracker, its cycles. */

import type { AfterMerge, BacklogIssue, DutyIssue, IncidentIssue } from './backlog.ts';
import type { CommentFact, RepoFacts, SessionLedger, SlotFacts, SubjectFacts } from './facts.ts';
import type { RepoName } from './repo.ts';
import type { WorklogEntry } from './session.ts';
import type { CycleSeen } from './sweep.ts';
import type { CheckSeen } from './sweep-figures.ts';

/** One sweep per day and repository. `day` is a date in the configured time zone. */
export interface Cycle {
  repo: RepoName;
  day: string;
  /** Counts from 1. */
  number: number;
  startedAt: string;
  /** When it was published last: a full board asks for no new one within the hour (W1). Absent in old ones. */
  sweptAt?: string;
  /** Absent while it runs, and in old ones. */
  seen?: CycleSeen;
}

export interface BoardSession {
  ledger: SessionLedger;
  /** Null when GitHub no longer shows it. */
  subject: SubjectFacts | null;
  /** What really happened since the last cycle began. */
  since: WorklogEntry[];
  /** Comments since the last cycle began, by anyone but this app. */
  comments?: { by: string; at: string }[];
}

/** Facts for the lane of the repository. */
export interface BoardFacts {
  kind: 'board';
  now: string;
  repo: RepoFacts;
  /** Today's cycle: its number is known even before it is recorded. */
  cycle: Cycle;
  previous: Cycle | null;
  /** Cycles before this one, newest first; at most 60. */
  history?: Cycle[];
  tracker: {
    id: string;
    number: number;
    title: string;
    body: string;
    state: 'open' | 'closed';
    locked: boolean;
    labels: string[];
    comment: CommentFact | null;
    /** It is pinned, or was once: people may take a pin off. Absent: not known. */
    pinned?: boolean;
  } | null;
  sessions: BoardSession[];
  /** Issues that carry a session label and no session: the ledger does not know them, or they were opened again. */
  unknown: number[];
  /**
   * Open pull requests; `judged` when the ledger has a verdict for that head, `stuck` when GitHub shows none for it
   * though it is not waiting, `changed` when something happened to it that nobody looked at: its delivery was lost.
   */
  openPulls: { number: number; judged: boolean; waiting: boolean; stuck?: boolean; changed?: boolean }[];
  /** Pull requests that the ledger holds for open and GitHub does not show among the open ones. */
  endedPulls?: number[];
  slots: SlotFacts;
  /** Numbers of the issues whose plans of sub-issues have something left to do; absent: none. */
  plans?: number[];
  /** Open issues of both backlogs, oldest first. */
  backlog?: BacklogIssue[];
  /** Opened in the last 30 days, or open; oldest first. */
  incidents?: IncidentIssue[];
  /** Issues that earlier sweeps opened. */
  duties?: DutyIssue[];
  /** Keys of those that were opened and are no longer there: deleted, or transferred. */
  lostDuties?: string[];
  /** Sessions merged in the last 14 days. */
  afterMerge?: AfterMerge[];
  /** Checks seen in the last 30 days, oldest first. */
  checks?: CheckSeen[];
  /** Reading was cut short: so many open sessions are not in `sessions` (the next try goes on from there). */
  missing?: number;
  /** Why reading was cut short. */
  cut?: {
    /** When GitHub answers again (ISO 8601, UTC); null: nobody knows. */
    until: string | null;
    /** Of the sessions that were not read, as the ledger has them. */
    categories: string[];
  };
  /** Pages of it stand in the ledger until all is done. */
  paged?: true;
}

/** A page of a big board, as gathering left it. */
export interface BoardPage {
  repo: RepoName;
  /** Of the cycle. */
  day: string;
  /** Digest of the question. */
  shape: string;
  /** Counts from 0; the first one replaces all that is kept of this repository. */
  page: number;
  /** ISO 8601, UTC. */
  at: string;
  /** JSON, one value a line. */
  lines: string[];
}

/** Facts for the lane of the repository: its sessions, its tracker, its cycles. */
import type { CommentFact, RepoFacts, SessionLedger, SlotFacts, SubjectFacts } from './facts.ts';
import type { RepoName } from './repo.ts';
import type { WorklogEntry } from './session.ts';

/** One sweep per day and repository. `day` is a date in the configured time zone. */
export interface Cycle {
  repo: RepoName;
  day: string;
  /** Counts from 1. */
  number: number;
  startedAt: string;
}

export interface BoardSession {
  ledger: SessionLedger;
  /** Null when GitHub no longer shows it. */
  subject: SubjectFacts | null;
  /** What really happened since the last cycle began. */
  since: WorklogEntry[];
}

/** Facts for the lane of the repository. */
export interface BoardFacts {
  kind: 'board';
  now: string;
  repo: RepoFacts;
  /** Today's cycle: its number is known even before it is recorded. */
  cycle: Cycle;
  previous: Cycle | null;
  tracker: {
    id: string;
    number: number;
    title: string;
    body: string;
    state: 'open' | 'closed';
    locked: boolean;
    labels: string[];
    comment: CommentFact | null;
  } | null;
  sessions: BoardSession[];
  /** Issues that carry a session label and that the ledger does not know. */
  unknown: number[];
  /** Open pull requests; `judged` when the ledger has a verdict for that head. */
  openPulls: { number: number; judged: boolean; waiting: boolean }[];
  slots: SlotFacts;
}

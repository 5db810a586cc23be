/** Issues that a sweep reads beside the sessions: backlogs, incidents, its own duties, records of what was merged. */

/** An issue that waits in a backlog (W6). */
export interface BacklogIssue {
  id: string;
  number: number;
  title: string;
  url: string;
  list: 'active' | 'reserve';
  /** Display name of a configured category, or as its label says; null without a category label. */
  category: string | null;
  labels: { id: string; name: string }[];
  /** ISO 8601, UTC. */
  createdAt: string;
  updatedAt: string;
  /** Numbers of open or merged pull requests that close it. */
  pulls: number[];
}

/** An issue labelled as incident (W7). */
export interface IncidentIssue {
  number: number;
  title: string;
  url: string;
  labels: string[];
  category: string | null;
  /** ISO 8601, UTC. */
  createdAt: string;
  closedAt: string | null;
}

/** An issue that a sweep opened, found by its key. */
export interface DutyIssue {
  key: string;
  number: number;
  url: string;
  state: 'open' | 'closed';
}

/** The 48-hour list of a merged session, as it stands in its record (W11). Ids of ticked and open lines. */
export interface AfterMerge {
  number: number;
  name: string;
  title: string;
  url: string;
  pull: number;
  /** ISO 8601, UTC. */
  mergedAt: string;
  /** Null when the record cannot be read. */
  open: string[] | null;
}

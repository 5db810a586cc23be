/** Issues and what hangs on them. */
import type { Pull } from './pulls.ts';

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Milestone {
  id: number;
  number: number;
  title: string;
  description: string | null;
  state: 'open' | 'closed';
  creator: string;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  dueOn: string | null;
}

export interface Reaction {
  id: number;
  user: string;
  content: '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';
  createdAt: string;
}

export interface Comment {
  id: number;
  issueNumber: number;
  user: string;
  /** App that wrote it through its installation. */
  appId: number | null;
  body: string;
  createdAt: string;
  updatedAt: string;
  lastEditor: string | null;
  lastEditedAt: string | null;
  minimizedReason: string | null;
  reactions: Reaction[];
}

/** Labeled, closed, … as GitHub's timeline shows them. */
export interface TimelineEvent {
  id: number;
  event: string;
  actor: string;
  createdAt: string;
  label: string | null;
  /** Login of the assignee, reviewer … where there is one. */
  subject: string | null;
  /** Titles, branch names … before and after. */
  from: string | null;
  to: string | null;
  commitSha: string | null;
}

/** Issues and pull requests share numbers; `pull` is set for the latter. */
export interface Issue {
  id: number;
  number: number;
  title: string;
  body: string | null;
  user: string;
  appId: number | null;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  locked: boolean;
  lockReason: 'off-topic' | 'too heated' | 'resolved' | 'spam' | null;
  pinned: boolean;
  /** Label ids. */
  labels: number[];
  assignees: string[];
  milestone: number | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: string | null;
  lastEditor: string | null;
  lastEditedAt: string | null;
  reactions: Reaction[];
  timeline: TimelineEvent[];
  /** Ids of sub-issues (issues' database ids), in order; may live in other repositories. */
  subIssues: number[];
  parent: number | null;
  /** Ids of issues that block it. */
  blockedBy: number[];
  pull: Pull | null;
}

/** What people told a session by commands: its notebook. Part of the session, so that one write keeps all of it. */
import type { Failure } from './failure.ts';
import type { Near } from './history.ts';
import type { Tokens } from './pattern.ts';

/** Who said it and when (ISO 8601, UTC). `key` is the command's own: the same command said twice is one record. */
export interface Said {
  key: string;
  by: string;
  at: string;
}

/** `/session accept <text>`: an acceptance criterion; ticked in the playbook comment under its id (`accept-1`). */
export interface AcceptedCriterion extends Said {
  id: string;
  text: string;
}

/** `/session block <why> [on #n | on owner]`. `clearedAt` is null while it blocks. */
export interface Block extends Said {
  why: string;
  on: { kind: 'issue'; number: number } | { kind: 'owner'; login: string } | null;
  clearedAt: string | null;
}

export const IDEA_KINDS = ['core', 'feature', 'spin-off', 'platform'] as const;
export type IdeaKind = (typeof IDEA_KINDS)[number];
export const IDEA_LENSES = ['pain', 'data', 'competition', 'technology', 'business'] as const;
export type IdeaLens = (typeof IDEA_LENSES)[number];

/** `/session idea <title> i=9 c=9 e=7`: ICE = I×C×E/100 (S0). Scores are 1 to 10. */
export interface Idea extends Said {
  title: string;
  impact: number;
  confidence: number;
  effort: number;
  kind: IdeaKind | null;
  lens: IdeaLens | null;
  /** What must be there first. */
  needs: string | null;
  /** Someone asked for an issue of it. */
  promoted?: boolean;
  /** Issue that it was promoted to. */
  issue: number | null;
}

export const GAP_PRIORITIES = ['P0', 'P1', 'P2', 'P3', 'P4'] as const;
export type GapPriority = (typeof GAP_PRIORITIES)[number];

/** `/session gap` with its lines (P7). `effort` in days. */
export interface Gap extends Said {
  current: string;
  gap: string;
  risk: string;
  impact: 'high' | 'medium' | 'low';
  mitigation: string;
  owner: string;
  priority: GapPriority;
  effort: number;
  /** Issue that it was routed to (P0 and P1). */
  issue: number | null;
}

/** P0 and P1 become issues of their own; the others wait in the backlog (P7). */
export function isUrgent({ priority }: Gap): boolean {
  return priority === 'P0' || priority === 'P1';
}

/** `/session measure <metric> before=… after=… runs=…` (P8). Numbers in `unit`; null while not measured. */
export interface Measure extends Said {
  metric: string;
  before: number | null;
  after: number | null;
  unit: string;
  runs: number | null;
  /** Someone confirmed that the output is the same as before. */
  same: boolean;
}

/** `/session joint <producer> -> <consumer>: <contract>` (P10). */
export interface Joint extends Said {
  producer: string;
  consumer: string;
  contract: string;
  failure: string | null;
  fallback: string | null;
}

/** `/session waive <item> <why>` (G7): gone when the head changes unless sticky. */
export interface Waiver extends Said {
  item: string;
  why: string;
  headSha: string | null;
  sticky: boolean;
}

/** `/session prompt <pattern> KEY=value…`, when nothing was left to fill (B4). */
export interface PromptUse extends Said {
  pattern: string;
  version: string;
  /** By variable; long ones are cut. */
  values: Record<string, string>;
}

/** `/session cost planner=1k coder=0 validator=1k` (B5). Entries add up; what is taken back is below zero. */
export interface Cost extends Said, Tokens {}

export interface Records {
  accepted: AcceptedCriterion[];
  blocks: Block[];
  ideas: Idea[];
  gaps: Gap[];
  measures: Measure[];
  joints: Joint[];
  waivers: Waiver[];
  /** Personas whose questions were posted. */
  personas: string[];
  /** `/session approve`: work may start (L9). */
  approved: Said | null;
  /** `/session start --anyway`: similar sessions are known and wanted (L3). */
  anyway: Said | null;
  /** `/session start --anyway` before the plan of its parent lets it: absent while nobody said so (B3). */
  ahead?: Said;
  /** `/session next <text>`: a person's own next step, instead of the reckoned one. */
  next: string | null;
  /** Module of the registry that it works on (P5). */
  module: string | null;
  /** Prompts that were made for it, oldest first. */
  prompts?: PromptUse[];
  /** Tokens that it cost, as people told. */
  costs?: Cost[];
  /** Completed sessions that were nearest when it started (B5). */
  near?: Near[];
  /** What went wrong in it, oldest first; absent while nothing did. */
  failures?: Failure[];
}

export const NO_RECORDS: Records = {
  accepted: [],
  blocks: [],
  ideas: [],
  gaps: [],
  measures: [],
  joints: [],
  waivers: [],
  personas: [],
  approved: null,
  anyway: null,
  next: null,
  module: null,
};

/** Some record is to become an issue whose number is not known yet. */
export function awaitsIssue({ ideas, gaps }: Records): boolean {
  return (
    ideas.some(({ promoted, issue }) => promoted === true && issue === null) ||
    gaps.some((gap) => isUrgent(gap) && gap.issue === null)
  );
}

/** S0: the best three of a session's ideas go to the backlog, the next five to the incubator. */
export const BACKLOG_IDEAS = 3;
export const INCUBATOR_IDEAS = 5;

/** @param perSession how many ideas each session has */
export function countIdeas(perSession: readonly number[]): { total: number; backlog: number; incubator: number } {
  const sum = (of: (count: number) => number) => perSession.reduce((all, count) => all + of(count), 0);
  return {
    total: sum((count) => count),
    backlog: sum((count) => Math.min(count, BACKLOG_IDEAS)),
    incubator: sum((count) => Math.min(Math.max(0, count - BACKLOG_IDEAS), INCUBATOR_IDEAS)),
  };
}

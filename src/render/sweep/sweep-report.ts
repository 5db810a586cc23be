/** What the words of a sweep are made from, beside its plan: how the sessions look on GitHub. */
import type { Cycle } from '../../model/board-facts.ts';
import type { Config } from '../../model/config.ts';
import type { SessionUpdate } from '../../model/plan.ts';
import type { FullPlan } from '../../model/sweep.ts';
import type { BoardRow } from './board-row.ts';

export interface SweepReport {
  cycle: Cycle;
  plan: FullPlan;
  /** The active sessions, in the plan's ship order. */
  active: BoardRow[];
  /** Planned ones, first in line first. */
  waiting: BoardRow[];
  /** Sessions that ended since the last sweep. */
  archived: number;
  updates: SessionUpdate[];
  /** Names as they stand in the configuration. */
  labels: Pick<Config['labels'], 'sessionPrefix' | 'categoryPrefix' | 'backlogActive'>;
  repoUrl: string;
  /** Open sessions that were not read (BoardFacts.missing). */
  missing: number;
}

export interface Section {
  /** Empty: its lines speak for themselves. */
  title: string;
  lines: string[];
  /** So many lines stand open; a click shows the others. */
  open: number;
  /** Numbered. */
  ordered?: true;
}

export function rowsByNumber({ active, waiting }: SweepReport): Map<number, BoardRow> {
  return new Map([...active, ...waiting].map((row) => [row.number, row]));
}

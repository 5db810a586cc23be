/** A sweep, decided: the plan, what is kept of it, each session's update, the board and the cycle's comment (W2, W3, W4). */
import type { BoardFacts } from '../../model/board-facts.ts';
import type { SessionUpdate } from '../../model/plan.ts';
import type { CycleSeen, FullPlan } from '../../model/sweep.ts';
import { boardBody } from '../../render/sweep/board-body.ts';
import type { BoardRow } from '../../render/sweep/board-row.ts';
import { sweepComment } from '../../render/sweep/sweep-comment.ts';
import type { SweepReport } from '../../render/sweep/sweep-report.ts';
import type { SessionView } from './board-sessions.ts';
import { planOf } from './full-plan.ts';
import { seenOf } from './seen.ts';
import { viewSweep } from './sweep-view.ts';

export interface SweepDecision {
  plan: FullPlan;
  /** What the next sweeps need to know of this one. */
  seen: CycleSeen;
  /** Active ones in ship order, planned ones in line, then what ended since the last cycle. */
  updates: SessionUpdate[];
  /** The tracker's body. */
  body: string;
  /** The cycle's comment. */
  comment: string;
  /** What the words are made from: the terminal shows the same. */
  report: SweepReport;
}

/** Pure: texts and data only. Planned sessions take no slot, so they are observed but neither counted as open nor ranked. */
export function decideSweep(facts: BoardFacts): SweepDecision {
  const { config, faults, url } = facts.repo;
  const view = viewSweep(facts);
  const plan = planOf(view);
  const seen = seenOf(view, plan);
  const { active, waiting, archived } = view;
  const shipped = inShipOrder(active, plan);
  const updates = [...shipped, ...waiting, ...archived].map(toUpdate);
  const rows = { active: shipped.map(toRow), waiting: waiting.map(toRow), sessionPrefix: config.labels.sessionPrefix };
  const locked = facts.tracker?.locked ?? false;
  const turns = { cold: plan.coldCategories, fastLaneTurn: plan.fastLaneTurn };
  const board = { ...rows, ...turns, faults, locked, capacity: config.capacity, reserve: config.reserve };
  const cycle = { ...facts.cycle, seen };
  const words = { labels: config.labels, repoUrl: url, missing: facts.missing ?? 0 };
  const report: SweepReport = { ...rows, ...words, cycle, plan, archived: archived.length, updates };
  return { plan, seen, updates, body: boardBody(board), comment: sweepComment(report), report };
}

/** Session ids are unique in a repository. */
function inShipOrder(active: SessionView[], plan: FullPlan): SessionView[] {
  const byName = new Map(active.map((view) => [view.sweep.name, view]));
  return plan.shipOrder.flatMap(({ name }) => byName.get(name) ?? []);
}

function toUpdate({ source, sweep, pull, next }: SessionView): SessionUpdate {
  return {
    name: sweep.name,
    status: sweep.status,
    actions: source.since.map(({ who, text }) => `${who}: ${text}`),
    next,
    pull: pull && { number: pull.number, title: pull.title, url: pull.url, state: pull.state, changes: pull.changes },
  };
}

function toRow({ source, sweep, pull }: SessionView): BoardRow {
  const { number, url, title, type } = source.ledger.session;
  return {
    number,
    url,
    title,
    type,
    name: sweep.name,
    category: sweep.category,
    blocked: sweep.blocked,
    blocker: sweep.blocker,
    remaining: sweep.remainingSteps,
    pull: pull && { number: pull.number, url: pull.url, state: pull.state, draft: pull.draft, verdict: pull.verdict },
  };
}

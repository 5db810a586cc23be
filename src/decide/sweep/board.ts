/** A sweep, decided: the plan, each session's update, the board and the cycle's comment (W2, W3, W4). */
import type { BoardFacts } from '../../model/board-facts.ts';
import type { SessionUpdate, SweepPlan } from '../../model/plan.ts';
import { boardBody } from '../../render/sweep/board-body.ts';
import type { BoardRow } from '../../render/sweep/board-row.ts';
import { sweepComment } from '../../render/sweep/sweep-comment.ts';
import { type SessionView, viewSession } from './board-sessions.ts';
import { codePointOrder } from './code-point-order.ts';
import { planSweep } from './plan.ts';

export interface SweepDecision {
  plan: SweepPlan;
  /** Active ones in ship order, planned ones in line, then what ended since the last cycle. */
  updates: SessionUpdate[];
  /** The tracker's body. */
  body: string;
  /** The cycle's comment. */
  comment: string;
}

/** Pure: texts and data only. Planned sessions take no slot, so they are observed but neither counted as open nor ranked. */
export function decideSweep(facts: BoardFacts): SweepDecision {
  const { config, faults } = facts.repo;
  const { active, waiting, archived } = viewBoard(facts);
  const plan = planSweep(
    [...active, ...archived].map((view) => view.sweep),
    { ...config, recentlyMoved: movedCategories([...active, ...waiting, ...archived]) },
  );
  plan.observed += waiting.length;
  const shipped = inShipOrder(active, plan);
  const updates = [...shipped, ...waiting, ...archived].map(toUpdate);
  const rows = { active: shipped.map(toRow), waiting: waiting.map(toRow), sessionPrefix: config.labels.sessionPrefix };
  return {
    plan,
    updates,
    body: boardBody({ ...rows, faults, capacity: config.capacity, reserve: config.reserve }),
    comment: sweepComment({ ...rows, cycle: facts.cycle, plan, archived: archived.length, updates }),
  };
}

function viewBoard(facts: BoardFacts): Record<'active' | 'waiting' | 'archived', SessionView[]> {
  const playbooks = new Map(facts.repo.playbooks.map((playbook) => [playbook.type, playbook]));
  const since = sinceOf(facts);
  const views = facts.sessions.map((source) => viewSession(source, facts, playbooks));
  const place = new Map(facts.slots.queue.map((number, index) => [number, index]));
  const lineOf = ({ source }: SessionView) => place.get(source.ledger.session.number) ?? facts.slots.queue.length;
  return {
    active: views.filter(({ source }) => source.ledger.session.state === 'active'),
    waiting: views
      .filter(({ source }) => source.ledger.session.state === 'planned')
      .toSorted((a, b) => lineOf(a) - lineOf(b) || codePointOrder(a.sweep.name, b.sweep.name)),
    archived: views
      .filter(({ source, sweep }) => sweep.status === 'archived' && (source.ledger.session.endedAt ?? since) >= since)
      .toSorted((a, b) => codePointOrder(a.sweep.name, b.sweep.name)),
  };
}

/** Start of the last cycle; before the first one, everything is new. */
function sinceOf(facts: BoardFacts): string {
  return facts.previous?.startedAt ?? '';
}

function movedCategories(views: SessionView[]): string[] {
  const moved = views.filter(({ source }) => source.since.length > 0);
  return moved.flatMap(({ sweep }) => sweep.category ?? []);
}

/** Session ids are unique in a repository. */
function inShipOrder(active: SessionView[], plan: SweepPlan): SessionView[] {
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

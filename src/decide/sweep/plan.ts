/** The sweep's plan: what to close or ship first, and which category to start next (S2, W3). */
import { categoryKey } from '../../model/category.ts';
import type { ShipRank, SweepPlan, SweepSession, SweepStatus } from '../../model/plan.ts';
import { rankReason } from '../../render/sweep/rank-reason.ts';
import { codePointOrder } from './code-point-order.ts';

export interface PlanLimits {
  /** Open sessions at most, the reserve included. */
  capacity: number;
  /** Slots of `capacity` that stay free for urgent work. */
  reserve: number;
  /** In rotation order, most urgent first. */
  categories: string[];
  /** Categories that moved in the last two sweeps: not cold, though nothing may be open in them. */
  recentlyMoved?: string[];
}

/**
 * Pure and deterministic; n log n. Archived sessions are observed but take no slot and are not ranked.
 * Close or ship: PR-ready, then PR open, then fewest remaining steps, blocked last whatever their status;
 * among equals the older goes first, then the name by code point (S2, W3).
 */
export function planSweep(sessions: SweepSession[], limits: PlanLimits): SweepPlan {
  const open = sessions.filter((session) => session.status !== 'archived');
  const { cold, backfill } = rotation(open, limits);
  return {
    observed: sessions.length,
    open: open.length,
    capacity: limits.capacity,
    reserve: limits.reserve,
    freeSlotsNeeded: Math.max(0, open.length - (limits.capacity - limits.reserve)),
    shipOrder: open.toSorted(byShipOrder).map(ranked),
    coldCategories: cold,
    backfill,
  };
}

const GROUP: Record<SweepStatus, number> = { 'pr-ready': 0, 'pr-open': 1, 'needs-more-work': 2, archived: 4 };
const BLOCKED = 3;

function byShipOrder(a: SweepSession, b: SweepSession): number {
  const group = groupOf(a);
  return (
    group - groupOf(b) ||
    (group === GROUP['needs-more-work'] ? a.remainingSteps - b.remainingSteps : 0) ||
    byAge(a.ageDays, b.ageDays) ||
    codePointOrder(a.name, b.name)
  );
}

function groupOf(session: SweepSession): number {
  return session.blocked ? BLOCKED : GROUP[session.status];
}

/** Older first; an unknown age after every known one. */
function byAge(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : b - a;
}

function ranked(session: SweepSession, index: number): ShipRank {
  const { name, status, category, remainingSteps, blocked, ageDays } = session;
  return { rank: index + 1, name, status, category, remainingSteps, blocked, ageDays, because: rankReason(session) };
}

/** Categories without cover, in rotation order; those that moved lately are not cold and queue behind the cold ones. */
function rotation(open: SweepSession[], limits: PlanLimits): { cold: string[]; backfill: string[] } {
  const named = new Set(open.map(({ category }) => category));
  const covered = new Set(Array.from(named, (category) => category && categoryKey(category)));
  const moved = new Set((limits.recentlyMoved ?? []).map(categoryKey));
  const uncovered = unique(limits.categories).filter((name) => !covered.has(categoryKey(name)));
  const cold = uncovered.filter((name) => !moved.has(categoryKey(name)));
  return { cold, backfill: [...cold, ...uncovered.filter((name) => moved.has(categoryKey(name)))] };
}

function unique(categories: string[]): string[] {
  const seen = new Set<string>();
  return categories.filter((name) => seen.size < seen.add(categoryKey(name)).size);
}

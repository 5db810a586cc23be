/** Slots that are free now for new work (L4, W6). */
import type { SweepView } from './sweep-view.ts';

export interface Room {
  ordinary: number;
  /** Only for work of the fast lane. */
  lane: number;
}

/**
 * Blocked sessions have handed their slots on (W8). The line goes first, then what is labelled already and what else this sweep opens. What could not be
 * read is taken for active.
 * @param opening issues that this sweep opens as sessions
 */
export function roomOf({ facts, active, waiting }: SweepView, opening: number): Room {
  const { capacity, reserve } = facts.repo.config;
  const working = active.filter(({ sweep }) => !sweep.blocked);
  const fast = working.filter(({ source }) => source.ledger.session.fastLane).length;
  const missing = facts.missing ?? 0;
  const urgent = new Set(waiting.filter(isFast).map(({ source }) => source.ledger.session.number));
  const queuedFast = facts.slots.queue.filter((number) => urgent.has(number)).length;
  const queued = facts.slots.queue.length - queuedFast + opening + facts.unknown.length;

  const free = atLeast0(capacity - working.length - missing - queuedFast);
  const open = Math.min(free, atLeast0(capacity - reserve - (working.length - fast) - missing));
  const taken = Math.min(queued, open);
  const lane = Math.min(free - taken, atLeast0(Math.min(reserve, capacity) - fast - queuedFast));
  return { lane, ordinary: Math.min(open - taken, free - taken - lane) };
}

function isFast({ source }: SweepView['waiting'][number]): boolean {
  return source.ledger.session.fastLane;
}

function atLeast0(count: number): number {
  return Math.max(0, count);
}

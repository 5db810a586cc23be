/** Whether too much is under way, or waits to be: then what has the fewest remaining steps goes first (W10). */
import type { SweepPlan } from '../../model/plan.ts';
import type { Backpressure } from '../../model/stuck.ts';
import type { SweepView } from './sweep-view.ts';

/** More than this part of all slots are held by sessions that need more work. */
const WORKING = 1 / 2;
/** Or the line is longer than this part of all slots. */
const QUEUED = 1 / 3;
const SHOWN = 5;

/** Null while work flows. Blocked sessions are no pressure: they hold no slot. */
export function backpressureOf({ facts }: SweepView, { shipOrder, capacity }: SweepPlan): Backpressure | null {
  const free = shipOrder.filter(({ blocked }) => !blocked);
  const working = free.filter(({ status }) => status === 'needs-more-work');
  const queued = facts.slots.queue.length;
  const slots = Math.max(0, capacity);
  if (working.length <= slots * WORKING && queued <= slots * QUEUED) return null;
  // Where all have a pull request, the ship order itself is what frees slots.
  const first = (working.length > 0 ? working : free).slice(0, SHOWN).map(({ name }) => name);
  return { waiting: working.length, queued, first };
}

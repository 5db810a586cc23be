/** Once a week the reserve fills up the active backlog, category by category (W6). */

import type { BacklogIssue } from '../../model/backlog.ts';
import { categoryKey } from '../../model/category.ts';
import type { Refill, Start } from '../../model/sweep.ts';
import { keyOf } from './lately.ts';
import type { SweepView } from './sweep-view.ts';

/** So many wait in the active backlog of each category after it. */
const KEEP = 3;
const DAY_MS = 24 * 3_600_000;

/**
 * @param rotation order of the categories; what has none comes last
 * @param active what waits in the active backlog
 * @param reserve what may move up, oldest first
 */
export function refillsOf(
  view: SweepView,
  rotation: readonly string[],
  starts: readonly Start[],
  active: readonly BacklogIssue[],
  reserve: readonly BacklogIssue[],
): Refill[] {
  if (!isFirstOfWeek(view)) return [];
  const leaving = new Set(starts.filter(({ acts }) => acts).map(({ issue }) => issue.number));
  const staying = Map.groupBy(
    active.filter(({ number }) => !leaving.has(number)),
    ({ category }) => keyOf(category),
  );
  const waiting = Map.groupBy(reserve, ({ category }) => keyOf(category));
  const acts = view.facts.repo.config.sweep.act.refill === 'act';
  return [...rotation.map(categoryKey), null].flatMap((key) => {
    const room = Math.max(0, KEEP - (staying.get(key)?.length ?? 0));
    return (waiting.get(key) ?? []).slice(0, room).map((issue) => ({ issue, acts }));
  });
}

/** A week whose first days had no sweep is caught up on by its first one; days are dates of the configured time zone. */
function isFirstOfWeek({ facts }: SweepView): boolean {
  return !(facts.history ?? []).some(({ day }) => weekOf(day) === weekOf(facts.cycle.day));
}

/** Weeks since the one of 1970-01-01, a Thursday; they begin on Monday (ISO 8601). */
function weekOf(day: string): number {
  return Math.floor((Date.parse(day) / DAY_MS + 3) / 7);
}

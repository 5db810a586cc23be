/** What happened since the last sweep: which categories moved, which sessions were begun. */
import { categoryKey } from '../../model/category.ts';
import type { SessionView } from './board-sessions.ts';
import { hasMoved, type SweepView } from './sweep-view.ts';

export function everyView({ active, waiting, archived }: SweepView): SessionView[] {
  return [...active, ...waiting, ...archived];
}

/** Names of the categories with a session that moved, as the sessions spell them. */
export function movedCategories(view: SweepView): string[] {
  return everyView(view)
    .filter(hasMoved)
    .flatMap(({ sweep }) => sweep.category ?? []);
}

/** Categories that cannot be called cold: they moved, or nobody could look at all of their sessions. */
export function warmCategories(view: SweepView): string[] {
  return [...movedCategories(view), ...unreadCategories(view)];
}

/** Of sessions that could not be read this time. */
export function unreadCategories({ facts }: SweepView): string[] {
  return facts.cut?.categories ?? [];
}

/** Sessions that were begun since the last sweep, whoever began them; the first one first. Nobody knows before the second sweep. */
export function begunLately(view: SweepView): SessionView[] {
  const since = view.facts.previous?.startedAt;
  if (since === undefined) return [];
  return everyView(view)
    .filter(({ source }) => Date.parse(source.ledger.session.plannedAt) >= Date.parse(since))
    .sort((a, b) => begun(a) - begun(b) || numberOf(a) - numberOf(b));
}

export function numberOf({ source }: SessionView): number {
  return source.ledger.session.number;
}

export function keyOf(category: string | null): string | null {
  return category === null ? null : categoryKey(category);
}

function begun({ source }: SessionView): number {
  return Date.parse(source.ledger.session.plannedAt);
}

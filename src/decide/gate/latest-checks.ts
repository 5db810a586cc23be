/** Of several runs of one check the latest counts: by name, app and workflow (G2). */
import type { CheckFact } from '../../model/pull-facts.ts';

/** Worst first: what counts when GitHub does not say which of two came later. */
const STATES: readonly CheckFact['state'][] = [
  'failure',
  'startup-failure',
  'timed-out',
  'cancelled',
  'stale',
  'action-required',
  'waiting',
  'neutral',
  'skipped',
  'success',
];

/** In the order of names: GitHub's own order changes. */
export function latestChecks(checks: readonly CheckFact[]): CheckFact[] {
  const newest = new Map<string, CheckFact>();
  for (const one of checks) {
    const key = [one.name, one.kind, one.app ?? '', one.workflow ?? ''].join('\n');
    const other = newest.get(key);
    if (!other || later(one, other)) newest.set(key, one);
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function later(one: CheckFact, other: CheckFact): boolean {
  const [a, b] = [one.startedAt ?? null, other.startedAt ?? null];
  if (a !== null && b !== null && a !== b) return a > b;
  return STATES.indexOf(one.state) < STATES.indexOf(other.state);
}

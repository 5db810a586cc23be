/** Which cycle this is: one per day and repository. */
import type { Cycle } from '../../model/board-facts.ts';
import type { RepoName } from '../../model/repo.ts';

/**
 * A second sweep of the day belongs to the first, also when the time zone was moved back meanwhile, or the clock.
 * @param cycles newest first
 */
export function cycleOf(cycles: readonly Cycle[], repo: RepoName, day: string, now: string): { cycle: Cycle; history: Cycle[] } {
  const [newest, ...older] = cycles;
  if (newest && newest.day >= day) return { cycle: newest, history: older };
  return { cycle: { repo, day, number: (newest?.number ?? 0) + 1, startedAt: now }, history: [...cycles] };
}

/** `YYYY-MM-DD` in the time zone. */
export function dayIn(now: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(now));
}

/** Titles of the sessions that a sweep proposes, and why they are due (W7, W8, W9, W10). */
import type { Quality } from '../../model/sweep-figures.ts';
import { cleanText } from '../markdown.ts';
import { percent, span } from './phrases.ts';
import { count } from './words.ts';

/**
 * Plain text. Titles hold no words of other sessions and tell their subjects apart by number or in few words, so that none is
 * taken for the same work as another (L3).
 */
export interface DutyWords {
  title: string;
  because: string;
}

export function governanceWords(cycle: number, every: number): DutyWords {
  return { title: `Review governance and documentation, cycle ${cycle}`, because: `every ${every} cycles` };
}

export function schedulerWords(cycle: number, every: number): DutyWords {
  return { title: `Upgrade the scheduler: playbooks, limits and rotation, cycle ${cycle}`, because: `every ${every} cycles` };
}

export function hardeningWords(incident: number, rollout: boolean): DutyWords {
  const because = rollout ? `#${incident} was a rollout incident` : `#${incident} was an incident`;
  return { title: `Harden what incident #${incident} showed to be weak`, because };
}

export function retrospectiveWords(incident: number): DutyWords {
  return { title: `Look back on the rollout of incident #${incident}`, because: `#${incident} was a rollout incident` };
}

/** @param check as its author named it */
export function deflakeWords(
  check: string,
  flaky: Quality['flaky'][number] | null,
  slower: Quality['slower'][number] | null,
): DutyWords {
  const name = cleanText(check, 80) || 'without a name';
  const reasons = [
    ...(flaky ? [`it passed and failed on one commit${flaky.times > 1 ? `, ${count(flaky.times, 'time')}` : ''}`] : []),
    ...(slower ? [`it takes ${span(slower.nowMs)} instead of ${span(slower.beforeMs)}`] : []),
  ];
  return { title: `${flaky ? 'Deflake' : 'Speed up'} ${name}`, because: reasons.join('; ') };
}

export function correctiveWords(category: string, drifts: Quality['drift']): DutyWords {
  const reasons = drifts.map(({ kind, before, now }) =>
    kind === 'coverage'
      ? `coverage of new code went from ${percent(before)} to ${percent(now)}`
      : `checks take ${span(now)} instead of ${span(before)}`,
  );
  return { title: `Turn the trend in ${cleanText(category, 80)}`, because: reasons.join('; ') };
}

export function rescueWords(session: number, cycles: number): DutyWords {
  return { title: `Rescue session #${session}: stabilise, test, merge`, because: `no movement for ${count(cycles, 'sweep')}` };
}

/** @param on what they wait for together; null: only their category is the same */
export function unblockerWords(
  area: { category: string } | { issue: number } | { owner: string },
  sessions: number[],
): DutyWords {
  const blocked = `${sessions.map((number) => `#${number}`).join(', ')} are blocked`;
  if ('issue' in area) return { title: `Unblock what waits for #${area.issue}`, because: `${blocked} on it` };
  if ('owner' in area) {
    const owner = cleanText(area.owner, 40);
    return { title: `Unblock what waits for ${owner}`, because: `${blocked} on ${owner}` };
  }
  return { title: `Unblock ${cleanText(area.category, 80)}`, because: blocked };
}

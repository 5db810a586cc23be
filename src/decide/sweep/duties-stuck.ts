/** Sessions that cannot go on by themselves: who stalls is rescued, who waits with others is unblocked (W8, W9). */
import { categoryKey } from '../../model/category.ts';
import type { Blocker, Rescue, Stalled } from '../../model/stuck.ts';
import { rescueWords, unblockerWords } from '../../render/sweep/duty-words.ts';
import type { SessionView } from './board-sessions.ts';
import type { Draft } from './duties.ts';
import { keyPart, windowKey } from './duty-keys.ts';
import { everyView, numberOf } from './lately.ts';
import type { SweepView } from './sweep-view.ts';

/** Short-lived sessions: they begin in the next cycle. */
const WITHIN = 1;
const SEVERAL = 2;

/**
 * The one nearest to done first, then who stands still longest. A rescue that stalls itself is not rescued once more; and while
 * nobody is at work, over a weekend or a holiday, nothing new is to be rescued.
 */
export function rescueDuties(view: SweepView, stalled: readonly Stalled[], rescue: Rescue | null): Draft[] {
  const ours = new Set((view.facts.duties ?? []).map(({ number }) => number));
  const begun = new Set((view.facts.duties ?? []).map(({ key }) => key));
  const atWork = everyView(view).some(isWorkedOn);
  const sessions = new Map(everyView(view).map((one) => [numberOf(one), one.source.ledger.session]));
  const rank = ({ number }: Stalled) => (number === rescue?.number ? 0 : 1);
  return stalled
    .filter(({ number, proposal }) => proposal === 'rescue' && !ours.has(number))
    .filter(({ number }) => atWork || begun.has(`rescue:#${number}`))
    .toSorted((a, b) => rank(a) - rank(b) || b.cycles - a.cycles || a.number - b.number)
    .flatMap(({ number, cycles }): Draft[] => {
      const session = sessions.get(number);
      if (!session) return [];
      const { type, category } = session;
      const first = wantedFirst(`rescue:#${number}`, view);
      return [{ kind: 'rescue', key: `rescue:#${number}`, type, category, due: first + WITHIN, ...rescueWords(number, cycles) }];
    });
}

/** By anyone but this app. */
function isWorkedOn({ source }: SessionView): boolean {
  return source.since.some(({ who }) => who !== 'Playcaller') || (source.comments ?? []).length > 0;
}

type Area = Parameters<typeof unblockerWords>[0];

/** By the issue or owner that they wait for together, then by category; each session counts once. */
export function unblockerDuties(view: SweepView, blockers: readonly Blocker[]): Draft[] {
  const covered = new Set<number>();
  const areas: ((blocker: Blocker) => [string, Area] | null)[] = [byIssue, byOwner, byCategory];
  const working = new Set([...view.active, ...view.waiting].map(numberOf));
  return areas.flatMap((areaOf) => {
    const groups = new Map<string, { area: Area; blockers: Blocker[] }>();
    for (const blocker of blockers) {
      const found = covered.has(blocker.number) ? null : areaOf(blocker);
      if (!found) continue;
      const group = groups.get(found[0]) ?? { area: found[1], blockers: [] };
      group.blockers.push(blocker);
      groups.set(found[0], group);
    }
    return [...groups].flatMap(([name, group]): Draft[] => {
      if (group.blockers.length < SEVERAL) return [];
      for (const { number } of group.blockers) covered.add(number);
      // The issue that they wait for is worked on already.
      if ('issue' in group.area && working.has(group.area.issue)) return [];
      return [unblocker(name, group, view)];
    });
  });
}

function unblocker(name: string, { area, blockers }: { area: Area; blockers: Blocker[] }, view: SweepView): Draft {
  const { key, first } = windowKey(`unblocker:${name}`, view);
  const numbers = blockers.map(({ number }) => number).sort((a, b) => a - b);
  const categories = new Map(blockers.map(({ category }) => [category === null ? null : categoryKey(category), category]));
  const category = categories.size === 1 ? (blockers[0]?.category ?? null) : null;
  return { kind: 'unblocker', key, type: 'bug-fix', category, due: first + WITHIN, ...unblockerWords(area, numbers) };
}

function byIssue({ on }: Blocker): [string, Area] | null {
  return on?.kind === 'issue' ? [`#${on.number}`, { issue: on.number }] : null;
}

function byOwner({ on }: Blocker): [string, Area] | null {
  return on?.kind === 'owner' ? [`owner-${keyPart(on.login)}`, { owner: on.login }] : null;
}

function byCategory({ category }: Blocker): [string, Area] | null {
  return category === null ? null : [keyPart(category), { category }];
}

/** The cycle that first found it due, as far as it is remembered. */
function wantedFirst(key: string, { facts }: SweepView): number {
  const saw = (facts.history ?? []).filter(({ seen }) => seen?.wanted?.includes(key));
  return saw.reduce((first, { number }) => Math.min(first, number), facts.cycle.number);
}

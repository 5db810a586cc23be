/** Keys of duties: the same work has the same key from sweep to sweep, and a new one only a month later (W7). */
import { categoryKey } from '../../model/category.ts';
import { digest } from '../../model/digest.ts';
import type { SweepView } from './sweep-view.ts';

/** A month of weekdays, and as long as checks are kept where every day is swept: the same evidence never counts twice. */
const WINDOW = 30;
/** What was found due in one of the last sweeps, and did not begin, is still the same. */
const LATELY = 5;
const LONGEST = 40;

/** A part of a key: no blank, no end of a comment, whatever people call their checks. */
export function keyPart(name: string): string {
  const words = categoryKey(name);
  if (!/^[\p{L}\p{M}\p{N}-]+$/u.test(words)) return digest(name);
  return words.length <= LONGEST ? words : `${[...words].slice(0, LONGEST).join('')}-${digest(words)}`;
}

/** `deflake:unit-tests:14`, where 14 is the cycle that first found it due: of its open issue, of the last sweeps, else now. */
export function windowKey(subject: string, { facts }: SweepView): { key: string; first: number } {
  const { duties = [], history = [], cycle } = facts;
  const firstOf = (key: string) => (key.startsWith(`${subject}:`) ? (cycleIn(key) ?? 0) : 0);
  const standing = [
    ...duties.filter(({ state }) => state === 'open').map(({ key }) => key),
    ...history.slice(0, LATELY).flatMap(({ seen }) => seen?.wanted ?? []),
  ].map(firstOf);
  const opened = [...duties.map(({ key }) => key), ...history.flatMap(({ seen }) => seen?.duties ?? [])];
  const recent = opened.map(firstOf).filter((first) => first > cycle.number - WINDOW);
  const first = [...standing, ...recent].reduce((newest, one) => Math.max(newest, one), 0) || cycle.number;
  return { key: `${subject}:${first}`, first };
}

function cycleIn(key: string): number | null {
  const end = key.slice(key.lastIndexOf(':') + 1);
  return /^\d+$/.test(end) ? Number(end) : null;
}

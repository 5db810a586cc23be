/** The completed sessions of the past that are nearest to one that starts: by playbook, module and title (B5). */
import type { Near, PastSession } from '../../model/history.ts';
import type { Session } from '../../model/session.ts';
import { readTitle } from '../../model/similar.ts';
import { median } from '../sweep/median.ts';
import { sumOf } from './runs.ts';

const MOST = 3;
/** Fewer say nothing of what is usual. */
const LEAST_FOR_MEDIAN = 3;
const SAME_TYPE = 1;
const SAME_MODULE = 2;
/** For a title of the very same words. */
const SAME_TITLE = 4;
/** The same module and the same playbook, or as much again by the title. */
const LEAST_SCORE = 3;

/** Nearest first; among equals those of the first try, then the newest. `past` comes newest first. */
export function nearSessions(
  session: Pick<Session, 'number' | 'type' | 'title' | 'records'>,
  past: readonly PastSession[],
): Near[] {
  const words = wordsOf(session.title);
  const scored = past.flatMap((one, age) => {
    if (one.state !== 'completed' || one.number === session.number) return [];
    const module = one.module !== null && one.module === session.records.module ? SAME_MODULE : 0;
    const type = one.type === session.type ? SAME_TYPE : 0;
    const score = type + module + SAME_TITLE * share(words, wordsOf(one.title));
    return score < LEAST_SCORE ? [] : [{ one, age, score }];
  });
  const first = (one: PastSession) => Number(one.firstTry === true);
  scored.sort((a, b) => b.score - a.score || first(b.one) - first(a.one) || a.age - b.age);
  return scored.slice(0, MOST).map(({ one }) => nearOf(one, past));
}

function nearOf(one: PastSession, past: readonly PastSession[]): Near {
  const { number, title, type, module, hours, firstTry, cost } = one;
  const usual = past.filter((other) => other.state === 'completed' && other.type === type);
  const pattern = one.prompts.at(-1)?.pattern ?? null;
  const saved = {
    tokens: below(
      cost === null ? null : sumOf(cost),
      usual.map((other) => (other.cost === null ? null : sumOf(other.cost))),
    ),
    hours: below(
      hours,
      usual.map((other) => other.hours),
    ),
  };
  return { number, title, type, module, hours, firstTry, pattern, cost, saved };
}

/** How far it lies below the median of all; null where it does not, or where too few are known. */
function below(value: number | null, all: readonly (number | null)[]): number | null {
  const known = all.filter((each) => each !== null);
  const middle = known.length < LEAST_FOR_MEDIAN ? null : median(known);
  return value === null || middle === null || value >= middle ? null : middle - value;
}

/** Words that say what it is about: short ones join the others in every title. */
function wordsOf(title: string): Set<string> {
  const { words } = readTitle(title);
  return new Set([...words].filter((word) => word.length > 3 || /\P{ASCII}/u.test(word)));
}

/** From 0 to 1: words in common, of the longer title. */
function share(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const longer = Math.max(a.size, b.size);
  return longer === 0 ? 0 : [...a].filter((word) => b.has(word)).length / longer;
}

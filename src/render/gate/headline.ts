/** A verdict in one line: the check run's title, and the phrase for a session's card. */
import type { VerdictState } from '../../model/session.ts';
import type { Verdict, VerdictItem } from '../../model/verdict.ts';
import * as ci from './ci.ts';
import * as coverage from './coverage.ts';
import * as criteria from './criteria.ts';
import * as description from './description.ts';
import * as docs from './docs.ts';
import * as fresh from './fresh.ts';
import * as hygiene from './hygiene.ts';
import { count, listing } from './phrases.ts';
import * as security from './security.ts';
import * as session from './session.ts';
import * as size from './size.ts';
import * as tests from './tests.ts';
import * as title from './title.ts';
import * as type from './type.ts';

const TITLES: Record<string, string> = {
  session: session.title,
  title: title.title,
  description: description.title,
  hygiene: hygiene.title,
  ci: ci.title,
  tests: tests.title,
  size: size.title,
  docs: docs.title,
  security: security.title,
  coverage: coverage.title,
  criteria: criteria.title,
  type: type.title,
  fresh: fresh.title,
};

/** The verdict in a phrase that can follow "#12 open ·" or "mend #12:". `open`: ids of the items that fail or wait. */
export function verdictHeadline(state: VerdictState, open: readonly string[]): string {
  const names = named(open.map((id) => TITLES[id] ?? id));
  if (state === 'pass') return 'ready to ship';
  if (state === 'neutral') return 'nothing is asked of it';
  if (names === '') return state === 'fail' ? 'not ready yet' : 'nothing left to mend';
  return state === 'fail' ? `${names} to mend` : `${names} not done yet`;
}

/** The check run's title. */
export function headline({ state, draft, items }: Verdict): string {
  const failing = required(items, 'fail');
  const waits = required(items, 'waiting');
  const things = `${count(failing.length, 'thing')} to mend`;
  if (state === 'neutral') return 'Nothing is asked of this pull request';
  if (draft) return failing.length === 0 ? 'Draft: nothing to mend so far' : `Draft: ${things} before it is ready`;
  if (failing.length > 0) return `${things}: ${named(failing.map((item) => item.title))}`;
  if (waits.length > 0) return `Waiting for ${waitingFor(waits)}`;
  return 'Ready to ship';
}

function waitingFor(waits: readonly VerdictItem[]): string {
  const [only] = waits;
  if (waits.length === 1 && only) return `${inSentence(only.title)}${only.brief === undefined ? '' : `: ${only.brief}`}`;
  return named(waits.map((item) => item.title));
}

/** Titles as they stand in a sentence: `title, tests and CI`. */
export function named(titles: readonly string[]): string {
  return listing(titles.map(inSentence));
}

/** `Title` → `title`, but `CI` stays. */
function inSentence(words: string): string {
  return /^\p{Lu}\p{Lu}/u.test(words) ? words : `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`;
}

/** The items that count, most urgent first. */
export function required(items: readonly VerdictItem[], status: VerdictItem['status']): VerdictItem[] {
  return items.filter((item) => item.level === 'required' && item.status === status).sort((a, b) => rank(a) - rank(b));
}

/** What needs a hand first, what is done last; on top what is marked in the files, for a secret cannot wait. */
export function rank({ level, status, annotations }: VerdictItem): number {
  if (status === 'fail') return level === 'required' ? (annotations.length > 0 ? 0 : 1) : 3;
  if (status === 'waiting') return level === 'required' ? 2 : 4;
  return { pass: 5, waived: 6, 'not-applicable': 7 }[status];
}

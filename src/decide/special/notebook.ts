/** Where a command of the special sessions writes, and how one record takes another's place. */
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { Said } from '../../model/records.ts';
import type { Session } from '../../model/session.ts';
import { cleanText } from '../../render/markdown.ts';
import * as say from '../../render/special/replies.ts';

/** Records of one kind that a session takes. */
export const MAX_RECORDS = 100;

/** The session whose notebook is meant: the one that the subject carries, else the one that the pull request serves. */
export function notebookOf(facts: LaneFacts): Session | null {
  return (facts.own ?? facts.served)?.session ?? null;
}

/** Why nothing can be written; null when it can. `count`: records of that kind so far. */
export function refusal(session: Session | null, count: number): string | null {
  if (!session) return say.noSession();
  if (session.state === 'completed' || session.state === 'abandoned') return say.ended(session.state);
  return count >= MAX_RECORDS ? say.full(MAX_RECORDS) : null;
}

/**
 * Puts a record in the place of the one that it says anew, else at the end. The first key and time stay, so that a
 * retry changes nothing.
 */
export function putRecord<R extends Said>(list: readonly R[], record: R, same: (other: R) => boolean): R[] {
  const at = list.findIndex((other) => other.key === record.key || same(other));
  const old = list[at];
  if (!old) return [...list, record];
  return list.map((other, index) => (index === at ? { ...record, key: old.key, by: old.by, at: old.at } : other));
}

/** An earlier try of this command got as far as the ledger: what it did is no reason to refuse it now. */
export function saidBefore({ facts, key }: { facts: LaneFacts; key: string }): boolean {
  return (facts.own ?? facts.served)?.worklog.some((entry) => entry.key === `said:${key}`) ?? false;
}

/** Whether two texts name the same thing: whatever the case, the spacing and invisible characters. */
export function sameText(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(text: string): string {
  return cleanText(text, 500).normalize('NFKC').toLowerCase();
}

/** What a session's card says of its last failure and of the recovery from it (B6). */
import { type Failure, openFailure } from '../../model/failure.ts';
import type { Session } from '../../model/session.ts';
import { quoteText } from '../markdown.ts';
import { shortOutcome } from '../plan/recovery-words.ts';
import { faultWords } from './replies.ts';

const ERROR = 160;

/** Behind the state in the card's title. */
export function failedMark({ state, records }: Pick<Session, 'state' | 'records'>): string {
  return state === 'active' && openFailure(records) ? ' · ❌ failed' : '';
}

/** Name and text of a row; null for a session that ended, or never failed. */
export function failureRow({ state, records }: Pick<Session, 'state' | 'records'>): [string, string] | null {
  const last = records.failures?.at(-1);
  if (!last || (state !== 'active' && state !== 'planned')) return null;
  return last.recovery === null ? ['Failed', failed(last)] : ['Recovery', recovering(last, last.recovery)];
}

function failed({ error, kind, at }: Failure): string {
  return `${quoteText(error, ERROR)} · since ${at.slice(0, 10)} · ${faultWords(kind)}`;
}

function recovering({ error }: Failure, { outcome, at }: NonNullable<Failure['recovery']>): string {
  return `${shortOutcome(outcome)}, since ${at.slice(0, 10)} · it failed with: ${quoteText(error, ERROR)}`;
}

/** Sessions that someone reported as failed and nobody recovers yet: nobody works on them (B6). */
import { failedRecoveries, openFailure } from '../../model/failure.ts';
import type { FailedSession } from '../../model/stuck.ts';
import { numberOf } from './lately.ts';
import type { SweepView } from './sweep-view.ts';

/** Those that failed first come first. */
export function failedOf({ active, facts }: SweepView): FailedSession[] {
  const found = active.flatMap((one) => {
    const { records } = one.source.ledger.session;
    const failure = openFailure(records);
    if (!failure) return [];
    const { error, kind, at } = failure;
    const session = { number: numberOf(one), name: one.sweep.name, kind, error };
    return [{ ...session, days: daysSince(at, facts.cycle.day), recoveries: failedRecoveries(records) }];
  });
  return found.sort((a, b) => b.days - a.days || a.number - b.number);
}

/** A clock that went back makes no day negative. */
function daysSince(at: string, day: string): number {
  return Math.max(0, Math.round((Date.parse(day) - Date.parse(at.slice(0, 10))) / 86_400_000));
}

/** Acceptance criteria that were accepted by command: they are ticked in the playbook comment, beside the steps (L8). */
import type { Playbook } from '../../model/playbook.ts';
import type { Records } from '../../model/records.ts';
import type { Criterion, Session } from '../../model/session.ts';

/** The playbook with all lines that can be ticked in its comment. */
export function tickable(playbook: Playbook, records: Records): Playbook {
  if (records.accepted.length === 0) return playbook;
  const accepted = records.accepted.map(({ id, text }) => ({ id, text, details: [] }));
  return { ...playbook, criteria: [...playbook.criteria, ...accepted] };
}

export function acceptedCriteria(records: Records, ticks: readonly string[]): Criterion[] {
  return records.accepted.map(({ id, text }) => ({ id, text, met: ticks.includes(id) }));
}

/** `/session waive criteria` lifts them; it holds for the head that it was said of, if it was said of one. */
export function openCriteriaOf(session: Session, heads: readonly string[]): number {
  const waived = session.records.waivers.some(
    ({ item, sticky, headSha }) => item === 'criteria' && (sticky || headSha === null || heads.includes(headSha)),
  );
  return waived ? 0 : session.criteria.filter((criterion) => !criterion.met).length;
}

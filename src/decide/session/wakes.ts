/** Which other lanes a session's change concerns: those that wait for its slot, and the pull requests that it gates. */
import type { LedgerEffect } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import { boardLane, subjectLane } from '../../model/repo.ts';
import type { PullRecord, Session } from '../../model/session.ts';
import type { Advance } from './move.ts';
import { playbookOf } from './view.ts';

/** So many waiting sessions learn their new place at once; the sweep tells the others. */
const QUEUE_HEAD = 10;

export function wakes(before: Session | null, next: Advance, pulls: readonly PullRecord[], facts: LaneFacts): LedgerEffect[] {
  const { session, moves } = next;
  const repo = facts.repo.name;
  const effects: LedgerEffect[] = [];
  if (movesQueue(before, next)) {
    const others = facts.slots.queue.filter((number) => number !== session.number).slice(0, QUEUE_HEAD);
    effects.push(
      ...others.map((number): LedgerEffect => ({ kind: 'wake', lane: subjectLane(repo, number), why: 'queue-moved' })),
    );
  }
  if (before === null && session.state === 'planned' && !session.blocked && !session.holds) {
    effects.push({ kind: 'wake', lane: boardLane(repo), why: 'capacity', board: 'capacity' });
  }
  if (moves.some((move) => move.to === 'completed' || move.to === 'abandoned')) {
    const held = (facts.others ?? []).filter((other) => other.heldBy.includes(session.number));
    effects.push(
      ...held.map((other): LedgerEffect => ({ kind: 'wake', lane: subjectLane(repo, other.number), why: 'similar-ended' })),
    );
  }
  const { parent } = facts.subject;
  // A parent shows how its sub-sessions stand, and completes after them.
  if (typeof parent === 'number' && (before === null || moves.length > 0)) {
    effects.push({ kind: 'wake', lane: subjectLane(repo, parent), why: 'sub-session-moved' });
  }
  const regate = before !== null && (moves.length > 0 || gateFacts(before, facts) !== gateFacts(session, facts));
  for (const pull of facts.subject.onPull ? [] : pulls) {
    if (pull.state !== 'open') continue;
    const known = facts.own?.pulls.find((record) => record.number === pull.number);
    // A pull request that the ledger does not know at this head has not been judged.
    if (regate || known?.headSha !== pull.headSha)
      effects.push({ kind: 'wake', lane: subjectLane(repo, pull.number), why: 'session-changed' });
  }
  return effects;
}

function movesQueue(before: Session | null, { session, moves }: Advance): boolean {
  if (before === null) return false;
  const left = moves.some((move) => move.from === 'active' || move.from === 'planned');
  const queued = (one: Session) => !one.blocked && !one.holds;
  return left || queued(before) !== queued(session) || before.fastLane !== session.fastLane;
}

/** What of a session the gate looks at. */
function gateFacts(session: Session, facts: LaneFacts): string {
  const criteria = playbookOf(session, facts.repo)?.criteria.map((step) => step.id) ?? [];
  return JSON.stringify([
    session.type,
    session.criteria,
    session.ticks.filter((id) => criteria.includes(id)),
    ...judged(session),
  ]);
}

/** What commands said that the gate looks at; nothing while nothing was said. */
function judged({ records: { measures, waivers } }: Session): unknown[] {
  return [measures, waivers].filter((said) => said.length > 0);
}

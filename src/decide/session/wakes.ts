/** Which other lanes a session's change concerns: those that wait for its slot, and the pull requests that it gates. */
import type { LedgerEffect } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import { boardLane, subjectLane } from '../../model/repo.ts';
import type { PullRecord, Session, WorklogEntry } from '../../model/session.ts';
import { FAILING_FIRST, saysFailedBefore } from '../gate/regression.ts';
import type { Advance } from './move.ts';
import { playbookOf } from './view.ts';

/** So many waiting sessions learn their new place at once; the sweep tells the others. */
const QUEUE_HEAD = 10;
const HOUR_MS = 3_600_000;
/** A burst of labels is over by then. */
const LINE_MS = 2_000;

/** @param entries new lines of the worklog */
export function wakes(
  before: Session | null,
  next: Advance,
  pulls: readonly PullRecord[],
  entries: readonly WorklogEntry[],
  facts: LaneFacts,
): LedgerEffect[] {
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
    effects.push(sweepOfFullBoard(facts), lookAtLine(facts));
  }
  if (moves.some((move) => move.to === 'completed' || move.to === 'abandoned')) {
    const held = (facts.others ?? []).filter((other) => other.heldBy.includes(session.number));
    effects.push(
      ...held.map((other): LedgerEffect => ({ kind: 'wake', lane: subjectLane(repo, other.number), why: 'similar-ended' })),
    );
  }
  const { parent } = facts.subject;
  // A parent shows how its sub-sessions stand, and completes after them.
  if (typeof parent === 'number' && (before === null || moves.length > 0 || session.plan?.unseen)) {
    effects.push({ kind: 'wake', lane: subjectLane(repo, parent), why: 'sub-session-moved' });
  }
  const regate =
    before !== null &&
    (moves.length > 0 || gateFacts(before, facts) !== gateFacts(session, facts) || entries.some(saysFailedBefore));
  // Its verdict was made before its session moved.
  if (facts.subject.onPull && (before === null || regate)) {
    effects.push({ kind: 'wake', lane: subjectLane(repo, session.number), why: 'session-changed' });
  }
  for (const pull of facts.subject.onPull ? [] : pulls) {
    if (pull.state !== 'open') continue;
    const known = facts.own?.pulls.find((record) => record.number === pull.number);
    // A pull request that the ledger does not know at this head has not been judged.
    if (regate || known?.headSha !== pull.headSha)
      effects.push({ kind: 'wake', lane: subjectLane(repo, pull.number), why: 'session-changed' });
  }
  return effects;
}

/** One who waits is reason enough to sweep; hundreds are no reason to sweep hundreds of times: once an hour (W1). */
function sweepOfFullBoard({ now, repo, cycles }: LaneFacts): LedgerEffect {
  const wake = { kind: 'wake', lane: boardLane(repo.name), why: 'capacity', board: 'capacity' } as const;
  const last = Date.parse(cycles?.[0]?.sweptAt ?? '');
  const isRecent = last <= Date.parse(now) && last > Date.parse(now) - HOUR_MS;
  return isRecent ? { ...wake, at: new Date(last + HOUR_MS).toISOString() } : wake;
}

/** Who came in the same moment may show the same place in line: once all are in, one look at the board puts it right. */
function lookAtLine({ now, repo }: LaneFacts): LedgerEffect {
  const at = new Date(Date.parse(now) + LINE_MS).toISOString();
  return { kind: 'wake', lane: boardLane(repo.name), why: 'look', board: 'look', at };
}

function movesQueue(before: Session | null, { session, moves }: Advance): boolean {
  if (before === null) return false;
  const left = moves.some((move) => move.from === 'active' || move.from === 'planned');
  const queued = (one: Session) => !one.blocked && !one.holds;
  return left || queued(before) !== queued(session) || before.fastLane !== session.fastLane;
}

/** What of a session the gate looks at. */
function gateFacts(session: Session, facts: LaneFacts): string {
  const criteria = [...FAILING_FIRST, ...(playbookOf(session, facts.repo)?.criteria.map((step) => step.id) ?? [])];
  return JSON.stringify([
    session.type,
    // Why a planned one waits is told there.
    [session.blocked, session.holds?.[0]?.kind ?? null],
    session.criteria,
    session.ticks.filter((id) => criteria.includes(id)),
    ...judged(session),
  ]);
}

/** What commands said that the gate looks at; nothing while nothing was said. */
function judged({ records: { measures, waivers } }: Session): unknown[] {
  return [measures, waivers].filter((said) => said.length > 0);
}

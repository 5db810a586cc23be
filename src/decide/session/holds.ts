/** What keeps a planned session from starting: similar work that is under way (L3), an approval that is not given (L9). */
import type { LaneFacts, OpenSession } from '../../model/lane-facts.ts';
import type { Hold, Session } from '../../model/session.ts';
import { similarTitles } from '../../model/similar.ts';
import type { InPlan } from '../../model/sub-plan.ts';
import * as say from '../../render/session/holds.ts';
import type { Advance, Context } from './move.ts';

/** Role of the reply that names the similar ones: it is said once. */
const SIMILAR = 'similar';

export function hold(from: Advance, context: Context): Advance {
  const { holds: before, ...rest } = from.session;
  const holds = holdsOf(from.session, context.facts);
  const session: Session = holds.length === 0 ? rest : { ...rest, holds };
  const similar = holds.find((one) => one.kind === 'similar');
  if (!similar || context.facts.own?.artefacts[SIMILAR] !== undefined) return { ...from, session };
  const others = (context.facts.others ?? []).filter((other) => similar.sessions.includes(other.number));
  const body = say.similarFound(others, similar.pulls);
  return { ...from, session, says: [...from.says, { key: `similar:${session.id}`, body, role: SIMILAR }] };
}

/** Only before its first start: a session that worked once needs no leave to go on. */
export function holdsOf(session: Session, facts: LaneFacts): Hold[] {
  if (session.state !== 'planned' || session.startedAt !== null) return [];
  const holds: Hold[] = [];
  const similar = session.records.anyway ? null : similarTo(session, facts);
  if (similar && similar.sessions.length + similar.pulls.length > 0) holds.push({ kind: 'similar', ...similar });
  if (facts.repo.config.plan.approval && !session.records.approved) holds.push({ kind: 'approval' });
  if (session.plan && mustWait(session.plan) && !session.records.ahead) holds.push({ kind: 'depends' });
  return holds;
}

/** For others of its plan, for the way out of a cycle, or for the plan to see it. */
function mustWait({ waits, batch }: InPlan): boolean {
  return waits.length > 0 || batch === null;
}

/**
 * Those that were there first. Pull requests count at its birth only: what closes its issue later is its own work.
 * What was found once is kept while it is open, unless the title changed.
 */
function similarTo(session: Session, facts: LaneFacts): { sessions: number[]; pulls: number[] } {
  const { own, subject } = facts;
  const others = facts.others ?? [];
  const open = (number: number) => subject.pulls.some((pull) => pull.number === number && pull.state === 'open');
  const known = own?.session.holds?.find((one) => one.kind === 'similar');
  const sessions = others
    .filter((other) => isBefore(other, session) && sameWork(other, session, facts))
    .map((other) => other.number);
  if (!own) {
    const pulls = subject.pulls.filter((pull) => pull.state === 'open' && pull.number !== session.number);
    return { sessions, pulls: pulls.map((pull) => pull.number) };
  }
  const renamed = own.session.title !== session.title;
  const kept = renamed ? [] : (known?.sessions ?? []).filter((number) => others.some((other) => other.number === number));
  return { sessions: [...new Set([...kept, ...sessions])].sort((a, b) => a - b), pulls: (known?.pulls ?? []).filter(open) };
}

function isBefore(other: OpenSession, session: Session): boolean {
  if (other.state === 'active') return true;
  return other.plannedAt === session.plannedAt ? other.number < session.number : other.plannedAt < session.plannedAt;
}

/** A pull request does the work of the session that it serves, and of those whose issues it closes. */
function sameWork(other: OpenSession, session: Session, { own, pull, served }: LaneFacts): boolean {
  if (similarTitles(other.title, session.title)) return true;
  return !own && (served?.session.number === other.number || (pull?.closes.includes(other.number) ?? false));
}

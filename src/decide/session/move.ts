/** A session under way through one decision, and the one way in which its state changes. */
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { Records } from '../../model/records.ts';
import type { Evidence, Session, SessionState, Transition } from '../../model/session.ts';
import type { ChangeInput } from '../../model/trigger.ts';

/** Something to tell people once; `key` finds it again in the thread. */
export interface Say {
  key: string;
  body: string;
  /** Remembered under it, where it must not be said again however long the thread grows. */
  role?: string;
}

/** A session under way through one decision. */
export interface Advance {
  session: Session;
  moves: Transition[];
  says: Say[];
  /** The playbook comment must be written again because a tick was lost. */
  tickLost: boolean;
}

/** What a command asks of the session, beside what GitHub shows. */
export interface Ask {
  by: string;
  /** The command's own; its worklog line is written once under it. */
  key: string;
  /** A line for the worklog. */
  log?: string | undefined;
  /** Evidence for completion (`/session complete --no-code`). */
  evidence?: Evidence;
  /** Writes into the session's notebook; pure, and harmless when done twice. */
  update?: (records: Records) => Records;
  /** Starts a session of this type, or takes an abandoned one up again; the start label is put on. */
  start?: string;
  /** Nothing blocks any more, whatever the label says. */
  unblock?: true;
  /** Posts this persona's questions, also when they were posted before and deleted. */
  persona?: string;
  /** Gives the session up, with the reason. */
  abandon?: string;
}

/** What the steps look at beside the session. */
export interface Context {
  facts: LaneFacts;
  changes: readonly ChangeInput[];
  /** What a command asks of the session; null when no command is decided. */
  ask: Ask | null;
}

/** Moves the session on and records who, when and why. */
export function move(from: Advance, to: SessionState, who: string, reason: string, context: Context): Advance {
  const { now } = context.facts;
  const ended = to === 'completed' || to === 'abandoned';
  const session: Session = {
    ...from.session,
    state: to,
    startedAt: to === 'active' ? now : from.session.startedAt,
    plannedAt: to === 'planned' ? now : from.session.plannedAt,
    endedAt: ended ? now : null,
    endedBy: to === 'abandoned' ? from.session.endedBy : null,
  };
  const transition = { repo: session.repo, number: session.number, from: from.session.state, to, who, why: reason, at: now };
  return { ...from, session, moves: [...from.moves, transition] };
}

export function lastSender(context: Context): string {
  return context.changes.findLast((change) => change.sender !== null)?.sender ?? 'Playcaller';
}

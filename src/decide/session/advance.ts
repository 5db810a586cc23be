/** What becomes of a session, given the truth: its next state, the moves that led there, and what to tell people. */
import * as why from '../../render/session/reasons.ts';
import { nearSessions } from '../patterns/near-sessions.ts';
import { abandonIfAskedOrGone } from './abandon.ts';
import { begin } from './begin.ts';
import { completeIfMerged } from './complete.ts';
import { hold } from './holds.ts';
import { type Advance, type Context, lastSender, move, type Say } from './move.ts';
import { refresh } from './refresh.ts';
import { answerStateRequests } from './requests.ts';
import { claimFor, isNext, slotFree } from './slots.ts';

/** Null: there is no session here, and none begins. */
export function advance(context: Context): Advance | { session: null; says: Say[] } {
  const own = context.facts.own;
  if (!own) {
    const born = begin(context);
    return born.session === null ? born : recall(start(hold(born, context), context), context);
  }
  let next = refresh(own, context);
  for (const step of [completeIfMerged, abandonIfAskedOrGone, answerStateRequests, revive, hold, start])
    next = step(next, context);
  return recall(next, context);
}

/** At its start the nearest sessions of the past are noted, so that the card shows the same ones from then on (B5). */
function recall(from: Advance, { facts }: Context): Advance {
  const startsNow = from.moves.some((made) => made.to === 'active');
  const near = startsNow ? nearSessions(from.session, facts.past ?? []) : [];
  if (near.length === 0) return from;
  return { ...from, session: { ...from.session, records: { ...from.session.records, near } } };
}

/** Reopening a closed issue, or labelling it again, makes an abandoned session planned again. */
function revive(from: Advance, context: Context): Advance {
  const { session } = from;
  const { subject, repo } = context.facts;
  if (session.state !== 'abandoned' || subject.state === 'closed') return from;
  if (context.ask?.start !== undefined) return move(from, 'planned', context.ask.by, why.commanded(), context);
  const labelled = subject.labels.some(
    (label) => label.toLowerCase() === (repo.config.labels.sessionPrefix + session.type).toLowerCase(),
  );
  if (!labelled) return from;
  const who = lastSender(context);
  if (session.endedBy === 'closed') return move(from, 'planned', who, why.reopened(), context);
  if (session.endedBy === 'unlabelled') return move(from, 'planned', who, why.labelledAgain(), context);
  return from;
}

/** A planned session takes a slot when one is free and nobody stands before it (L4). */
function start(from: Advance, context: Context): Advance {
  const { session } = from;
  const { slots, repo } = context.facts;
  if (session.state !== 'planned' || session.blocked || session.holds) return from;
  if (!slotFree(slots, repo.config, session.fastLane)) return from;
  const newcomer = !slots.queue.includes(session.number);
  if (newcomer && slots.queue.length > 0 && !session.fastLane) return from;
  if (!newcomer && !isNext(slots, session)) return from;
  return move(from, 'active', 'Playcaller', why.slotTaken(session.fastLane), context);
}

/** The claim that the ledger checks again in the transaction that starts the session. */
export function claimOf(result: Advance, context: Context): ReturnType<typeof claimFor> | null {
  const startsNow = result.moves.some((made) => made.to === 'active');
  if (!startsNow) return null;
  const { others, own, repo } = context.facts;
  const claim = claimFor(result.session, repo.config);
  const looked = others !== undefined && !result.session.records.anyway && (own?.session.startedAt ?? null) === null;
  return looked ? { ...claim, known: others.map((other) => other.number) } : claim;
}

/** A person moving a state label asks for that state: legal moves are made, others undone with the reason (L2). */
import { digest } from '../../model/digest.ts';
import type { SessionState, Transition } from '../../model/session.ts';
import * as why from '../../render/session/reasons.ts';
import * as say from '../../render/session/replies.ts';
import { openChildren } from './children.ts';
import { mergedEvidence, openCriteria } from './complete.ts';
import { holdsOf } from './holds.ts';
import { sameLabel, stateLabels } from './labels.ts';
import { type Advance, type Context, lastSender, move, type Say } from './move.ts';
import { slotFree } from './slots.ts';
import { illegalMove, legalMoves } from './transitions.ts';

export function answerStateRequests(from: Advance, context: Context): Advance {
  const { facts } = context;
  if (!facts.own || from.moves.length > 0) return from;
  const names = facts.repo.config.labels;
  const shown = stateLabels(facts.subject.labels, names);
  const asked = shown.find((state) => state !== from.session.state);
  if (asked === undefined) return from;
  const put = context.changes.findLast(
    (change) => change.labelMove?.move === 'on' && sameLabel(change.labelMove.label, names.state[asked]),
  );
  if (!put && isLeftOver(asked, shown, from.session.state, facts.own.transitions)) return askedAgain(from, facts.own.transitions);
  const who = put?.labelMove?.by ?? lastSender(context);
  const refusal = refusalOf(from, asked, context);
  if (refusal !== null) {
    const body = say.stateRefused(who, from.session.state, asked, refusal, legalMoves(from.session.state));
    // Named by its words: a try whose writes did not all arrive has a new version, and nothing new to say.
    const key = `refused:${facts.own.transitions.length}:${digest(body)}`;
    return { ...from, says: [...from.says, { key, body }] };
  }
  const moved = move(from, asked, who, why.asked(), context);
  if (asked !== 'abandoned') return moved;
  return { ...moved, session: { ...moved.session, endedBy: 'asked' }, says: [...moved.says, askWhy(who, facts.now)] };
}

/** @param at when it was given up: a retry has the same key */
function askWhy(who: string, at: string): Say {
  return { key: `abandoned:${at}`, body: say.whyAbandoned(who) };
}

/** Where our labels did not arrive, our question did not either. */
function askedAgain(from: Advance, moves: readonly Transition[]): Advance {
  const last = moves.at(-1);
  if (last?.to !== 'abandoned' || last.why !== why.asked()) return from;
  return { ...from, says: [...from.says, askWhy(last.who, last.at)] };
}

/**
 * A label that nobody was seen to move may be what our own writes left there, as they did not all arrive (a crash, a
 * refusal): then it is put right silently. It shows a state in which the session was before its last decision, which
 * may have moved it more than once, or, where not even the new label stands, in which it was at any time.
 */
function isLeftOver(
  asked: SessionState,
  shown: readonly SessionState[],
  state: SessionState,
  moves: readonly Transition[],
): boolean {
  const last = moves.at(-1);
  return moves.some(({ from, at }) => from === asked && (at === last?.at || !shown.includes(state)));
}

function refusalOf(from: Advance, asked: SessionState, context: Context): say.StateRefusal | null {
  const { session } = from;
  const { facts } = context;
  const illegal = illegalMove(session.state, asked);
  if (illegal !== null) return { because: 'illegal', move: illegal };
  if (asked === 'completed') {
    const criteria = openCriteria(from, context);
    if (criteria > 0) return { because: 'criteria-open', count: criteria };
    if (!mergedEvidence(facts)) return { because: 'no-evidence' };
    const children = openChildren(session.children);
    if (children > 0) return { because: 'children-open', count: children };
  }
  const [held] = asked === 'active' ? holdsOf(session, facts) : [];
  if (held) return { because: 'held', hold: held };
  if (asked === 'active' && session.blocked) return { because: 'blocked' };
  if (asked === 'active' && !slotFree(facts.slots, facts.repo.config, session.fastLane)) {
    return {
      because: 'full',
      active: facts.slots.active,
      capacity: facts.repo.config.capacity,
      reserve: facts.repo.config.reserve,
    };
  }
  return null;
}

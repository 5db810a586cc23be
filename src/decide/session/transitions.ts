/** The state machine of a session: one table (L2). What is not in it is refused. */
import type { SessionState } from '../../model/session.ts';

/** Who may cause a move: `asked` a person by label or command, `seen` what happened on GitHub. */
type Cause = 'asked' | 'seen';

const MOVES: Record<SessionState, Partial<Record<SessionState, readonly Cause[]>>> = {
  planned: { active: ['asked', 'seen'], completed: ['seen'], abandoned: ['asked', 'seen'] },
  active: { completed: ['asked', 'seen'], abandoned: ['asked', 'seen'] },
  completed: {},
  abandoned: { planned: ['asked', 'seen'] },
};

export function isLegal(from: SessionState, to: SessionState, cause: Cause): boolean {
  return MOVES[from][to]?.includes(cause) ?? false;
}

/** States that someone may ask for from here, in the table's order. */
export function legalMoves(from: SessionState): SessionState[] {
  const states: SessionState[] = ['planned', 'active', 'completed', 'abandoned'];
  return states.filter((to) => isLegal(from, to, 'asked'));
}

/** The state machine of a session: one table (L2). Each pair of states has its causes or the reason why not. */
import { SESSION_STATES, type SessionState } from '../../model/session.ts';
import type { IllegalMove } from '../../render/session/illegal-moves.ts';

/** Who may cause a move: `asked` a person by label or command, `seen` what happened on GitHub. */
type Cause = 'asked' | 'seen';

/** `not` is the answer to those who ask for a move that they may not ask for. */
interface Cell {
  by: readonly Cause[];
  not?: IllegalMove;
}

const BOTH: readonly Cause[] = ['asked', 'seen'];

const MOVES: Record<SessionState, Record<SessionState, Cell>> = {
  planned: {
    planned: { by: [], not: 'planned-again' },
    active: { by: BOTH },
    completed: { by: ['seen'], not: 'complete-unstarted' },
    abandoned: { by: BOTH },
  },
  active: {
    planned: { by: ['seen'], not: 'plan-started' },
    active: { by: [], not: 'active-again' },
    completed: { by: BOTH },
    abandoned: { by: BOTH },
  },
  completed: {
    planned: { by: [], not: 'replan-completed' },
    active: { by: [], not: 'restart-completed' },
    completed: { by: [], not: 'completed-again' },
    abandoned: { by: [], not: 'abandon-completed' },
  },
  abandoned: {
    planned: { by: BOTH },
    active: { by: [], not: 'activate-abandoned' },
    completed: { by: [], not: 'complete-abandoned' },
    abandoned: { by: [], not: 'abandoned-again' },
  },
};

export function isLegal(from: SessionState, to: SessionState, cause: Cause): boolean {
  return MOVES[from][to].by.includes(cause);
}

/** Why nobody may ask for this move; null when they may. */
export function illegalMove(from: SessionState, to: SessionState): IllegalMove | null {
  return MOVES[from][to].not ?? null;
}

/** States that someone may ask for from here, in the table's order. */
export function legalMoves(from: SessionState): SessionState[] {
  return SESSION_STATES.filter((to) => isLegal(from, to, 'asked'));
}

/** Why a session does not go from one state to another: a reason of its own for each pair (L2). */

const REASONS = {
  'planned-again': 'it is planned already.',
  'active-again': 'it is active already.',
  'completed-again': 'it is completed already, and its record is written.',
  'abandoned-again': 'it is abandoned already, and its record is kept.',
  'complete-unstarted': 'its work has not begun. It starts by itself when a slot is free; then it can be completed.',
  'plan-started':
    'its work has begun, and a slot is not handed back unnoticed. Comment `/session block <why>` if it must wait, or `/session abandon <why>` to give it up.',
  'replan-completed': 'it is completed. Open a new issue for what is left to do.',
  'restart-completed': 'it is completed, and completed work is not started again. Open a new issue for what is left to do.',
  'abandon-completed': 'it is completed: there is nothing left to give up.',
  'activate-abandoned': 'it is abandoned. Set it to planned first: it starts by itself when a slot is free.',
  'complete-abandoned':
    'it is abandoned, and only work that is under way can be completed. Set it to planned to take it up again.',
} as const;

export type IllegalMove = keyof typeof REASONS;

export function whyIllegal(move: IllegalMove): string {
  return REASONS[move];
}

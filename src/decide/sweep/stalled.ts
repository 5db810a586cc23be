/** Sessions without movement for two sweeps, and what would bring them on (L14, W9). Nobody's session is ended for it. */
import type { Cycle } from '../../model/board-facts.ts';
import type { Stalled } from '../../model/stuck.ts';
import { lastMove } from '../session/stalled.ts';
import type { SessionView } from './board-sessions.ts';
import { numberOf } from './lately.ts';
import { hasMoved, type SweepView } from './sweep-view.ts';

const STALLED = 2;
/** So few steps are sooner done than cut out. */
const NEARLY_DONE = 2;

/** Those that stand still longest first. */
export function stalledOf(view: SweepView): Stalled[] {
  return view.active
    .map((one) => ({ number: numberOf(one), name: one.sweep.name, cycles: stillFor(one, view), proposal: proposalFor(one) }))
    .filter(({ cycles }) => cycles >= STALLED)
    .sort((a, b) => b.cycles - a.cycles || a.number - b.number);
}

/** Sweeps in a row that saw it stand still: by what they kept, and by its worklog. */
function stillFor(one: SessionView, { facts }: SweepView): number {
  const { session, worklog } = one.source.ledger;
  if (hasMoved(one) || session.startedAt === null) return 0;
  const moved = Date.parse(lastMove(session.startedAt, worklog));
  const stood = ({ startedAt, seen }: Cycle, before: Cycle | undefined) => {
    if (Date.parse(startedAt) < moved || seen?.moved.includes(session.number)) return false;
    return before === undefined || moved < Date.parse(before.startedAt);
  };
  const history = facts.history ?? [];
  const past = history.findIndex((cycle, index) => !stood(cycle, history[index + 1]));
  return 1 + (past < 0 ? history.length : past);
}

/** Without its playbook nobody knows what is left. */
function proposalFor({ sweep, pull, progress }: SessionView): Stalled['proposal'] {
  if (sweep.blocked) return 'unblock';
  if (sweep.status === 'pr-ready') return 'merge';
  return pull?.state === 'open' || (progress !== null && sweep.remainingSteps <= NEARLY_DONE) ? 'rescue' : 'slice';
}

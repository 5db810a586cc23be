/** Which single step brings a session forward most. */
import type { Playbook } from '../../model/playbook.ts';
import type { PullRecord, Session } from '../../model/session.ts';
import { verdictHeadline } from '../../render/gate/check-output.ts';
import type { NextAction } from '../../render/session/next-action.ts';
import { progress } from '../progress.ts';

export function nextAction(
  session: Session,
  pulls: readonly PullRecord[],
  playbook: Playbook | null,
  place: number | null,
): NextAction {
  if (session.state === 'completed' || session.state === 'abandoned') return { do: 'nothing', state: session.state };
  if (session.blocked) return { do: 'unblock' };
  if (session.state === 'planned') return { do: 'wait-for-slot', place };
  const open = pulls.filter((pull) => pull.state === 'open').sort((a, b) => rank(a) - rank(b) || a.number - b.number)[0];
  if (open) return onPull(open);
  const criteria = session.criteria.filter((criterion) => !criterion.met).length;
  if (criteria > 0 && pulls.some((pull) => pull.state === 'merged')) return { do: 'meet-criteria', open: criteria };
  const step = playbook ? progress(playbook, session.ticks).next : null;
  return step ? { do: 'step', text: step.text } : { do: 'open-pull', branch: session.branch };
}

/** Nearest to being merged first. */
function rank(pull: PullRecord): number {
  if (pull.draft) return 3;
  return pull.verdict === 'pass' || pull.verdict === 'neutral' ? 0 : pull.verdict === 'waiting' ? 1 : 2;
}

function onPull(pull: PullRecord): NextAction {
  if (pull.draft) return { do: 'mark-ready', pull: pull.number };
  if (pull.verdict === 'pass' || pull.verdict === 'neutral') return { do: 'merge', pull: pull.number };
  const headline = verdictHeadline(pull.verdict ?? 'waiting', pull.open);
  return pull.verdict === 'fail'
    ? { do: 'mend', pull: pull.number, headline }
    : { do: 'wait-for-gate', pull: pull.number, headline };
}

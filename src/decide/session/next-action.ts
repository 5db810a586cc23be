/** Which single step brings a session forward most: for its card and for the sweep's update (S2). */
import { openFailure } from '../../model/failure.ts';
import type { NextAction } from '../../model/plan.ts';
import type { Playbook } from '../../model/playbook.ts';
import type { Hold, PullRecord, Session } from '../../model/session.ts';
import { progress } from '../progress.ts';
import { oldestBlock } from './blocks.ts';
import { firstOpenChild } from './children.ts';

/** What counts of a session's main pull request. */
export type ActedPull = Pick<PullRecord, 'number' | 'state' | 'draft' | 'verdict' | 'open'>;

export interface Situation {
  session: Session;
  pull: ActedPull | null;
  playbook: Playbook | null;
  /** Place in the queue, from 1. */
  place: number | null;
}

export function nextAction({ session, pull, playbook, place }: Situation): NextAction {
  if (session.state === 'completed' || session.state === 'abandoned') return { kind: 'nothing' };
  const { records, holds } = session;
  if (records.next !== null) return { kind: 'said', text: records.next };
  if (session.blocked) return { kind: 'unblock', why: oldestBlock(records)?.why ?? null };
  if (openFailure(records)) return { kind: 'recover' };
  if (holds?.[0]) return onHold(holds[0], session.plan);
  if (session.state === 'planned') return { kind: 'await-slot', place };
  if (pull?.state === 'open') return onPull(pull);
  const child = firstOpenChild(session);
  if (child) return child;
  const done = playbook ? progress(playbook, session.ticks) : null;
  const step: NextAction[] = done?.next ? [{ kind: 'step', text: done.next.text, phase: done.nextPhase ?? '' }] : [];
  const unmet: NextAction[] = session.criteria.flatMap(({ met, text }) => (met ? [] : [{ kind: 'criterion', text }]));
  // After the merge only the criteria keep the session open; before it, they are met by doing the steps.
  const [first] = pull?.state === 'merged' ? [...unmet, ...step] : [...step, ...unmet];
  if (first) return first;
  return pull?.state === 'merged' ? { kind: 'finish', pull: pull.number } : { kind: 'open-pull' };
}

function onHold({ kind }: Hold, plan: Session['plan']): NextAction {
  if (kind === 'similar') return { kind: 'confirm' };
  return kind === 'approval' ? { kind: 'await-approval' } : { kind: 'await-plan', numbers: plan?.waits ?? [] };
}

/** The pull request nearest to being merged; a merged one when none is open. */
export function mainOf(pulls: readonly PullRecord[]): PullRecord | null {
  const rank = (pull: PullRecord) => {
    if (pull.state !== 'open') return pull.state === 'merged' ? 4 : 5;
    if (pull.draft) return 3;
    return pull.verdict === 'pass' || pull.verdict === 'neutral' ? 0 : pull.verdict === 'waiting' ? 1 : 2;
  };
  return [...pulls].sort((a, b) => rank(a) - rank(b) || a.number - b.number)[0] ?? null;
}

function onPull({ number, verdict, draft, open }: ActedPull): NextAction {
  if (draft) return { kind: 'mark-ready', pull: number };
  if (verdict === 'pass' || verdict === 'neutral') return { kind: 'merge', pull: number };
  if (verdict === 'fail') return { kind: 'mend', pull: number, items: open };
  return verdict === 'waiting' ? { kind: 'await-checks', pull: number, items: open } : { kind: 'await-verdict', pull: number };
}

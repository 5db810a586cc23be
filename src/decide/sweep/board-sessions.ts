/** What the board's facts say of one session: its pull request, its status, what is left, what comes next. */
import type { BoardFacts, BoardSession } from '../../model/facts.ts';
import type { GateView, NextAction, SweepSession, SweepStatus } from '../../model/plan.ts';
import type { Playbook } from '../../model/playbook.ts';
import { type Progress, progress } from '../progress.ts';
import { hasLabel } from '../session/labels.ts';
import { mainPull, type SessionPull } from './main-pull.ts';

/** One session, read once: plan, update and table row are all made from it. */
export interface SessionView {
  source: BoardSession;
  sweep: SweepSession;
  pull: SessionPull | null;
  /** Null when its playbook is no longer there. */
  progress: Progress | null;
  next: NextAction;
}

export function viewSession(source: BoardSession, facts: BoardFacts, playbooks: Map<string, Playbook>): SessionView {
  const { session } = source.ledger;
  const playbook = playbooks.get(session.type);
  const done = playbook ? progress(playbook, session.ticks) : null;
  const pull = mainPull(source);
  const unmet = session.criteria.filter((criterion) => !criterion.met).length;
  const sweep: SweepSession = {
    name: session.id,
    status: statusOf(source, pull),
    category: session.category,
    remainingSteps: (done ? done.total - done.done : 0) + unmet,
    blocked: session.blocked || hasLabel(source.subject?.labels ?? [], facts.repo.config.labels.blocked),
    blocker: null,
    ageDays: ageInDays(session.startedAt, facts.cycle.day),
  };
  if (pull?.state === 'open') sweep.gate = gateOf(pull);
  const place = facts.slots.queue.indexOf(session.number);
  const next = nextAction(source, sweep, pull, playbook, done, place < 0 ? null : place + 1);
  return { source, sweep, pull, progress: done, next };
}

function statusOf({ ledger }: BoardSession, pull: SessionPull | null): SweepStatus {
  const { state } = ledger.session;
  if (state === 'completed' || state === 'abandoned') return 'archived';
  if (pull?.state !== 'open') return 'needs-more-work';
  return pull.verdict === 'pass' && !pull.draft ? 'pr-ready' : 'pr-open';
}

function gateOf({ verdict, draft, open }: SessionPull): GateView {
  return { verdict, draft, open };
}

/** Whole days from the start (UTC date) to the cycle's day; never negative. */
function ageInDays(startedAt: string | null, day: string): number | null {
  if (startedAt === null) return null;
  return Math.max(0, Math.round((Date.parse(day) - Date.parse(startedAt.slice(0, 10))) / 86_400_000));
}

function nextAction(
  { ledger }: BoardSession,
  sweep: SweepSession,
  pull: SessionPull | null,
  playbook: Playbook | undefined,
  done: Progress | null,
  place: number | null,
): NextAction {
  const { session } = ledger;
  if (sweep.status === 'archived') return { kind: 'nothing' };
  if (sweep.blocked) return { kind: 'unblock', why: sweep.blocker };
  if (session.state === 'planned') return { kind: 'await-slot', place };
  if (pull?.state === 'open') return pullAction(pull);
  const step: NextAction[] = done?.next ? [{ kind: 'step', text: done.next.text, phase: done.nextPhase ?? '' }] : [];
  const unmet: NextAction[] = session.criteria.flatMap(({ met, text }) => (met ? [] : [{ kind: 'criterion', text }]));
  // After the merge only the criteria keep the session open; before it, they are met by doing the steps.
  const [first] = pull?.state === 'merged' ? [...unmet, ...step] : [...step, ...unmet];
  if (first) return first;
  if (pull?.state !== 'merged') return { kind: 'open-pull' };
  const success = playbook?.criteria.find((criterion) => !session.ticks.includes(criterion.id));
  return success ? { kind: 'criterion', text: success.text } : { kind: 'finish', pull: pull.number };
}

function pullAction(pull: SessionPull): NextAction {
  const { number, verdict, draft, open } = pull;
  if (draft) return { kind: 'mark-ready', pull: number };
  if (verdict === 'pass' || verdict === 'neutral') return { kind: 'merge', pull: number };
  if (verdict === 'fail') return { kind: 'mend', pull: number, items: open };
  return verdict === 'waiting' ? { kind: 'await-checks', pull: number, items: open } : { kind: 'await-verdict', pull: number };
}

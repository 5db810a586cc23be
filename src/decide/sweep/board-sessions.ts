/** What the board's facts say of one session: its pull request, its status, what is left, what comes next. */
import type { BoardFacts, BoardSession } from '../../model/board-facts.ts';
import type { GateView, NextAction, SweepSession, SweepStatus } from '../../model/plan.ts';
import type { Playbook } from '../../model/playbook.ts';
import { type Progress, progress } from '../progress.ts';
import { oldestBlock } from '../session/blocks.ts';
import { hasLabel } from '../session/labels.ts';
import { nextAction } from '../session/next-action.ts';
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
  const blocked = session.blocked || hasLabel(source.subject?.labels ?? [], facts.repo.config.labels.blocked);
  const sweep: SweepSession = {
    name: session.id,
    status: statusOf(source, pull),
    category: session.category,
    remainingSteps: (done ? done.total - done.done : 0) + unmet,
    blocked,
    blocker: blocked ? (oldestBlock(session.records)?.why ?? null) : null,
    ageDays: ageInDays(session.startedAt, facts.cycle.day),
  };
  if (pull?.state === 'open') sweep.gate = gateOf(pull);
  const place = facts.slots.queue.indexOf(session.number);
  const next = nextAction({
    session: { ...session, blocked: sweep.blocked },
    pull,
    playbook: playbook ?? null,
    place: place < 0 ? null : place + 1,
  });
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

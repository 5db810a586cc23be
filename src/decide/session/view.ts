/** What the card and the record show, put together from the session and the ledger. */
import type { Cycle } from '../../model/board-facts.ts';
import type { RepoFacts, SlotFacts } from '../../model/facts.ts';
import type { Playbook } from '../../model/playbook.ts';
import type { PullRecord, Session, Transition, WorklogEntry } from '../../model/session.ts';
import { verdictHeadline } from '../../render/gate/check-output.ts';
import { type CardPull, renderCard } from '../../render/session/card.ts';
import { withCardState } from '../../render/session/card-state.ts';
import { type RecordView, renderRecord } from '../../render/session/record.ts';
import { progress } from '../progress.ts';
import { moduleView } from './module.ts';
import { mainOf, nextAction } from './next-action.ts';
import { queuePlace } from './slots.ts';
import { stalledSince } from './stalled.ts';

/** The step of the built-in feature playbook that writes the problem down. */
const SCOPE_STEP = 'scope-problem';

export interface Shown {
  session: Session;
  pulls: readonly PullRecord[];
  transitions: readonly Transition[];
  worklog: readonly WorklogEntry[];
  /** The last sweeps, newest first (L14). */
  cycles?: readonly Cycle[];
}

export function cardBody(given: Shown, repo: RepoFacts, slots: SlotFacts): string {
  const shown = { ...given, worklog: asKept(given.worklog) };
  const { session } = shown;
  const playbook = playbookOf(session, repo);
  const place = session.state === 'planned' && !session.blocked && !session.holds ? placeOf(session, slots) : null;
  const card = renderCard({
    session,
    place,
    slots: { active: slots.active, capacity: repo.config.capacity, reserve: repo.config.reserve },
    pulls: [...shown.pulls].sort((a, b) => a.number - b.number).map(cardPull),
    playbook: playbook ? { title: playbook.title, ...shownProgress(playbook, session) } : null,
    next: nextAction({ session, pull: mainOf(shown.pulls), playbook, place }),
    module: moduleView(session, repo),
    log: log(shown),
    stalledSince: stalledSince(session, shown.worklog, shown.cycles ?? []),
    wantsScope: wantsScope(session, playbook, shown.pulls),
  });
  return withCardState(card, shown);
}

/** As the ledger will have it: by time, and a key that is known is not written again. */
function asKept(entries: readonly WorklogEntry[]): WorklogEntry[] {
  const keys = new Set<string>();
  const kept = entries.filter(({ key }) => !keys.has(key) && keys.add(key));
  return kept.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Before work begins, a playbook whose first steps settle the scope wants it written down (P4). */
function wantsScope(session: Session, playbook: Playbook | null, pulls: readonly PullRecord[]): boolean {
  const asks = playbook?.phases.some((phase) => phase.steps.some((step) => step.id === SCOPE_STEP)) ?? false;
  const ended = session.state === 'completed' || session.state === 'abandoned';
  return asks && !ended && session.ticks.length === 0 && pulls.length === 0;
}

export function recordBody(shown: Shown, repo: RepoFacts): string {
  const playbook = playbookOf(shown.session, repo);
  const ticked = new Set(shown.session.ticks);
  const view: RecordView = { session: shown.session, repoUrl: repo.url, playbook: null, log: log(shown) };
  if (playbook) {
    const steps = playbook.phases.flatMap((phase) => phase.steps);
    const open = steps.filter((step) => !ticked.has(step.id)).map((step) => step.text);
    view.playbook = { title: playbook.title, done: steps.length - open.length, total: steps.length, open };
  }
  return renderRecord(view);
}

export function playbookOf(session: Session, repo: RepoFacts): Playbook | null {
  return repo.playbooks.find((playbook) => playbook.type === session.type) ?? null;
}

/** A newcomer stands behind all that wait. */
function placeOf(session: Session, slots: SlotFacts): number {
  return queuePlace(slots, session.number) ?? slots.queue.length + 1;
}

function cardPull(pull: PullRecord): CardPull {
  const { number, state, draft, verdict, open } = pull;
  return { number, state, draft, verdict, headline: verdict === null ? null : verdictHeadline(verdict, open) };
}

function shownProgress(playbook: Playbook, session: Session) {
  const { done, total, perPhase, criteria } = progress(playbook, session.ticks);
  return {
    done,
    total,
    phases: perPhase.map((phase) => ({ title: phase.title, done: phase.done, total: phase.total })),
    criteria,
  };
}

function log({ worklog }: Shown): { day: string; who: string; text: string }[] {
  return worklog.map(({ at, who, text }) => ({ day: at.slice(0, 10), who, text }));
}

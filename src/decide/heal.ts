/** What the board shows to be out of shape, and which lanes are to look at it again (W1). */
import type { BoardFacts, BoardSession, Cycle } from '../model/board-facts.ts';
import type { LedgerEffect } from '../model/effect.ts';
import type { LaneFacts, OpenSession } from '../model/lane-facts.ts';
import { openSession } from '../model/open-session.ts';
import { subjectLane } from '../model/repo.ts';
import type { BoardReason } from '../model/trigger.ts';
import { decideCarried } from './session/decide-carried.ts';
import { wakePages } from './wake-pages.ts';

/** So many waiting verdicts each sweep looks at again, so that none hangs for good. */
const WAITING_MAX = 20;

/**
 * A lane is woken only where something differs: sessions out of shape, new ones, pull requests that ended or changed
 * unheard, heads without a verdict, verdicts that GitHub does not show.
 */
export function heal(facts: BoardFacts, reasons: readonly BoardReason[], cycles: Cycle[]): LedgerEffect[] {
  const { repo, sessions, unknown, openPulls, endedPulls = [], plans = [] } = facts;
  const open = sessions.flatMap(({ ledger }) => openSession(ledger.session));
  const regate = reasons.includes('configuration');
  const numbers = [
    ...sessions.filter((session) => needsLook(session, facts, cycles, open)).map(({ ledger }) => ledger.session.number),
    ...unknown,
    // Of links between issues GitHub may tell nobody: plans that go on are read anew.
    ...plans,
  ];
  const stale = openPulls
    .filter(({ judged, stuck, changed }) => regate || !judged || stuck || changed)
    .map(({ number }) => number);
  // The newest first: most likely someone works on them.
  const unseen = [...stale, ...endedPulls].sort((a, b) => b - a);
  const pulls = [...unseen, ...waitingOf(facts)].filter((number) => !numbers.includes(number));
  const now = [...new Set(numbers)].map(
    (number): LedgerEffect => ({ kind: 'wake', lane: subjectLane(repo.name, number), why: 'sweep' }),
  );
  return [...now, ...wakePages(repo.name, pulls, 'sweep', facts.now)];
}

/** Some of the waiting verdicts; each sweep takes up where the one before left off. */
function waitingOf({ openPulls, cycle }: BoardFacts): number[] {
  const waiting = openPulls.filter((pull) => pull.judged && pull.waiting).map((pull) => pull.number);
  const from = waiting.length > WAITING_MAX ? (cycle.number * WAITING_MAX) % waiting.length : 0;
  return [...waiting.slice(from), ...waiting.slice(0, from)].slice(0, WAITING_MAX);
}

/** Whether the session's own lane would do anything, judged by the same decision on what the board shows. */
function needsLook({ ledger, subject }: BoardSession, facts: BoardFacts, cycles: Cycle[], open: OpenSession[]): boolean {
  const { state } = ledger.session;
  if (state === 'completed' || state === 'abandoned') return false;
  if (!subject) return true;
  const { now, repo, slots } = facts;
  // The branch was not asked for: taken as there, so that its absence alone wakes nobody.
  const assumed = { ...subject, branch: { id: '', sha: '' } };
  const lane: LaneFacts = {
    kind: 'subject',
    now,
    repo,
    subject: assumed,
    own: ledger,
    slots,
    cycles,
    others: open.filter(({ number }) => number !== ledger.session.number),
    pull: null,
    served: null,
    servedCard: null,
    scanIsNew: false,
    takenIds: [],
    record: null,
    permission: null,
    doneLines: [],
    glance: true,
  };
  const effects = decideCarried({ facts: lane, changes: [], ask: null }, []);
  return effects.github.length > 0 || effects.ledger.some((effect) => effect.kind === 'session.save');
}

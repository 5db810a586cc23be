/** Decides for the repository as a whole: what to look at again, and whether to publish a sweep (W1, W2). */

import type { BoardFacts, BoardSession, Cycle } from '../model/board-facts.ts';
import type { Effects, LedgerEffect } from '../model/effect.ts';
import type { LaneFacts, OpenSession } from '../model/lane-facts.ts';
import { openSession } from '../model/open-session.ts';
import { boardLane, subjectLane } from '../model/repo.ts';
import type { BoardReason } from '../model/trigger.ts';
import { labelLook } from '../render/session/label-look.ts';
import { trackerTitle } from '../render/sweep/tracker.ts';
import { decideCarried } from './session/decide-carried.ts';
import { labelId } from './session/labels.ts';
import { decideSweep } from './sweep/board.ts';

const PUBLISHING: readonly BoardReason[] = ['schedule', 'command', 'capacity', 'incident'];
/** Waiting verdicts that a sweep looks at again, so that none hangs for good. */
const WAITING_MAX = 20;

export function decideBoard(facts: BoardFacts, reasons: readonly BoardReason[]): Effects {
  const publishes = reasons.some((reason) => PUBLISHING.includes(reason)) && facts.repo.hasIssues;
  // Today's cycle counts once it is recorded, which is along with publishing.
  const cycles = [...(publishes && facts.tracker ? [facts.cycle] : []), ...(facts.previous ? [facts.previous] : [])];
  const effects: Effects = { ledger: heal(facts, reasons, cycles), github: [], after: [] };
  if (publishes) publish(facts, effects);
  return effects;
}

function publish(facts: BoardFacts, effects: Effects): void {
  const { repo, tracker, cycle } = facts;
  const { body, comment } = decideSweep(facts);
  if (!tracker) {
    const name = repo.config.labels.tracker;
    const id = labelId(repo, name);
    if (id === null) effects.github.push({ kind: 'label.create', repoId: repo.id, name, ...labelLook('tracker') });
    const labels = [{ name, id }];
    effects.github.push({
      kind: 'issue.create',
      repoId: repo.id,
      title: trackerTitle(),
      body,
      labels,
      remember: { number: 0, role: 'tracker' },
    });
    // Its comment needs its id: the same lane goes on as soon as it is there.
    effects.after.push({ kind: 'wake', lane: boardLane(repo.name), why: 'tracker-made', board: 'command' });
    return;
  }
  effects.ledger.push({ kind: 'cycle.save', cycle });
  effects.ledger.push({ kind: 'artefact.remember', repo: repo.name, number: 0, role: 'tracker', id: tracker.id });
  if (tracker.body !== body || tracker.state === 'closed') {
    effects.github.push({ kind: 'issue.update', issueId: tracker.id, body, state: 'open' });
  }
  if (!tracker.comment) {
    const remember = { number: 0, role: `sweep:${cycle.day}` };
    effects.github.push({ kind: 'comment.create', subjectId: tracker.id, body: comment, remember });
  } else if (tracker.comment.body !== comment) {
    effects.github.push({ kind: 'comment.update', commentId: tracker.comment.id, body: comment });
  }
}

/** A lane is woken only where something differs: sessions out of shape, new ones, heads without a verdict. */
function heal(facts: BoardFacts, reasons: readonly BoardReason[], cycles: Cycle[]): LedgerEffect[] {
  const { repo, sessions, unknown, openPulls } = facts;
  const regate = reasons.includes('configuration');
  const waiting = openPulls.filter((pull) => pull.judged && pull.waiting).slice(0, WAITING_MAX);
  const numbers = [
    ...sessions.filter((session) => needsLook(session, facts, cycles)).map(({ ledger }) => ledger.session.number),
    ...unknown,
    ...openPulls.filter((pull) => regate || !pull.judged).map((pull) => pull.number),
    ...waiting.map((pull) => pull.number),
  ];
  return [...new Set(numbers)].map((number) => ({ kind: 'wake', lane: subjectLane(repo.name, number), why: 'sweep' }));
}

/** Whether the session's own lane would do anything, judged by the same decision on what the board shows. */
function needsLook({ ledger, subject }: BoardSession, facts: BoardFacts, cycles: Cycle[]): boolean {
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
    others: othersOf(facts, ledger.session.number),
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

function othersOf({ sessions }: BoardFacts, number: number): OpenSession[] {
  return sessions.flatMap(({ ledger: { session } }) => (session.number === number ? [] : openSession(session)));
}

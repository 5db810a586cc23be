/** What publishing a sweep writes: the tracker found or made once, its board, one comment a cycle, the cycle itself (W2). */
import type { BoardFacts } from '../../model/board-facts.ts';
import type { Effects } from '../../model/effect.ts';
import { boardLane } from '../../model/repo.ts';
import { ACT_KINDS } from '../../model/sweep.ts';
import { labelLook } from '../../render/session/label-look.ts';
import { trackerTitle } from '../../render/sweep/tracker.ts';
import { labelId } from '../session/labels.ts';
import { act } from './act.ts';
import { decideSweep, type SweepDecision } from './board.ts';

/** Same facts, no write to GitHub. What the sweep does by itself comes along once there is a tracker to tell of it. */
export function publish(read: BoardFacts): Effects {
  const facts = read.cut ? proposing(read) : read;
  const decision = decideSweep(facts);
  if (!facts.tracker) return makeTracker(facts, decision);
  const { repo, cycle, now } = facts;
  const { plan, seen } = decision;
  const acts = act(plan, facts);
  return {
    ledger: [
      { kind: 'cycle.save', cycle: { ...cycle, sweptAt: now, ...(facts.cut ? {} : { seen }) } },
      { kind: 'artefact.remember', repo: repo.name, number: 0, role: 'tracker', id: facts.tracker.id },
      ...(isUnpinned(facts.tracker)
        ? [{ kind: 'artefact.remember' as const, repo: repo.name, number: 0, role: 'pinned', id: facts.tracker.id }]
        : []),
      ...acts.ledger,
    ],
    github: [...written(facts.tracker, cycle.day, decision), ...acts.github],
    after: acts.after,
  };
}

/** A board that was read in part is told of; what follows from it waits for the whole. */
function proposing(facts: BoardFacts): BoardFacts {
  const { repo } = facts;
  const act = { ...repo.config.sweep.act };
  for (const kind of ACT_KINDS) act[kind] = 'propose';
  return { ...facts, repo: { ...repo, config: { ...repo.config, sweep: { ...repo.config.sweep, act } } } };
}

function makeTracker({ repo }: BoardFacts, { body }: SweepDecision): Effects {
  const name = repo.config.labels.tracker;
  const id = labelId(repo, name);
  const remember = { number: 0, role: 'tracker' };
  return {
    ledger: [],
    github: [
      ...(id === null ? [{ kind: 'label.create' as const, repoId: repo.id, name, ...labelLook('tracker') }] : []),
      { kind: 'issue.create', repoId: repo.id, title: trackerTitle(), body, labels: [{ name, id }], remember },
    ],
    // Its comment needs its id: the same lane goes on as soon as it is there.
    after: [{ kind: 'wake', lane: boardLane(repo.name), why: 'tracker-made', board: 'command' }],
  };
}

type Tracker = NonNullable<BoardFacts['tracker']>;

/**
 * A closed tracker is opened again: who wants no sweeps says so in the configuration, and its body names the place. A
 * locked one keeps its board; GitHub lets no app comment there (probot/stale#25), so nothing is tried.
 */
function written(tracker: Tracker, day: string, { body, comment }: SweepDecision): Effects['github'] {
  const github: Effects['github'] = [];
  if (tracker.body !== body || tracker.state === 'closed') {
    github.push({ kind: 'issue.update', issueId: tracker.id, body, state: 'open' });
  }
  if (isUnpinned(tracker)) github.push({ kind: 'issue.pin', issueId: tracker.id });
  if (tracker.locked) return github;
  if (!tracker.comment) {
    const remember = { number: 0, role: `sweep:${day}` };
    github.push({ kind: 'comment.create', subjectId: tracker.id, body: comment, remember });
  } else if (tracker.comment.body !== comment) {
    github.push({ kind: 'comment.update', commentId: tracker.comment.id, body: comment });
  }
  return github;
}

/** Pinned once, and remembered before: who takes the pin off need not do it twice. */
function isUnpinned({ pinned }: Tracker): boolean {
  return pinned === false;
}

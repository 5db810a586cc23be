/** The backlog issues that start now, inside the free slots (W5, W6). */

import type { BacklogIssue } from '../../model/backlog.ts';
import { categoryKey } from '../../model/category.ts';
import { SimilarIndex } from '../../model/similar-index.ts';
import type { Obsolete, Start } from '../../model/sweep.ts';
import { hasLabel } from '../session/labels.ts';
import { labelNames } from './backlog.ts';
import { begunLately, keyOf } from './lately.ts';
import type { Room } from './room.ts';
import type { Turns } from './rotation.ts';
import { startType } from './start-type.ts';
import type { SweepView } from './sweep-view.ts';

type Key = string | null;

/**
 * The fast lane takes its own work. The other slots: where a session ended, the next of its category; then one of each cold
 * category; then round by round in rotation, what has no category last.
 * @param workable oldest first
 */
export function startsOf(view: SweepView, turns: Turns, room: Room, workable: BacklogIssue[], obsolete: Obsolete[]): Start[] {
  const { config, playbooks } = view.facts.repo;
  const pool = new Pool(workable, obsolete);
  const starts: Start[] = [];
  const isFast = (issue: BacklogIssue) => hasLabel(labelNames(issue), config.labels.fastLane);
  const start = (key: Key, why: Start['why'], fits?: (issue: BacklogIssue) => boolean): boolean => {
    const issue = pool.take(key, fits);
    if (!issue) return false;
    const { category } = issue;
    const type = startType(issue, playbooks);
    starts.push({ issue, category, type, fastLane: isFast(issue), why, acts: config.sweep.act.start === 'act' });
    return true;
  };

  const keys: Key[] = [...turns.rotation.map(categoryKey), null];
  const lane: Key[] = [...new Set([...turns.lane.map(categoryKey), ...keys])];
  inRounds(lane, room.lane, (key) => start(key, 'fast-lane', isFast));
  const most = starts.length + room.ordinary;
  for (const key of endedKeys(keys, view)) if (starts.length < most) start(key, 'same-category');
  for (const name of turns.cold) if (starts.length < most) start(categoryKey(name), 'cold');
  const served = new Set(starts.filter(({ why }) => why !== 'fast-lane').map(({ category }) => keyOf(category)));
  const first = keys.filter((key) => !served.has(key));
  const left = most - starts.length;
  const taken = inRounds(first, left, (key) => start(key, 'rotation'), 1);
  inRounds(keys, left - taken, (key) => start(key, 'rotation'));
  return starts;
}

/** Round by round until so many were taken, or nothing is left. */
function inRounds(keys: readonly Key[], most: number, take: (key: Key) => boolean, rounds = Number.POSITIVE_INFINITY): number {
  let taken = 0;
  for (let round = 0, before = -1; round < rounds && taken > before; round++) {
    before = taken;
    for (const key of keys) if (taken < most && take(key)) taken++;
  }
  return taken;
}

/** One for each session that ended, unless one of its category was begun after it. */
function endedKeys(order: readonly Key[], view: SweepView): Key[] {
  const ended = Map.groupBy(view.archived, ({ sweep }) => keyOf(sweep.category));
  const begun = Map.groupBy(begunLately(view), ({ sweep }) => keyOf(sweep.category));
  return order.flatMap((key) => {
    if (key === null) return [];
    const open = (ended.get(key) ?? [])
      .map(({ source }) => Date.parse(source.ledger.session.endedAt ?? ''))
      .sort((a, b) => a - b);
    for (const { source } of begun.get(key) ?? []) {
      const at = open.findIndex((end) => end <= Date.parse(source.ledger.session.plannedAt));
      if (at >= 0) open.splice(at, 1);
    }
    return open.map(() => key);
  });
}

/** Issues by category, each taken once; two of the same work are not begun together. */
class Pool {
  readonly #byKey: Map<Key, BacklogIssue[]>;
  readonly #begun = new SimilarIndex();

  constructor(workable: readonly BacklogIssue[], obsolete: readonly Obsolete[]) {
    const old = new Set(obsolete.map(({ issue }) => issue.number));
    const fresh = workable.filter(({ number }) => !old.has(number));
    const stale = workable.filter(({ number }) => old.has(number));
    this.#byKey = Map.groupBy([...fresh, ...stale], ({ category }) => keyOf(category));
  }

  take(key: Key, fits: (issue: BacklogIssue) => boolean = () => true): BacklogIssue | null {
    const issues = this.#byKey.get(key) ?? [];
    const at = issues.findIndex((issue) => fits(issue) && this.#begun.find(issue.title) === null);
    const [issue] = at < 0 ? [] : issues.splice(at, 1);
    if (!issue) return null;
    this.#begun.add(issue.title, issue.number);
    return issue;
  }
}

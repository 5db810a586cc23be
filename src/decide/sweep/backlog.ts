/** What waits in the backlogs and carries no session yet (W6). */
import type { BacklogIssue } from '../../model/backlog.ts';
import type { Obsolete } from '../../model/sweep.ts';
import { hasLabel, suffixes } from '../session/labels.ts';
import type { SweepView } from './sweep-view.ts';

export interface Backlog {
  /** Oldest first, each once: what stands in both lists is active. */
  active: BacklogIssue[];
  reserve: BacklogIssue[];
}

export function backlogOf({ facts }: SweepView): Backlog {
  const { sessionPrefix } = facts.repo.config.labels;
  const carried = new Set([...facts.unknown, ...facts.sessions.map(({ ledger }) => ledger.session.number)]);
  const free = (facts.backlog ?? []).filter(
    (issue) => !carried.has(issue.number) && suffixes(labelNames(issue), sessionPrefix).length === 0,
  );
  const active = once(free.filter(({ list }) => list === 'active'));
  const taken = new Set(active.map(({ number }) => number));
  return { active, reserve: once(free.filter(({ list, number }) => list === 'reserve' && !taken.has(number))) };
}

/** What may move on: not blocked, and nobody did or does it already. */
export function workable(issues: readonly BacklogIssue[], obsolete: readonly Obsolete[], view: SweepView): BacklogIssue[] {
  const done = new Set(obsolete.filter(({ why }) => why.kind !== 'old').map(({ issue }) => issue.number));
  const { blocked } = view.facts.repo.config.labels;
  return issues.filter((issue) => !done.has(issue.number) && !hasLabel(labelNames(issue), blocked));
}

export function labelNames({ labels }: BacklogIssue): string[] {
  return labels.map(({ name }) => name);
}

function once(issues: readonly BacklogIssue[]): BacklogIssue[] {
  const seen = new Set<number>();
  const age = ({ createdAt }: BacklogIssue) => Date.parse(createdAt);
  const sorted = issues.toSorted((a, b) => age(a) - age(b) || a.number - b.number);
  return sorted.filter(({ number }) => seen.size < seen.add(number).size);
}

/** Which sub-issues of a running plan get their session now: those that wait for nothing any more (B3). */
import type { PlanTask } from '../../model/batches.ts';
import type { GitHubEffect } from '../../model/effect.ts';
import type { RepoFacts } from '../../model/facts.ts';
import type { InPlan, SubIssue } from '../../model/sub-plan.ts';
import { labelLook } from '../../render/session/label-look.ts';
import { labelId, suffixes } from '../session/labels.ts';
import { numberOf } from './tasks-of.ts';

/** A label is a write, and each start is a lane with two calls of its own: the others come a look later. */
const MOST = 25;
const FALLBACK = 'feature';

/** In the plan's order. Those with a session label have started, or start, by themselves. */
export function startsOf(
  batches: readonly string[][],
  tasks: readonly PlanTask[],
  subs: readonly SubIssue[],
  places: Record<string, InPlan>,
  unread: readonly number[],
  repo: RepoFacts,
): { now: SubIssue[]; later: number } {
  const states = new Map(tasks.map((task) => [numberOf(task.id), task.state]));
  const byNumber = new Map(subs.map((sub) => [sub.number, sub]));
  const ready = batches.flat().flatMap((id) => {
    const sub = byNumber.get(numberOf(id));
    const known = sub !== undefined && !unread.includes(sub.number);
    const waits = places[String(numberOf(id))]?.waits.length ?? 1;
    const fresh =
      sub?.state === 'open' && sub.session === null && suffixes(sub.labels, repo.config.labels.sessionPrefix).length === 0;
    return known && fresh && waits === 0 && states.get(sub.number) === 'planned' ? sub : [];
  });
  return { now: ready.slice(0, MOST), later: Math.max(0, ready.length - MOST) };
}

/**
 * They carry a session label and no session: their lanes were not told, as the look that put it on was cut short, or have
 * not looked yet. To tell them twice costs a look; not to, a session.
 */
export function unborn(subs: readonly SubIssue[], repo: RepoFacts): SubIssue[] {
  const { sessionPrefix } = repo.config.labels;
  return subs.filter(
    ({ state, session, labels }) => state === 'open' && session === null && suffixes(labels, sessionPrefix).length === 1,
  );
}

/** The playbook of a sub-issue that carries no label. */
function fallbackType(repo: RepoFacts): string {
  const types = repo.playbooks.map((playbook) => playbook.type);
  return types.includes(FALLBACK) ? FALLBACK : (types[0] ?? FALLBACK);
}

/** The session's own label: what starts comes in through the front door, where capacity and similar work are looked at. */
export function startEffects(starts: readonly SubIssue[], repo: RepoFacts): GitHubEffect[] {
  if (starts.length === 0) return [];
  const type = fallbackType(repo);
  const name = repo.config.labels.sessionPrefix + type;
  const id = labelId(repo, name);
  const label: GitHubEffect[] = id === null ? [{ kind: 'label.create', repoId: repo.id, name, ...labelLook('type', type) }] : [];
  return [
    ...label,
    ...starts.map((sub): GitHubEffect => ({ kind: 'labels.add', repoId: repo.id, subjectId: sub.id, labels: [{ name, id }] })),
  ];
}

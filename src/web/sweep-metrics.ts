/** The newest sweep of each repository as Prometheus gauges (W12). */
import { Gauge, type Registry } from 'prom-client';
import type { Cycle } from '../model/board-facts.ts';

/** So many repositories have figures at `/metrics`: those swept last. */
export const REPOSITORIES_SHOWN = 100;

/** @returns sets them all anew: what a repository no longer has, or nobody saw, is absent, not 0 */
export function sweepGauges(registers: Registry[]): (cycles: readonly Cycle[]) => void {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `playcaller_${name}`, help, labelNames: ['repo' as const, ...labelNames], registers });
  const sessions = gauge('sessions', 'Sessions at the last sweep by state; archived: ended since the sweep before.', 'state');
  const blocked = gauge('sessions_blocked', 'Active and planned sessions that were blocked at the last sweep.');
  const ages = gauge('sessions_by_age', 'Active sessions by whole days since their start; each in one bucket.', 'up_to_days');
  const pulls = gauge('cycle_pull_requests', 'Pull requests of sessions in the last cycle: opened, merged.', 'event');
  const toPull = gauge('time_to_pull_request_seconds', "Median time from a session's start to its first pull request.");
  const passed = gauge('check_pass_ratio', 'Share of the outcomes of checks in the last cycle that were a success, 0 to 1.');
  const flaky = gauge('flaky_checks', 'Checks with both outcomes on one commit in the last 30 days.');
  const lint = gauge('cycle_lint_failures', 'Failing runs of lint checks in the last cycle that had any runs.');
  const heat = gauge('category_sessions', 'Sessions at the last sweep by category and state.', 'category', 'state');
  const cold = gauge('category_cold', '1 for a category without movement in two sweeps.', 'category');
  const number = gauge('sweep_cycle', 'Number of the last sweep.');
  const at = gauge('sweep_timestamp_seconds', 'When the last sweep began, in seconds since 1970.');
  const all = [sessions, blocked, ages, pulls, toPull, passed, flaky, lint, heat, cold, number, at];

  function show({ repo, number: count, startedAt, seen }: Cycle): void {
    number.set({ repo }, count);
    at.set({ repo }, Date.parse(startedAt) / 1000);
    if (!seen?.metrics) return;
    const { metrics, counts } = seen;
    sessions.set({ repo, state: 'active' }, metrics.open);
    sessions.set({ repo, state: 'planned' }, counts.planned);
    sessions.set({ repo, state: 'archived' }, metrics.archived);
    blocked.set({ repo }, metrics.blocked);
    for (const { upToDays, sessions: aged } of metrics.ages) ages.set({ repo, up_to_days: String(upToDays ?? '+Inf') }, aged);
    pulls.set({ repo, event: 'opened' }, metrics.pullsOpened);
    pulls.set({ repo, event: 'merged' }, metrics.pullsMerged);
    if (metrics.medianHoursToPull !== null) toPull.set({ repo }, metrics.medianHoursToPull * 3600);
    if (metrics.passRate !== null) passed.set({ repo }, metrics.passRate);
    flaky.set({ repo }, metrics.flaky.length);
    const newestLint = metrics.lintFailures.at(-1);
    if (newestLint) lint.set({ repo }, newestLint.failures);
    for (const { category, active, planned, cold: isCold } of metrics.heat) {
      heat.set({ repo, category, state: 'active' }, active);
      heat.set({ repo, category, state: 'planned' }, planned);
      cold.set({ repo, category }, Number(isCold));
    }
  }

  return (cycles) => {
    for (const one of all) one.reset();
    for (const cycle of cycles.slice(0, REPOSITORIES_SHOWN)) show(cycle);
  };
}

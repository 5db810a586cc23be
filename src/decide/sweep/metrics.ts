/** The figures that a lead watches (S2, W12), counted from what was seen. */
import { categoryKey } from '../../model/category.ts';
import type { Blocker } from '../../model/stuck.ts';
import type { CheckSeen, Quality, SweepMetrics } from '../../model/sweep-figures.ts';
import { everyView, movedCategories } from './lately.ts';
import { median } from './median.ts';
import { lintFailuresOf, ratesOf, throughputOf } from './metrics-by-cycle.ts';
import type { SweepView } from './sweep-view.ts';

const AGES = [1, 3, 7, 14, null];
const HOUR_MS = 3_600_000;

export interface MetricParts {
  blockers: readonly Blocker[];
  quality: Quality;
  /** Names of the cold categories. */
  cold: readonly string[];
}

export function metricsOf(view: SweepView, { blockers, quality, cold }: MetricParts): SweepMetrics {
  const { facts, active, archived } = view;
  const checks: readonly CheckSeen[] = facts.checks ?? [];
  const pulls = { opened: pullsWith(view, 'open'), merged: pullsWith(view, 'merged') };
  return {
    open: active.length,
    archived: archived.length,
    blocked: blockers.length,
    ages: agesOf(view),
    pullsOpened: pulls.opened,
    pullsMerged: pulls.merged,
    medianHoursToPull: median(facts.sessions.map(({ ledger, since }) => hoursToPull(ledger, since))),
    ...ratesOf(checks, facts.previous?.startedAt ?? null),
    flaky: quality.flaky.map(({ name }) => name),
    lintFailures: lintFailuresOf(checks, facts),
    throughput: throughputOf(facts, pulls),
    heat: heatOf(view, cold),
  };
}

function agesOf({ active }: SweepView): SweepMetrics['ages'] {
  const bucketOf = (days: number) => AGES.findIndex((upToDays) => upToDays === null || days <= upToDays);
  const buckets = active.flatMap(({ sweep }) => (sweep.ageDays === null ? [] : bucketOf(sweep.ageDays)));
  return AGES.map((upToDays, index) => ({ upToDays, sessions: buckets.filter((bucket) => bucket === index).length }));
}

/** A pull request that serves several sessions counts once. */
function pullsWith({ facts }: SweepView, what: 'open' | 'merged'): number {
  const pattern = new RegExp(`^pr-\\d+:${what}$`);
  const keys = facts.sessions.flatMap(({ since }) => since.map(({ key }) => key));
  return new Set(keys.filter((key) => pattern.test(key))).size;
}

type Told = SweepView['facts']['sessions'][number];

/** Null for one without a pull request that came after its start, as far as the worklog is remembered. */
function hoursToPull({ session, transitions, worklog }: Told['ledger'], since: Told['since']): number | null {
  if (session.onPull) return null;
  const starts = transitions.filter(({ to }) => to === 'active').map(({ at }) => at);
  const started = Math.min(...[...starts, session.startedAt ?? ''].map(Date.parse).filter(Number.isFinite));
  const opened = [...worklog, ...since].filter(({ key }) => /^pr-\d+:open$/.test(key)).map(({ at }) => Date.parse(at));
  const hours = (Math.min(...opened) - started) / HOUR_MS;
  return Number.isFinite(hours) && hours >= 0 ? hours : null;
}

/** Configured categories in their order, then others as sessions bring them. */
function heatOf(view: SweepView, coldNames: readonly string[]): SweepMetrics['heat'] {
  const cold = new Set(coldNames.map(categoryKey));
  const moved = new Set(movedCategories(view).map(categoryKey));
  const open = [...view.active, ...view.waiting];
  const names = new Map<string, string>();
  const own = everyView(view).flatMap(({ sweep }) => sweep.category ?? []);
  for (const name of [...view.facts.repo.config.categories, ...own])
    if (!names.has(categoryKey(name))) names.set(categoryKey(name), name);
  const byKey = Map.groupBy(open, ({ sweep }) => (sweep.category === null ? null : categoryKey(sweep.category)));
  return [...names].map(([key, category]) => {
    const here = byKey.get(key) ?? [];
    const count = (state: string) => here.filter(({ source }) => source.ledger.session.state === state).length;
    const blocked = here.filter(({ sweep }) => sweep.blocked).length;
    return { category, active: count('active'), planned: count('planned'), blocked, moved: moved.has(key), cold: cold.has(key) };
  });
}

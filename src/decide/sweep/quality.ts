/** What the checks of the last 30 days say: which are flaky, which grow slower, where quality drifts (W10). */
import { categoryKey } from '../../model/category.ts';
import type { CheckSeen, Quality } from '../../model/sweep-figures.ts';
import { codePointOrder } from './code-point-order.ts';
import { median } from './median.ts';
import type { SweepView } from './sweep-view.ts';

/** So many runs on either side, or there is no trend. */
const ENOUGH = 3;
const SLOWER = 1.5;
const SLOWER_BY_MS = 10_000;
const FELL_BY_POINTS = 5;

/** A check with its time read once: a month may hold many thousands. */
interface Run {
  check: CheckSeen;
  /** In ms. */
  at: number;
}

export function qualityOf(view: SweepView): Quality {
  const checks = (view.facts.checks ?? []).flatMap((check): Run[] => {
    const at = Date.parse(check.at);
    return Number.isFinite(at) ? [{ check, at }] : [];
  });
  const border = Date.parse(lastTwoCycles(view));
  const byName = Map.groupBy(checks, ({ check }) => check.name);
  const slower = [...byName].flatMap(([name, runs]) => {
    const grown = longer(runs, border);
    return grown ? [{ name, ...grown }] : [];
  });
  slower.sort((a, b) => b.nowMs / b.beforeMs - a.nowMs / a.beforeMs || codePointOrder(a.name, b.name));
  const everywhere = new Set(slower.map(({ name }) => name));
  return { flaky: flakyOf(byName), slower, drift: driftOf(checks, border, everywhere, view) };
}

/** Where the last two cycles begin; what is older is before. Without so many cycles there is no before. */
function lastTwoCycles({ facts }: SweepView): string {
  return facts.history?.[1]?.startedAt ?? '';
}

function flakyOf(byName: ReadonlyMap<string, Run[]>): Quality['flaky'] {
  const flaky = [...byName].flatMap(([name, runs]) => {
    const failed = new Set(runs.flatMap(({ check }) => (check.outcome === 'failure' ? check.sha : [])));
    const passed = new Set(runs.flatMap(({ check }) => (check.outcome === 'success' ? check.sha : [])));
    const both = runs.filter(({ check: { sha } }) => failed.has(sha) && passed.has(sha));
    const newest = both.reduce((last: Run | null, run) => (last === null || isNewer(run, last) ? run : last), null);
    if (newest === null) return [];
    return [{ name, sha: newest.check.sha, at: newest.at, times: new Set(both.map(({ check }) => check.sha)).size }];
  });
  flaky.sort((a, b) => b.at - a.at || codePointOrder(a.name, b.name));
  return flaky.map(({ name, sha, times }) => ({ name, sha, times }));
}

function isNewer(a: Run, b: Run): boolean {
  return a.at > b.at || (a.at === b.at && codePointOrder(a.check.sha, b.check.sha) < 0);
}

/** Of successes: a failure may end early. */
function longer(runs: readonly Run[], border: number): { beforeMs: number; nowMs: number } | null {
  const good = runs.filter(({ check }) => check.outcome === 'success');
  const of = ({ durationMs }: CheckSeen) => (durationMs !== null && durationMs >= 0 ? durationMs : null);
  const medians = beforeAndNow(good, border, of);
  if (!medians) return null;
  const { before: beforeMs, now: nowMs } = medians;
  return nowMs >= SLOWER * beforeMs && nowMs - beforeMs >= SLOWER_BY_MS ? { beforeMs, nowMs } : null;
}

/** By the categories of the sessions whose pull requests the checks ran on; what is slower everywhere is no category's. */
function driftOf(
  checks: readonly Run[],
  border: number,
  everywhere: ReadonlySet<string>,
  { facts }: SweepView,
): Quality['drift'] {
  const category = new Map<number, string>();
  for (const { ledger } of facts.sessions)
    for (const { number } of ledger.pulls) if (ledger.session.category !== null) category.set(number, ledger.session.category);
  const keys = new Map([...category].map(([number, name]) => [number, categoryKey(name)]));
  const groups = Map.groupBy(
    checks.filter(({ check }) => keys.has(check.number)),
    ({ check }) => keys.get(check.number),
  );
  const drift = [...groups.values()].flatMap((runs): Quality['drift'] => {
    const name = category.get(runs[0]?.check.number ?? 0) ?? '';
    const covered = beforeAndNow(runs, border, ({ coverage }) =>
      coverage !== null && coverage >= 0 && coverage <= 100 ? coverage : null,
    );
    const fell = covered !== null && covered.before - covered.now >= FELL_BY_POINTS;
    const took = durations(runs, border, everywhere);
    return [
      ...(fell ? [{ category: name, kind: 'coverage' as const, ...covered }] : []),
      ...(took ? [{ category: name, kind: 'duration' as const, ...took }] : []),
    ];
  });
  return drift.sort((a, b) => codePointOrder(a.category, b.category) || codePointOrder(a.kind, b.kind));
}

function durations(runs: readonly Run[], border: number, everywhere: ReadonlySet<string>) {
  const own = Map.groupBy(
    runs.filter(({ check }) => !everywhere.has(check.name)),
    ({ check }) => check.name,
  );
  const grown = [...own.values()].flatMap((same) => longer(same, border) ?? []);
  if (grown.length === 0) return null;
  const sum = (of: (one: { beforeMs: number; nowMs: number }) => number) => grown.reduce((all, one) => all + of(one), 0);
  return { before: sum(({ beforeMs }) => beforeMs), now: sum(({ nowMs }) => nowMs) };
}

/** Null with too few readings on one side. */
function beforeAndNow(
  runs: readonly Run[],
  border: number,
  read: (check: CheckSeen) => number | null,
): { before: number; now: number } | null {
  if (!Number.isFinite(border)) return null;
  const readings = (late: boolean) =>
    runs.flatMap(({ check, at }) => (at >= border === late ? (read(check) ?? []) : [])).filter(Number.isFinite);
  const [old, recent] = [readings(false), readings(true)];
  if (old.length < ENOUGH || recent.length < ENOUGH) return null;
  const [before, now] = [median(old), median(recent)];
  return before === null || now === null ? null : { before, now };
}

/** Figures of the sweep that have a course: outcomes of checks, lint, pull requests by cycle (W12). */
import type { BoardFacts } from '../../model/board-facts.ts';
import type { CheckSeen, SweepMetrics } from '../../model/sweep-figures.ts';

const SHOWN = 12;
/** Words in the names of checks that look at form, not behaviour: `ESLint`, `golangci-lint`, `cargo fmt`. */
const LINT = /^lint|lint(?:er|ing)?$|^format|^fmt$|fmt$|style$|^style|^ruff$|^golangci|^clippy$|^rubocop$|^prettier$|^biome$/;

export function isLint(name: string): boolean {
  return (name.toLowerCase().match(/[a-z]+/g) ?? []).some((word) => LINT.test(word));
}

/** @param since ISO 8601; null before the second sweep: then of all that was seen */
export function ratesOf(checks: readonly CheckSeen[], since: string | null): Pick<SweepMetrics, 'passRate' | 'failRate'> {
  const seen = checks.filter(({ at }) => since === null || Date.parse(at) >= Date.parse(since));
  if (seen.length === 0) return { passRate: null, failRate: null };
  const failed = seen.filter(({ outcome }) => outcome === 'failure').length;
  return { passRate: (seen.length - failed) / seen.length, failRate: failed / seen.length };
}

/** What came between a cycle and the one before counts for that cycle; what came after its start, for the next. */
export function lintFailuresOf(checks: readonly CheckSeen[], facts: BoardFacts): SweepMetrics['lintFailures'] {
  const lint = checks.filter(({ name }) => isLint(name)).map(({ at, outcome }) => ({ at: Date.parse(at), outcome }));
  const history = facts.history ?? [];
  const cycles = [
    { day: facts.cycle.day, until: Number.POSITIVE_INFINITY },
    ...history.map(({ day, startedAt }) => ({ day, until: Date.parse(startedAt) })),
  ];
  const rows = cycles.slice(0, SHOWN).map(({ day, until }, index) => {
    const from = cycles[index + 1]?.until ?? Number.NEGATIVE_INFINITY;
    const runs = lint.filter(({ at }) => at >= from && at < until);
    return { day, failures: runs.filter(({ outcome }) => outcome === 'failure').length, runs: runs.length };
  });
  return rows.filter(({ runs }) => runs > 0).reverse();
}

/** Cycles that kept nothing are left out. */
export function throughputOf(facts: BoardFacts, now: { opened: number; merged: number }): SweepMetrics['throughput'] {
  const before = (facts.history ?? []).flatMap(({ day, seen }) =>
    seen ? [{ day, opened: seen.opened, merged: seen.merged }] : [],
  );
  return [{ day: facts.cycle.day, ...now }, ...before].slice(0, SHOWN).reverse();
}

/** How the work goes: counts, ages, checks and the heat of the categories, as lines and tables (S2, W12). */
import type { Quality, SweepMetrics } from '../../model/sweep-figures.ts';
import { percent, someOf, span } from './phrases.ts';
import type { SweepReport } from './sweep-report.ts';
import type { Tongue } from './tongue.ts';
import { count } from './words.ts';

/** Checks named in one line. */
const FEW = 5;
/** Cycles in the lint trend. */
const TREND = 6;

/** Name and value; what was never seen has no line. */
export type Figure = [name: string, value: string];

export function figures({ plan }: SweepReport, tongue: Tongue): Figure[] {
  const { metrics, quality } = plan;
  const seen: [string, string | null][] = [
    ['Sessions', sessions(metrics)],
    ['PRs since the last sweep', pulls(metrics)],
    ['Median time to a PR', metrics.medianHoursToPull === null ? null : hours(metrics.medianHoursToPull)],
    ['Checks', rates(metrics)],
    ['Flaky checks', flaky(quality, tongue)],
    ['Slower checks', slower(quality, tongue)],
    ['Lint failures', lintTrend(metrics)],
    ['Drift', drift(quality, tongue)],
  ];
  return seen.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value]]));
}

function sessions({ open, blocked, archived }: SweepMetrics): string | null {
  return open + blocked + archived === 0 ? null : `${open} open · ${blocked} blocked · ${archived} archived since the last sweep`;
}

function pulls({ pullsOpened, pullsMerged, throughput }: SweepMetrics): string | null {
  const quiet = [{ opened: pullsOpened, merged: pullsMerged }, ...throughput].every(
    ({ opened, merged }) => opened + merged === 0,
  );
  return quiet ? null : `${pullsOpened} opened · ${pullsMerged} merged`;
}

function hours(value: number): string {
  return value < 48 ? `${Math.round(value * 10) / 10} h` : `${Math.round(value / 2.4) / 10} days`;
}

function rates({ passRate, failRate }: SweepMetrics): string | null {
  if (passRate === null || failRate === null) return null;
  return `${percent(passRate * 100)} passed · ${percent(failRate * 100)} failed`;
}

function flaky({ flaky: checks }: Quality, { code }: Tongue): string {
  const name = ({ name, sha, times }: Quality['flaky'][number]) =>
    `${code(name) || 'one without a name'} (both outcomes on ${sha.slice(0, 7)}${times > 1 ? ` and ${count(times - 1, 'more commit')}` : ''})`;
  return someOf(checks.map(name), FEW);
}

function slower({ slower: checks }: Quality, { code }: Tongue): string {
  const name = ({ name, beforeMs, nowMs }: Quality['slower'][number]) =>
    `${code(name) || 'one without a name'} ${span(beforeMs)} → ${span(nowMs)}`;
  return someOf(checks.map(name), FEW);
}

function lintTrend({ lintFailures }: SweepMetrics): string {
  return lintFailures
    .slice(-TREND)
    .map(({ failures, runs }) => `${failures} of ${runs}`)
    .join(' → ');
}

function drift({ drift: drifts }: Quality, { say }: Tongue): string {
  const name = ({ category, kind, before, now }: Quality['drift'][number]) =>
    kind === 'coverage'
      ? `${say(category, 50)}: coverage of new code ${percent(before)} → ${percent(now)}`
      : `${say(category, 50)}: checks ${span(before)} → ${span(now)}`;
  return drifts.slice(0, FEW).map(name).join('; ');
}

/** `up to 1 day`, `2 to 3 days`, `over 14 days`: no sign in them that a chart could take for its own. */
export function ageWords(ages: SweepMetrics['ages']): string[] {
  return ages.map(({ upToDays }, index) => {
    const from = (ages[index - 1]?.upToDays ?? -1) + 1;
    if (upToDays === null) return from === 0 ? 'any age' : `over ${count(from - 1, 'day')}`;
    if (from === 0) return `up to ${count(upToDays, 'day')}`;
    return from === upToDays ? count(upToDays, 'day') : `${from} to ${upToDays} days`;
  });
}

export type HeatRow = SweepMetrics['heat'][number];

export function heatWord({ cold, moved }: HeatRow): string {
  return cold ? '❄️ cold' : moved ? '🔥 moving' : '· quiet';
}

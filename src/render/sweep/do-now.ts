/** The two sentences on top of a sweep: what to do now, and what comes next. */
import type { Blocker } from '../../model/stuck.ts';
import { inWords, someOf } from './phrases.ts';
import { rowsByNumber, type SweepReport } from './sweep-report.ts';
import type { Tongue } from './tongue.ts';
import { count } from './words.ts';

/** Named at most in one breath. */
const FEW = 3;

/** `Now: …` and, where there is something, `Next: …`. */
export function doNow(report: SweepReport, tongue: Tongue): string[] {
  const now = [ship(report, tongue), recover(report, tongue), unblock(report, tongue), follow(report, tongue)].filter(
    (part) => part !== '',
  );
  const need = report.plan.freeSlotsNeeded;
  const short = need > 0 ? [`free ${count(need, 'slot')}`] : [];
  const next = [start(report, tongue), cold(report, tongue)].filter((part) => part !== '');
  const first = incident(report, tongue);
  return [
    `${tongue.strong('Now:')} ${first === '' ? '' : `${first}; `}${[...short, now.join('; ') || (need > 0 ? '' : 'nothing needs a hand')].filter((part) => part !== '').join(': ')}.`,
    ...(next.length > 0 ? [`${tongue.strong('Next:')} ${next.join('; ')}.`] : []),
  ];
}

/** In the sweep that first knows of it; from then on its hardening stands in the list. */
function incident({ plan }: SweepReport, { ref }: Tongue): string {
  const fresh = plan.duties.filter(({ kind, issue }) => kind === 'hardening' && issue === null);
  const numbers = fresh.map(({ key }) => Number(key.replace(/\D+/g, ''))).filter((number) => number > 0);
  const named = numbers.map((number) => ref(number));
  return named.length === 0 ? '' : `look after ${named.length === 1 ? 'incident' : 'incidents'} ${someOf(named, FEW)}`;
}

function ship({ plan, active }: SweepReport, { ref }: Tongue): string {
  const free = plan.shipOrder.flatMap((rank, index) => (rank.blocked ? [] : [{ rank, row: active[index] }]));
  const ready = free.filter(({ rank }) => rank.status === 'pr-ready');
  const pulls = ready.map(({ row }) => (row ? ref(row.pull?.number ?? row.number, row.pull?.url ?? row.url) : ''));
  if (pulls.length > 0) return `merge ${someOf(pulls, FEW)}`;
  const [nearest] = free;
  if (!nearest?.row) return '';
  return `bring ${ref(nearest.row.number, nearest.row.url)} home, it is nearest (${nearest.rank.because})`;
}

/** Nobody works on them, and each holds a slot. */
function recover(report: SweepReport, { ref }: Tongue): string {
  const rows = rowsByNumber(report);
  const named = report.plan.failed.map(({ number }) => ref(number, rows.get(number)?.url));
  return named.length === 0 ? '' : `recover ${someOf(named, FEW)}`;
}

/** Those that waited too long first: they have an owner now. */
function unblock(report: SweepReport, tongue: Tongue): string {
  const { blockers, open, shipOrder } = report.plan;
  if (blockers.length === 0) return '';
  const rows = rowsByNumber(report);
  const name = ({ number }: Blocker) => tongue.ref(number, rows.get(number)?.url);
  const old = blockers.filter(({ escalation }) => escalation !== null);
  const all = open > 0 && shipOrder.every(({ blocked }) => blocked) ? 'everything is blocked: ' : '';
  if (old.length === 0) return `${all}unblock ${someOf(blockers.map(name), FEW)}`;
  const asked = old.slice(0, FEW).map((blocker) => {
    const owner = blocker.escalation?.owner;
    const who = owner ? `ask ${tongue.say(owner, 40)} about` : 'decide about';
    return `${who} ${name(blocker)} (blocked for ${count(blocker.cycles, 'cycle')})`;
  });
  return `${all}${asked.join('; ')}${old.length > FEW ? `; and ${old.length - FEW} more that wait too long` : ''}`;
}

function follow({ plan }: SweepReport, { ref }: Tongue): string {
  const overdue = plan.afterMerge.filter((one) => one.overdue);
  return overdue.length === 0
    ? ''
    : `finish the checks after merging ${someOf(
        overdue.map(({ pull }) => ref(pull)),
        FEW,
      )}`;
}

function cold({ plan }: SweepReport, { say }: Tongue): string {
  const names = plan.coldCategories;
  if (names.length === 0) return '';
  const all = names.length > 1 && plan.metrics.heat.length > 0 && plan.metrics.heat.every((row) => row.cold);
  if (all) return 'every category is cold';
  const named = names.map((name) => say(name, 50));
  return `cold: ${someOf(named, FEW)}`;
}

function start({ plan }: SweepReport, { ref, say }: Tongue): string {
  const named = (acts: boolean) =>
    plan.starts
      .filter((one) => one.acts === acts)
      .map(({ issue, category }) => `${ref(issue.number, issue.url)}${category === null ? '' : ` (${say(category, 50)})`}`);
  const started = named(true);
  const proposed = named(false);
  return inWords([
    ...(started.length > 0 ? [`${someOf(started, FEW)} ${started.length === 1 ? 'starts' : 'start'} now`] : []),
    ...(proposed.length > 0 ? [`start ${someOf(proposed, FEW)}`] : []),
  ]);
}

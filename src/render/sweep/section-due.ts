/** What is due: sessions of the sweep's own making, and the 48 hours after a merge (W7, W11). */
import { categoryKey } from '../../model/category.ts';
import type { Duty, FollowUp } from '../../model/sweep.ts';
import { someOf } from './phrases.ts';
import type { Section, SweepReport } from './sweep-report.ts';
import type { Tongue } from './tongue.ts';

/** Issues named in one reason. */
const MAX_NUMBERS = 8;

export function dueSections(report: SweepReport, tongue: Tongue): Section[] {
  const { plan } = report;
  return [
    { title: 'Due', lines: plan.duties.map((duty) => dutyLine(duty, report, tongue)), open: 5 },
    { title: 'After merge, within 48 hours', lines: plan.afterMerge.map((one) => afterMergeLine(one, tongue)), open: 4 },
  ];
}

function dutyLine(duty: Duty, report: SweepReport, tongue: Tongue): string {
  const { issue, title, due } = duty;
  const start = issue === null ? '' : `${tongue.ref(issue.number, issue.url)} `;
  const when = begunWords(duty, report) ?? dueWords(due, report.cycle.number, tongue);
  return `${start}${tongue.say(title, 120)} · ${when}: ${duePhrase(duty, tongue)}${issue === null ? opening(duty, report, tongue) : ''}`;
}

/** The issues that a reason begins with are named in our own words, so they are links; the rest may hold people's. */
export function duePhrase({ kind, because }: Duty, tongue: Tongue): string {
  const ours = kind === 'hardening' || kind === 'retrospective' || kind === 'unblocker';
  const [named = ''] = (ours && /^#\d{1,9}(?:, #\d{1,9})* /.exec(because)) || [];
  const numbers = Array.from(named.matchAll(/\d+/g), ([digits]) => tongue.ref(Number(digits)));
  const start = numbers.length > 0 ? `${someOf(numbers, MAX_NUMBERS)} ` : '';
  return `${start}${tongue.say(because.slice(named.length), 160)}`;
}

/** What is under way is late no more; what waits for a slot may be. */
function begunWords({ issue }: Duty, { active }: SweepReport): string | null {
  return active.some(({ number, blocked }) => number === issue?.number && !blocked) ? 'under way' : null;
}

function dueWords(due: number, cycle: number, { strong }: Tongue): string {
  if (due < cycle) return strong(`due since cycle ${due}`);
  return due === cycle ? 'due now' : `due by cycle ${due}`;
}

function opening(duty: Duty, { labels, repoUrl }: SweepReport, tongue: Tongue): string {
  if (duty.acts) return ' → opened by this sweep';
  const label = `${labels.sessionPrefix}${duty.type}`;
  return ` → ${tongue.link('open it', newIssue(duty, label, labels.categoryPrefix, repoUrl))} as ${tongue.code(label)}`;
}

/** GitHub fills its form from the address (GitHub Docs, "Creating an issue from a URL query"). */
function newIssue({ title, category }: Duty, label: string, categoryPrefix: string, repoUrl: string): string {
  const query = new URLSearchParams({
    title,
    labels: category === null ? label : `${label},${categoryPrefix}${categoryKey(category)}`,
  });
  return `${repoUrl}/issues/new?${query.toString()}`;
}

/** Ids of the list's lines, as the record has them. */
const CHECKS = new Map([
  ['after-smoke', 'smoke check'],
  ['after-monitors', 'monitors'],
  ['after-lessons', 'lessons'],
]);

function afterMergeLine(one: FollowUp, tongue: Tongue): string {
  const { number, url, title, pull, mergedAt, open, overdue, incidents } = one;
  const left = open === null ? 'its list cannot be read' : open.map((id) => CHECKS.get(id) ?? tongue.code(id)).join(', ');
  const late = overdue ? ` · ${tongue.strong('overdue')}` : '';
  const incident = incidents.length > 0 ? `; rollout incident ${incidents.map((one) => tongue.ref(one)).join(', ')}` : '';
  const merged = `${tongue.ref(pull)}, merged ${tongue.say(mergedAt.slice(0, 10), 10)}`;
  return `${tongue.ref(number, url)} ${tongue.say(title, 60)} (${merged})${late}: ${left}${incident}`;
}

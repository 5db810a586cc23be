/** What comes next: whose turn it is, what starts, who waits, what the backlogs need (W5, W6). */
import type { Obsolete, Refill, Start } from '../../model/sweep.ts';
import type { Section, SweepReport } from './sweep-report.ts';
import type { Tongue } from './tongue.ts';
import { count } from './words.ts';

/** Longest list of categories in one line. */
const MAX_NAMES = 20;

function turnSection({ plan }: SweepReport, tongue: Tongue): Section {
  const { say, strong } = tongue;
  const lane = plan.fastLaneTurn === null ? '' : say(plan.fastLaneTurn, 50);
  const named = new Set(plan.backfill);
  const rest = few(
    plan.rotation.filter((name) => !named.has(name)),
    ' → ',
    tongue,
  );
  const lines = [
    `${strong('Cold categories:')} ${few(plan.coldCategories, ', ', tongue) || 'none'}`,
    `${strong('Backfill queue (start next):')} ${few(plan.backfill, ' → ', tongue) || 'nothing: every category has a session'}`,
    ...(rest === '' ? [] : [`${strong('Then in rotation:')} ${rest}`]),
    ...(lane === '' ? [] : [`${strong('Fast lane:')} ${lane} is next`]),
    ...withoutCategory(plan.shipOrder, tongue),
  ];
  return { title: 'Categories', lines, open: lines.length };
}

function few(names: readonly string[], separator: string, { say }: Tongue): string {
  const shown = names.slice(0, MAX_NAMES).map((name) => say(name, 50));
  if (names.length > MAX_NAMES) shown.push(`${names.length - MAX_NAMES} more`);
  return shown.join(separator);
}

/** They take a slot, and no rotation counts them. */
function withoutCategory(shipOrder: SweepReport['plan']['shipOrder'], { strong }: Tongue): string[] {
  const lost = shipOrder.filter(({ category }) => category === null).length;
  if (lost === 0 || shipOrder.length === lost) return [];
  return [`${strong('Without a category:')} ${count(lost, 'session')}, out of the rotation until labelled`];
}

export function nextSections(report: SweepReport, tongue: Tongue): Section[] {
  const { plan, labels, waiting } = report;
  const acts = plan.starts.some((one) => one.acts);
  const inLine = waiting.filter((row) => !row.blocked);
  return [
    turnSection(report, tongue),
    {
      title: acts ? 'Started by this sweep' : 'Start next',
      lines: plan.starts.map((one) => startLine(one, labels.sessionPrefix, tongue)),
      open: 5,
    },
    {
      title: `Waiting for a slot: ${inLine.length}`,
      lines: inLine.map((row) => `${tongue.ref(row.number, row.url)} ${tongue.say(row.title, 80)}`),
      open: 0,
      ordered: true,
    },
  ];
}

const WHY: Record<Start['why'], string> = {
  cold: 'its category is cold',
  'same-category': 'one of its category has ended',
  rotation: 'its turn in the rotation',
  'fast-lane': 'for the fast lane',
};

function startLine({ issue, category, type, why, acts }: Start, prefix: string, tongue: Tongue): string {
  const label = tongue.code(`${prefix}${type}`);
  const sort = category === null ? '' : ` · ${tongue.say(category, 50)}`;
  const what = acts ? `started as ${label}` : `label it ${label}`;
  return `${tongue.ref(issue.number, issue.url)} ${tongue.say(issue.title, 80)}${sort} · ${WHY[why]}: ${what}`;
}

/** Read when there is time: all of it is folded on GitHub. */
export function backlogSection({ plan, labels }: SweepReport, tongue: Tongue): Section {
  const parts = [
    ...(plan.refills.length > 0 ? [`${plan.refills.length} from the reserve`] : []),
    ...(plan.obsolete.length > 0 ? [`${plan.obsolete.length} to look at again`] : []),
  ];
  return {
    title: `Backlog: ${parts.join(', ')}`,
    lines: [
      ...plan.refills.map((one) => refillLine(one, labels.backlogActive, tongue)),
      ...plan.obsolete.map((one) => obsoleteLine(one, tongue)),
    ],
    open: 0,
  };
}

function refillLine({ issue, acts }: Refill, active: string, tongue: Tongue): string {
  const what = acts ? 'moved up from the reserve' : `move it up from the reserve: label it ${tongue.code(active)}`;
  return `${tongue.ref(issue.number, issue.url)} ${tongue.say(issue.title, 80)}: ${what}`;
}

function obsoleteLine({ issue, why }: Obsolete, tongue: Tongue): string {
  return `${tongue.ref(issue.number, issue.url)} ${tongue.say(issue.title, 80)}: ${obsoleteWords(why, tongue)}`;
}

function obsoleteWords(why: Obsolete['why'], { ref }: Tongue): string {
  switch (why.kind) {
    case 'merged':
      return `${ref(why.pull)} is merged and may have done it; close it, or say what is left`;
    case 'open-pull':
      return `${ref(why.pull)} is open for it already`;
    case 'similar':
      return `session ${ref(why.session)} looks like the same work`;
    case 'old':
      return `untouched for ${count(why.days, 'day')}; still wanted?`;
  }
}

/** The report of an audit: counts, what comes first, quick wins, debt, and every gap (P7). */
import { GAP_PRIORITIES, type Gap, type GapPriority, isUrgent } from '../../model/records.ts';
import { quoteText, table } from '../markdown.ts';
import { report } from './report.ts';

export interface ShownGap {
  number: number;
  gap: Gap;
}

export interface GapsView {
  /** Most urgent first. */
  gaps: ShownGap[];
  matrix: Record<GapPriority, Record<Gap['impact'], number>>;
  top: ShownGap[];
  quickWins: ShownGap[];
  debt: { gaps: number; days: number };
  quickWinDays: number;
  /** The repository takes issues: urgent gaps become some. */
  hasIssues: boolean;
}

const NAMES: Record<GapPriority, string> = { P0: 'critical', P1: 'high', P2: 'medium', P3: 'low', P4: 'low' };

export function gapsReport(view: GapsView): string {
  const { gaps, top, quickWins, debt, quickWinDays } = view;
  const urgent = gaps.filter(({ gap }) => isUrgent(gap));
  const backlog = gaps.filter(({ gap }) => !isUrgent(gap));
  const wins = quickWins.length === 0 ? 'none yet' : quickWins.map(inLine).join('; ');
  return report('gaps', [
    `### Gaps: ${gaps.length}`,
    matrix(view),
    ['**First:**', ...top.map((each, at) => `${at + 1}. ${inLine(each)}`)].join('\n'),
    `**Quick wins** (high impact, ${quickWinDays === 1 ? 'a day' : `${quickWinDays} days`} at most): ${wins}`,
    `**Debt** (in the backlog, no quick win): ${debt.gaps === 0 ? 'none' : `${debt.gaps} ${debt.gaps === 1 ? 'gap' : 'gaps'}, ${days(debt.days)}`}`,
    ...section('P0 and P1: an issue each', urgent, (gap) => where(gap, view.hasIssues)),
    ...section('Backlog: P2 to P4', backlog, () => 'backlog'),
    '<sub>The same `Gap:` text again changes its other fields.</sub>',
  ]);
}

function where({ issue }: Gap, hasIssues: boolean): string {
  if (issue !== null) return `#${issue}`;
  return hasIssues ? 'on its way' : 'issues are off here';
}

function matrix({ matrix: counts, gaps }: GapsView): string {
  const rows = GAP_PRIORITIES.map((priority) => {
    const { high, medium, low } = counts[priority];
    return [`${priority} ${NAMES[priority]}`, String(high), String(medium), String(low), `**${high + medium + low}**`];
  });
  const sum = (impact: Gap['impact']) => String(gaps.filter(({ gap }) => gap.impact === impact).length);
  return table([
    ['Priority', 'high impact', 'medium', 'low', 'all'],
    ...rows,
    ['all', sum('high'), sum('medium'), sum('low'), `**${gaps.length}**`],
  ]);
}

function inLine({ number, gap }: ShownGap): string {
  return `${quoteText(gap.gap, 120)} (no. ${number}, ${gap.priority}, ${gap.impact} impact, ${days(gap.effort)})`;
}

function section(title: string, gaps: readonly ShownGap[], goesTo: (gap: Gap) => string): string[] {
  if (gaps.length === 0) return [];
  const head = ['No.', 'Priority', 'Gap', 'Current', 'Risk', 'Impact', 'Mitigation', 'Owner', 'Effort', 'Goes to'];
  const rows = gaps.map(({ number, gap }) => [
    String(number),
    gap.priority,
    quoteText(gap.gap, 160),
    quoteText(gap.current, 160),
    quoteText(gap.risk, 160),
    gap.impact,
    quoteText(gap.mitigation, 160),
    quoteText(gap.owner, 60),
    days(gap.effort),
    goesTo(gap),
  ]);
  return [`#### ${title}`, table([head, ...rows])];
}

function days(effort: number): string {
  return `${effort} ${effort === 1 ? 'day' : 'days'}`;
}

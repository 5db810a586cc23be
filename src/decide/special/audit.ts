/** What an audit's gaps come to: counts, the three that matter most, quick wins, debt (P7, S0). */
import { GAP_PRIORITIES, type Gap, type GapPriority, isUrgent } from '../../model/records.ts';

export interface NumberedGap {
  /** Its number in the session, from 1. */
  number: number;
  gap: Gap;
}

export interface Audit {
  /** Most urgent first. */
  gaps: NumberedGap[];
  /** Gaps by priority and impact. */
  matrix: Record<GapPriority, Record<Gap['impact'], number>>;
  top: NumberedGap[];
  quickWins: NumberedGap[];
  /** What waits in the backlog and is no quick win. */
  debt: { gaps: number; days: number };
}

/** S0: high impact, low effort; low is a day at most. */
export const QUICK_WIN_DAYS = 1;
const TOP = 3;
const IMPACTS = ['high', 'medium', 'low'] as const;

export function auditOf(gaps: readonly Gap[]): Audit {
  const sorted = gaps.map((gap, at) => ({ number: at + 1, gap })).sort(byUrgency);
  const quickWins = sorted.filter(({ gap }) => isQuickWin(gap));
  const debt = sorted.filter(({ gap }) => !isUrgent(gap) && !isQuickWin(gap));
  const days = debt.reduce((sum, { gap }) => sum + gap.effort, 0);
  return {
    gaps: sorted,
    matrix: matrixOf(gaps),
    top: sorted.slice(0, TOP),
    quickWins,
    debt: { gaps: debt.length, days: Math.round(days * 100) / 100 },
  };
}

function isQuickWin({ impact, effort }: Gap): boolean {
  return impact === 'high' && effort <= QUICK_WIN_DAYS;
}

/** By priority, then by impact, then by the smaller effort; of equals, the one said first. */
function byUrgency(a: NumberedGap, b: NumberedGap): number {
  return (
    GAP_PRIORITIES.indexOf(a.gap.priority) - GAP_PRIORITIES.indexOf(b.gap.priority) ||
    IMPACTS.indexOf(a.gap.impact) - IMPACTS.indexOf(b.gap.impact) ||
    a.gap.effort - b.gap.effort ||
    a.number - b.number
  );
}

function matrixOf(gaps: readonly Gap[]): Audit['matrix'] {
  const count = (priority: GapPriority, impact: Gap['impact']) =>
    gaps.filter((gap) => gap.priority === priority && gap.impact === impact).length;
  const row = (priority: GapPriority) => ({
    high: count(priority, 'high'),
    medium: count(priority, 'medium'),
    low: count(priority, 'low'),
  });
  return { P0: row('P0'), P1: row('P1'), P2: row('P2'), P3: row('P3'), P4: row('P4') };
}

/** The reports of special sessions: one comment for each kind of record that there is, kept in place (P6, P7, P8, P10). */
import type { IdeaCounts } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { Session } from '../../model/session.ts';
import { gapsReport } from '../../render/special/gaps.ts';
import { ideasReport } from '../../render/special/ideas.ts';
import { jointsReport } from '../../render/special/joints.ts';
import { measuresReport } from '../../render/special/measures.ts';
import type { ReportRole } from '../../render/special/report.ts';
import { auditOf, QUICK_WIN_DAYS } from './audit.ts';
import { changeInPercent } from './quantity.ts';
import { rankIdeas } from './rank-ideas.ts';

const NOTHING_BEFORE: IdeaCounts = { total: 0, backlog: 0, incubator: 0 };

export function reportsOf({ records }: Session, facts: LaneFacts): { role: ReportRole; body: string }[] {
  const { ideas, gaps, measures, joints } = records;
  const reports: { role: ReportRole; body: string }[] = [];
  if (ideas.length > 0) {
    const before = facts.ideasBefore ?? NOTHING_BEFORE;
    reports.push({ role: 'ideas', body: ideasReport({ ideas: rankIdeas(ideas), before }) });
  }
  if (gaps.length > 0) {
    const { hasIssues } = facts.repo;
    const view = { ...auditOf(gaps), quickWinDays: QUICK_WIN_DAYS, hasIssues };
    reports.push({ role: 'gaps', body: gapsReport(view) });
  }
  if (measures.length > 0) {
    const shown = measures.map((measure) => ({ measure, change: changeInPercent(measure.before, measure.after) }));
    reports.push({ role: 'measures', body: measuresReport(shown) });
  }
  if (joints.length > 0) reports.push({ role: 'joints', body: jointsReport(joints) });
  return reports;
}

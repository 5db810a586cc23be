/** The comment that a sweep publishes: what a lead reads first in the morning (W2, W3, W4). */
import { code, quoteText, sizeOf, tableRow } from '../markdown.ts';
import { categoryCell, pullCell, titleCell } from './board-row.ts';
import { charts } from './charts.ts';
import { doNow } from './do-now.ts';
import { figuresMarkdown } from './figures-markdown.ts';
import { foldedUpdate } from './folded-update.ts';
import { keepWhole, MAX_BODY } from './keep-whole.ts';
import { folded, sectionMarkdown } from './section-markdown.ts';
import { missingWords, sections } from './sections.ts';
import type { SweepReport } from './sweep-report.ts';
import { MARKDOWN } from './tongue.ts';
import { count } from './words.ts';

/** Room for the lines that count what was left out, and for the folds around updates. */
const NOTES = 400;
/** More updates than these stand behind one more click. */
const FEW_UPDATES = 3;

function sweepMarker(day: string): string {
  return `<!-- playcaller:sweep ${day} -->`;
}

/** Same facts, same bytes; at most 65,000. Too long: charts go first, then updates, then rows, always whole and counted. */
export function sweepComment(report: SweepReport): string {
  const top = [...head(report), ...table(report)];
  const middle = ['', ...sections(report, MARKDOWN).flatMap(sectionMarkdown)];
  const plain = figuresMarkdown(report, []);
  const room = MAX_BODY - NOTES - sizeOf([...top, ...middle, ...plain].join('\n'));
  const rows = keepWhole(shipRows(report), room);
  const updates =
    rows.dropped > 0
      ? { kept: [], dropped: report.updates.length, room: 0 }
      : keepWhole(report.updates.map(foldedUpdate), rows.room);
  const drawn = updates.dropped > 0 ? [] : charts(report.plan.metrics);
  const fits = sizeOf(drawn.join('\n\n')) + drawn.length * 4 <= updates.room;
  return [
    ...top,
    ...rows.kept,
    ...(rows.dropped > 0 ? ['', `${count(rows.dropped, 'more session')}, not shown here.`] : []),
    ...middle,
    ...(fits ? figuresMarkdown(report, drawn) : plain),
    ...updateSection(updates),
  ]
    .join('\n')
    .trimEnd();
}

function head(report: SweepReport): string[] {
  const { cycle, plan, waiting, archived, missing } = report;
  const { observed, capacity, reserve, freeSlotsNeeded, open } = plan;
  return [
    sweepMarker(cycle.day),
    `## Sweep of ${cycle.day} · cycle ${cycle.number}`,
    '',
    ...(missing > 0 ? [`> ⚠️ ${missingWords(missing)}`, ''] : []),
    ...doNow(report, MARKDOWN).flatMap((line) => [line, '']),
    `Sessions observed: ${observed} · capacity ${capacity} · reserve ${reserve} · free slots needed ${freeSlotsNeeded}`,
    `${open} active · ${waiting.length} planned · ${archived} archived since the last sweep`,
    '',
  ];
}

function table({ plan, missing, labels }: SweepReport): string[] {
  if (plan.observed === 0 && missing === 0) {
    const label = code(`${labels.sessionPrefix}<type>`);
    return [`A quiet board: no session is under way and none is waiting. Put a ${label} label on an issue, and it starts.`];
  }
  if (plan.shipOrder.length === 0) return ['Nothing is under way.'];
  const names = ['#', 'Session', 'Category', 'PR', 'Age', 'Why here'];
  return ['### Close or ship in this order', '', tableRow(names), tableRow(names.map(() => '---'))];
}

function shipRows({ plan, active }: SweepReport): string[] {
  return plan.shipOrder.flatMap((rank, index) => {
    const row = active[index];
    if (!row) return [];
    const age = rank.ageDays === null ? '–' : `${Math.floor(rank.ageDays)} d`;
    const facts = [titleCell({ ...row, blocked: false }), categoryCell(row), pullCell(row), age];
    return [tableRow([String(rank.rank), ...facts, quoteText(rank.because, 120)])];
  });
}

function updateSection({ kept, dropped }: { kept: string[]; dropped: number }): string[] {
  const note = dropped > 0 ? [`${count(dropped, 'more update')}, not shown here.`] : [];
  if (kept.length <= FEW_UPDATES) return kept.length + dropped === 0 ? [] : ['**Session updates**', '', ...kept, ...note];
  return folded(`Session updates: ${kept.length + dropped}`, [...kept, ...(dropped > 0 ? ['', ...note] : [])]);
}

/** The comment that a sweep publishes: what a lead reads first in the morning (W2, W3, W4). */
import type { Cycle } from '../../model/board-facts.ts';
import type { SessionUpdate, SweepPlan } from '../../model/plan.ts';
import { code, quoteText, sizeOf, tableRow } from '../markdown.ts';
import { type BoardRow, categoryCell, nameCell, numberLink, pullCell } from './board-row.ts';
import { foldedUpdate } from './folded-update.ts';
import { firstFew, keepWhole, MAX_BODY } from './keep-whole.ts';
import { blockerWords } from './rank-reason.ts';
import { count } from './words.ts';

export interface SweepReport {
  cycle: Cycle;
  plan: SweepPlan;
  /** The active sessions, in the plan's ship order. */
  active: BoardRow[];
  /** Planned ones, first in line first. */
  waiting: BoardRow[];
  /** Sessions that ended since the last sweep. */
  archived: number;
  updates: SessionUpdate[];
  /** `session:` unless renamed. */
  sessionPrefix: string;
}

/** Longest list of blockers, categories or waiting sessions. */
const MAX_LIST = 20;
/** Room for the two lines that count what was left out. */
const NOTES = 200;

export function sweepMarker(day: string): string {
  return `<!-- playcaller:sweep ${day} -->`;
}

/** Same facts, same bytes; at most 65,000. Updates go first when it gets too long, then rows, each with a count. */
export function sweepComment(report: SweepReport): string {
  const head = [sweepMarker(report.cycle.day), `## Sweep of ${report.cycle.day} · cycle ${report.cycle.number}`, ''];
  if (report.plan.observed === 0) return [...head, ...quietBoard(report)].join('\n').trimEnd();
  const top = [...head, ...pressure(report), '', '### Close or ship in this order', '', ...tableHead()];
  const rest = ['', ...blockers(report), ...queue(report), ...rotation(report.plan)];
  const room = MAX_BODY - NOTES - sizeOf([...top, ...rest].join('\n'));
  const rows = keepWhole(shipRows(report), room);
  const updates =
    rows.dropped > 0 ? { kept: [], dropped: report.updates.length } : keepWhole(report.updates.map(foldedUpdate), rows.room);
  return [
    ...top,
    ...rows.kept,
    ...(rows.dropped > 0 ? ['', `${count(rows.dropped, 'more session')}, not shown here.`] : []),
    ...rest,
    ...updateSection(updates),
  ]
    .join('\n')
    .trimEnd();
}

function pressure({ plan, waiting, archived }: SweepReport): string[] {
  const { observed, capacity, reserve, freeSlotsNeeded, open } = plan;
  return [
    `Sessions observed: ${observed} · capacity ${capacity} · reserve ${reserve} · free slots needed ${freeSlotsNeeded}`,
    '',
    `${open} active · ${waiting.length} planned · ${archived} archived since the last sweep`,
  ];
}

function tableHead(): string[] {
  return [
    tableRow(['#', 'Session', 'Type', 'Category', 'PR', 'Left', 'Why here']),
    tableRow(Array.from({ length: 7 }, () => '---')),
  ];
}

function shipRows({ plan, active }: SweepReport): string[] {
  if (active.length === 0) return [tableRow(['–', 'Nothing is under way.', '', '', '', '', ''])];
  return plan.shipOrder.flatMap((rank, index) => {
    const row = active[index];
    if (!row) return [];
    const facts = [nameCell(row), code(row.type, 50), categoryCell(row), pullCell(row), String(rank.remainingSteps)];
    return [tableRow([String(rank.rank), ...facts, quoteText(rank.because, 160)])];
  });
}

function blockers({ active, waiting }: SweepReport): string[] {
  const blocked = [...active, ...waiting].filter((row) => row.blocked);
  if (blocked.length === 0) return ['**Blockers:** none', ''];
  return [
    '### Blockers',
    '',
    ...firstFew(blocked, MAX_LIST, (row) => `- ${nameCell(row)}: ${quoteText(blockerWords(row.blocker), 120)}`),
    '',
  ];
}

function queue({ waiting }: SweepReport): string[] {
  const inLine = waiting.filter((row) => !row.blocked);
  if (inLine.length === 0) return [];
  const line = (row: BoardRow, index: number) => `${index + 1}. ${numberLink(row.number, row.url)} ${quoteText(row.title, 80)}`;
  return ['### Waiting for a slot', '', ...firstFew(inLine, MAX_LIST, line), ''];
}

function rotation({ coldCategories, backfill }: SweepPlan): string[] {
  return [
    `**Cold categories:** ${few(coldCategories, ', ') || 'none'}`,
    '',
    `**Backfill queue (start next):** ${few(backfill, ' → ') || 'nothing: every category has a session'}`,
    '',
  ];
}

function few(names: string[], separator: string): string {
  const shown = names.slice(0, MAX_LIST).map((name) => quoteText(name, 50));
  if (names.length > MAX_LIST) shown.push(`${names.length - MAX_LIST} more`);
  return shown.join(separator);
}

function updateSection({ kept, dropped }: { kept: string[]; dropped: number }): string[] {
  const note = dropped > 0 ? [`${count(dropped, 'more update')}, not shown here.`] : [];
  return ['### Session updates', '', ...kept, ...note];
}

function quietBoard({ plan, sessionPrefix }: SweepReport): string[] {
  return [
    `Sessions observed: 0 · capacity ${plan.capacity} · reserve ${plan.reserve} · free slots needed ${plan.freeSlotsNeeded}`,
    '',
    `A quiet board: no session is under way and none is waiting. Put a ${code(`${sessionPrefix}<type>`)} label on an issue, and the first one starts.`,
    '',
    ...rotation(plan),
  ];
}

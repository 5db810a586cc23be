/** The tracker issue's body: the live board (W2). */
import type { Fault } from '../../model/config.ts';
import { faultLines } from '../config-faults.ts';
import { code, quoteText, sizeOf, tableRow } from '../markdown.ts';
import { type BoardRow, categoryCell, numberLink, pullCell, titleCell, verdictCell } from './board-row.ts';
import { keepWhole, MAX_BODY } from './keep-whole.ts';
import { count } from './words.ts';

const TRACKER_MARKER = '<!-- playcaller:tracker -->';

export interface Board {
  faults: Fault[];
  /** The issue's conversation is locked. */
  locked?: boolean;
  capacity: number;
  reserve: number;
  /** The active sessions, nearest to done first. */
  active: BoardRow[];
  /** Planned ones, first in line first. */
  waiting: BoardRow[];
  /** Categories without movement, most urgent first. */
  cold: readonly string[];
  /** Whose turn the fast lane is; null without one. */
  fastLaneTurn: string | null;
  /** `session:` unless renamed. */
  sessionPrefix: string;
}

/** Room for the two lines that count what was left out. */
const NOTES = 200;

/** Nothing in it moves with the clock: same state, same bytes; at most 65,000. */
export function boardBody(board: Board): string {
  const top = [
    TRACKER_MARKER,
    ...faultLines(board.faults),
    ...about(board),
    '',
    ...turns(board),
    `### Active sessions · ${usage(board)}`,
    '',
  ];
  const room = MAX_BODY - NOTES - sizeOf(top.join('\n'));
  const active = keepWhole(activeLines(board), room);
  const waiting = keepWhole(waitingLines(board.waiting), active.room);
  return [
    ...top,
    ...active.kept,
    ...leftOut(active.dropped),
    '',
    '### Queue',
    '',
    ...waiting.kept,
    ...leftOut(waiting.dropped),
  ].join('\n');
}

function about({ sessionPrefix, locked }: Board): string[] {
  const label = code(`${sessionPrefix}<type>`);
  return [
    `Playcaller runs sessions by playbook: a ${label} label on an issue starts one, a check holds its pull request to it, and this issue is the board.`,
    '',
    'The newest sweep is the last one below: what to do now, and why. For a fresh one, comment `/session sweep` here. Closed, this issue opens again with the next sweep; `sweep: { enabled: false }` in `.github/playcaller.yml` ends the daily ones.',
    ...(locked
      ? ['', 'This conversation is locked, and GitHub lets no app comment here: the daily sweeps are back once it is unlocked.']
      : []),
  ];
}

/** Longest list of categories. */
const MAX_COLD = 20;

/** Moves with the state only: a sweep that changes nothing leaves the body as it is. */
function turns({ cold, fastLaneTurn }: Board): string[] {
  const names = cold.slice(0, MAX_COLD).map((name) => quoteText(name, 50));
  if (cold.length > MAX_COLD) names.push(`${cold.length - MAX_COLD} more`);
  const lines = [
    ...(names.length > 0 ? [`**Cold:** ${names.join(', ')}`] : []),
    ...(fastLaneTurn === null ? [] : [`**Fast lane:** ${quoteText(fastLaneTurn, 50)} is next`]),
  ];
  return lines.length === 0 ? [] : [lines.join(' · '), ''];
}

function usage({ active, capacity, reserve }: Board): string {
  const kept = reserve > 0 ? `, ${reserve} of them for the fast lane` : '';
  const blocked = active.filter((row) => row.blocked).length;
  const beside = blocked > 0 ? `; ${count(blocked, 'blocked session')} without one` : '';
  return `${active.length - blocked} of ${count(capacity, 'slot')} taken${kept}${beside}`;
}

function activeLines({ active, sessionPrefix }: Board): string[] {
  if (active.length === 0) return [`None yet. The first ${code(`${sessionPrefix}<type>`)} label changes that.`];
  const head = ['Session', 'Type', 'Category', 'PR', 'Verdict', 'Left'];
  const rows = active.map((row) =>
    tableRow([titleCell(row), code(row.type, 50), categoryCell(row), pullCell(row), verdictCell(row), String(row.remaining)]),
  );
  return [tableRow(head), tableRow(head.map(() => '---')), ...rows];
}

function waitingLines(waiting: BoardRow[]): string[] {
  if (waiting.length === 0) return ['Nobody waits.'];
  const inLine = waiting.filter((row) => !row.blocked);
  const blocked = waiting.filter((row) => row.blocked);
  return [
    ...inLine.map(
      (row, index) => `${index + 1}. ${numberLink(row.number, row.url)} ${quoteText(row.title, 80)} · ${code(row.type, 50)}`,
    ),
    ...(blocked.length > 0 && inLine.length > 0 ? [''] : []),
    ...blocked.map((row) => `- ${titleCell(row)} · ${code(row.type, 50)}`),
  ];
}

function leftOut(dropped: number): string[] {
  return dropped > 0 ? ['', `${count(dropped, 'more line')}, not shown here.`] : [];
}

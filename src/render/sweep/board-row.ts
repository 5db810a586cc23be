/** One session as the sweep's tables show it. */
import type { VerdictState } from '../../model/session.ts';
import { quoteText, webAddress } from '../markdown.ts';
import { verdictWord } from './words.ts';

export interface BoardRow {
  number: number;
  url: string;
  /** The session's id. */
  name: string;
  title: string;
  type: string;
  category: string | null;
  blocked: boolean;
  blocker: string | null;
  pull: { number: number; url: string; state: 'open' | 'merged' | 'closed'; draft: boolean; verdict: VerdictState | null } | null;
  /** Open playbook steps and acceptance criteria. */
  remaining: number;
}

/** `#12`, linked. Numbers and addresses come from GitHub, not from people. */
export function numberLink(number: number, url: string): string {
  const address = webAddress(url);
  return address === null ? `#${number}` : `[#${number}](${address})`;
}

export function titleCell(row: BoardRow): string {
  return `${numberLink(row.number, row.url)} ${quoteText(row.title, 80)}${row.blocked ? ' (blocked)' : ''}`;
}

export function categoryCell(row: BoardRow): string {
  return row.category === null ? '–' : quoteText(row.category, 50);
}

export function pullCell({ pull }: BoardRow): string {
  if (!pull) return '–';
  const fate = pull.state === 'open' ? (pull.draft ? ' draft' : '') : ` ${pull.state}`;
  return `${numberLink(pull.number, pull.url)}${fate}`;
}

export function verdictCell({ pull }: BoardRow): string {
  return pull?.state === 'open' ? verdictWord(pull.verdict) : '–';
}

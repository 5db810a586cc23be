/** The plan's words for numbers, times and links. */
import { cleanText } from '../markdown.ts';

/** Characters of a task's id. */
const MAX_ID = 60;
/** More links of one cycle would fill the screen. */
const MOST_LINKS = 200;

/** `7 h`, `2.5 h`. */
export function hoursWord(hours: number): string {
  return `${grouped(Math.round(hours * 100) / 100)} h`;
}

/** `12,500`. */
export function grouped(number: number): string {
  const [whole = '', rest] = String(number).split('.');
  return whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
}

/** An id in plain text. */
export function idWord(id: string): string {
  return cleanText(id, MAX_ID);
}

/** `a needs b, b needs c, c needs a`; the middle of a very long one is counted. */
export function cycleWords(cycle: readonly string[]): string {
  const links = cycle.slice(0, -1).map((id, index) => `${idWord(id)} needs ${idWord(cycle[index + 1] ?? '')}`);
  const [only] = links;
  if (links.length === 1 && only !== undefined) return `${idWord(cycle[0] ?? '')} needs itself`;
  if (links.length <= MOST_LINKS) return links.join(', ');
  const left = links.length - MOST_LINKS;
  return [...links.slice(0, MOST_LINKS - 1), `… ${grouped(left)} more links …`, ...links.slice(-1)].join(', ');
}

/** One line a cycle, and how to put it right. */
export function cycleFaults(cycles: readonly string[][], more: number): string[] {
  return [
    ...cycles.map((cycle) => `a cycle: ${cycleWords(cycle)}. Take out one of these links, or move it to "after"`),
    ...(more > 0 ? [`${more} more links close a cycle; they are named once these are mended`] : []),
  ];
}

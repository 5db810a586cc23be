/** Words of the gate item "size". */
import type { FileFact } from '../../model/pull-facts.ts';
import { code } from '../markdown.ts';
import { type Emptiness, emptiness, HEADINGS, HINTS } from './description.ts';
import { count, listing, points } from './phrases.ts';

export const title = 'Size';

export interface Size {
  /** Lines, without generated files and lockfiles. */
  added: number;
  limit: number;
  /** Most added lines first. */
  biggest: readonly FileFact[];
  /** Added lines of generated files and lockfiles. */
  uncounted: number;
  /** Files that GitHub does not list. */
  unlisted: number;
}

export function small(seen: Size): string {
  return `${lines(seen)} of ${number(seen.limit)} at most${uncounted(seen)}`;
}

export function explained(seen: Size): string {
  return points([`${over(seen)}; the description says why`, biggest(seen)]);
}

export function big(seen: Size, lack: Emptiness | 'missing'): string {
  const why = lack === 'missing' ? 'The description does not say why' : `${HEADINGS.size}: ${emptiness(lack)}`;
  return points([over(seen), why, biggest(seen)]);
}

export function mend(lack: Emptiness | 'missing'): string {
  const section = code(`## ${HEADINGS.size}`);
  const say = lack === 'missing' ? `add ${section} to the description` : `fill in ${section}`;
  return `Split it, or ${say}: ${HINTS.size}.`;
}

function over(seen: Size): string {
  const { unlisted, limit } = seen;
  const beyond = unlisted > 0 ? ` and ${count(unlisted, 'file')} that GitHub does not list` : '';
  return `${lines(seen)}${beyond}, where ${number(limit)} are the limit${uncounted(seen)}`;
}

function biggest({ biggest: files }: Size): string | null {
  if (files.length === 0) return null;
  return `Biggest: ${listing(files.map(({ path, additions }) => `${code(path, 100)} (${number(additions)})`).slice(0, 3))}`;
}

function lines({ added }: Size): string {
  return count(added, 'added line');
}

function uncounted({ uncounted: left }: Size): string {
  return left === 0 ? '' : ` (${number(left)} in generated files and lockfiles not counted)`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** Words of the gate item "coverage". */
import type { CheckFact } from '../../model/pull-facts.ts';
import { link } from '../markdown.ts';
import { count, listing, points } from './phrases.ts';

export const title = 'Coverage';
export const none = 'No check reports the coverage of new code';
export const noCode = 'No code gained lines, so there is nothing to cover';

/** What one check says of new code. `silent`: it has no say in it. */
export type Seen = { check: CheckFact } & (
  | { kind: 'figure'; percent: number }
  | { kind: 'no-lines' | 'silent' | 'running' | 'unreadable' | 'ended-badly' }
);

const shown = ({ check }: { check: CheckFact }) => link(check.name, check.url, 80);
const names = (seen: readonly { check: CheckFact }[]) => listing(seen.map(shown), 6);

/** The lowest first: it is the one that counts. */
export function evidence(seen: readonly Seen[], minimum: number): string {
  const of = (kind: Seen['kind']) => seen.filter((one) => one.kind === kind);
  const line = (kind: Seen['kind'], words: (list: string) => string) => (of(kind).length === 0 ? null : words(names(of(kind))));
  const figures = seen.filter((one) => one.kind === 'figure').sort((a, b) => a.percent - b.percent);
  const told = figures.map((one) => `${one.percent}% (${shown(one)})`);
  return points([
    told.length > 0
      ? `New code covered: ${listing(told, 6)}; at least ${minimum}% ${minimum === 1 ? 'is' : 'are'} asked for`
      : null,
    line('ended-badly', (list) => `Ended badly and without a figure: ${list}`),
    line('unreadable', (list) => `No figure for new code can be read from ${list}`),
    line('running', (list) => `Running: ${list}`),
    line('no-lines', (list) => `No line that could be covered: ${list}`),
    line('silent', (list) => `Without any figure for new code: ${list}`),
  ]);
}

export function mendLow(low: readonly { check: CheckFact }[]): string {
  return `Cover the new lines with tests; ${names(low)} ${low.length === 1 ? 'shows' : 'show'} which ones are missing.`;
}

export function mendUnread(bad: readonly { check: CheckFact }[], unread: readonly { check: CheckFact }[]): string {
  return points([
    bad.length > 0 ? `Open ${names(bad)}, mend it and run it again.` : null,
    unread.length > 0
      ? 'Have it say the coverage of new code in its title or summary, such as “85% of diff hit”; or name only checks that do in `gate.items.coverage.checks` of `.github/playcaller.yml`.'
      : null,
  ]);
}

export function waitsFor(checks: number): string {
  return count(checks, 'check');
}

export const cut = 'More checks than were read, and none of those reports coverage: it is unknown';
export const mendCut =
  'Fewer checks on one commit can be read as a whole. No coverage check here? Set `gate.items.coverage: off`.';

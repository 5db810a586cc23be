/** Words of the gate item "session". */
import type { Hold } from '../../model/session.ts';
import { code, link } from '../markdown.ts';
import { listing } from './phrases.ts';

export const title = 'Session';

export const ofOurs = 'Playcaller opened this pull request after a session was completed; it needs none of its own';

export interface SessionNamed {
  id: string;
  number: number;
  url: string;
  type: string;
}

function named({ id, number, url }: SessionNamed): string {
  return `${code(id)} (${link(`issue ${number}`, url)})`;
}

export function active(session: SessionNamed, onThisPull: boolean): string {
  return onThisPull ? `${code(session.id)} is active, on this pull request` : `${named(session)} is active`;
}

export function missing(closes: readonly number[]): string {
  if (closes.length === 0) return 'No session is linked';
  return `${listing(closes.map((number) => `#${number}`))} ${closes.length === 1 ? 'carries' : 'carry'} no session`;
}

export function howToLink(labelPrefix: string, closes: readonly number[]): string {
  const label = code(`${labelPrefix}<type>`);
  const first = closes[0];
  if (first !== undefined) return `Put a ${label} label on #${first}, or on this pull request.`;
  return (
    'Write `Closes #…` with the number of its issue in the description, or a line `Session: …` with its id, ' +
    `or push from its branch. No session yet? Put a ${label} label on the issue, or on this pull request; ${code('/session types')} lists the types.`
  );
}

export function planned(session: SessionNamed, blocked: boolean, held: Hold['kind'] | null): string {
  const why = held === 'similar' ? 'similar work is under way' : 'it waits for an approval';
  if (held !== null && !blocked) return `${named(session)} is planned: ${why}`;
  return `${named(session)} is planned: it ${blocked ? 'is blocked' : 'waits for a free slot'}`;
}

/** What a planned session waits for, in a few plain words. */
export function waitsFor(blocked: boolean, held: Hold['kind'] | null): string {
  if (blocked) return 'it is blocked';
  if (held === 'similar') return 'similar work is under way';
  return held === 'approval' ? 'an approval of its plan' : 'a free slot';
}

export function whenPlanned(fastLane: string, blocked: boolean, held: Hold['kind'] | null): string {
  if (held === 'similar' && !blocked) return 'Comment `/session start --anyway` on its issue if both are wanted.';
  if (held === 'approval' && !blocked) return 'Someone with write access comments `/session approve` on its issue.';
  return blocked
    ? 'Clear what blocks it; it then takes its place in the queue.'
    : `It starts by itself when a slot frees. If it cannot wait, the label ${code(fastLane)} lets it take the reserve.`;
}

export function ended(session: SessionNamed, state: 'completed' | 'abandoned'): string {
  return `${named(session)} is ${state} already`;
}

export function afterCompleted(labelPrefix: string): string {
  return `This is new work: put a ${code(`${labelPrefix}<type>`)} label on its issue, or on this pull request, and link that session.`;
}

export function afterAbandoned(
  session: SessionNamed,
  how: 'closed' | 'unlabelled' | 'asked' | 'gone' | null,
  label: string,
): string {
  const where = session.number;
  if (how === 'closed') return `Reopen #${where} to take it up again, or link an active session.`;
  if (how === 'unlabelled') return `Put ${code(label)} back on #${where} to take it up again, or link an active session.`;
  return 'Link an active session, or close this pull request if the work is given up.';
}

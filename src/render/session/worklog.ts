/** What the bot saw, one short line each: shown in the card, the record and the sweep. */
import type { SessionState } from '../../model/session.ts';

export const moved = (to: SessionState, why: string): string => `${to}: ${why}`;
export const blockedByLabel = (): string => 'blocked, by label';
export const unblockedByLabel = (): string => 'no longer blocked, by label';
export const pullOpened = (number: number): string => `pull request #${number} is open`;
export const pushed = (number: number, sha: string): string => `pushed ${sha.slice(0, 7)} to #${number}`;
export const merged = (number: number): string => `#${number} was merged`;
export const pullClosed = (number: number): string => `#${number} was closed without a merge`;
export const gatePassed = (number: number): string => `#${number} passes the readiness gate`;
export const gateFailed = (number: number, open: number): string =>
  `#${number} does not pass the readiness gate yet: ${open} ${open === 1 ? 'item' : 'items'} to mend`;

export function ticked(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).map((text) => `“${text}”`);
  const more = texts.length > 3 ? ` and ${texts.length - 3} more` : '';
  return `${texts.length === 1 ? 'step' : 'steps'} done: ${shown.join(', ')}${more}`;
}

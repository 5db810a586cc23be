/** Open issues that ask for a session by their label and have none (W1). */
import type { SessionLedger } from '../../model/facts.ts';
import type { RepoName } from '../../model/repo.ts';
import type { Session } from '../../model/session.ts';
import type { Reading } from '../reading.ts';
import type { Pages } from './read-pages.ts';

/** Those that ended otherwise than by being closed or unlabelled stay as they are, however long ago that was. */
export async function withoutSession(
  pages: Pages,
  ledgers: readonly SessionLedger[],
  repo: RepoName,
  { ledger }: Reading,
): Promise<number[]> {
  const known = new Map(ledgers.map(({ session }) => [session.number, session]));
  const found: number[] = [];
  for (const number of pages.labelled) {
    const session = known.get(number) ?? (await ledger.session(repo, number))?.session ?? null;
    if (session === null || cameBack(session)) found.push(number);
  }
  return found;
}

/** The issue is open and labelled: what ended it was taken back. */
function cameBack({ state, endedBy }: Session): boolean {
  return state === 'abandoned' && (endedBy === 'closed' || endedBy === 'unlabelled');
}

/** Which session a pull request serves: by its `Session:` line, by its branch, by GitHub's closing words; in this order. */
import type { SessionLedger } from '../model/facts.ts';
import type { PullFacts } from '../model/pull-facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { Ledger } from '../store/ledger-types.ts';
import { sessionLine } from './session-line.ts';

export async function servedSession(ledger: Ledger, repo: RepoName, pull: PullFacts): Promise<SessionLedger | null> {
  const line = sessionLine(pull.body);
  const named = line === null ? null : await ledger.sessionById(repo, line);
  if (named) return named;
  // A fork may have a branch of the same name; only ours is the session's.
  const byBranch = pull.headRepo === repo ? await ledger.sessionByBranch(repo, pull.headRef) : null;
  if (byBranch && byBranch.session.number !== pull.number) return byBranch;
  for (const number of pull.closes) {
    const closed = await ledger.session(repo, number);
    if (closed) return closed;
  }
  return null;
}

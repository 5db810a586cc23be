/** Open pull requests as the ledger and GitHub know them: those that nobody judged, that were not told, that ended unheard. */
import type { BoardFacts } from '../../model/board-facts.ts';
import type { RepoName } from '../../model/repo.ts';
import type { Reading } from '../reading.ts';
import type { Pages } from './read-pages.ts';

type PullsFacts = Pick<BoardFacts, 'openPulls' | 'endedPulls'>;

export async function pullsOf(pages: Pages, repo: RepoName, { ledger }: Reading): Promise<PullsFacts> {
  const openPulls = await Promise.all(
    pages.openPulls.map(async ({ number, headRefOid, told, pulse }) => {
      const record = await ledger.pull(repo, number);
      const judged = record?.headSha === headRefOid && record.verdict !== null;
      const waiting = record?.verdict === 'waiting';
      // A page that an older release kept has none, as a record that it wrote.
      const changed = pulse !== undefined && record?.pulse !== undefined && pulse !== record.pulse;
      return { number, judged, waiting, stuck: judged && !waiting && !told, ...(changed ? { changed } : {}) };
    }),
  );
  // A list that was not read to its end tells nothing of those that it does not show.
  if (pages.cut) return { openPulls };
  const open = new Set(openPulls.map(({ number }) => number));
  return { openPulls, endedPulls: (await ledger.openPulls(repo)).filter((number) => !open.has(number)) };
}

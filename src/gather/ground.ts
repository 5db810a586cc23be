/** Which of the grounds that verdicts stand on has moved since any pull request was looked at, and whom that concerns. */
import type { RepoFacts } from '../model/facts.ts';
import { groundRole, groundsOf, type MovedGround } from '../model/ground.ts';
import type { LaneFacts } from '../model/lane-facts.ts';
import type { PullFacts } from '../model/pull-facts.ts';
import type { Ledger } from '../store/ledger-types.ts';

export async function groundFacts(repo: RepoFacts, pull: PullFacts | null, ledger: Ledger): Promise<Pick<LaneFacts, 'moved'>> {
  if (pull?.state !== 'open') return {};
  const moved: MovedGround[] = [];
  for (const ground of groundsOf(repo, pull)) {
    const known = await ledger.artefact(repo.name, 0, groundRole(ground));
    if (known === ground.digest) continue;
    // Seen for the first time: nobody was judged on another.
    const all = known === null ? [] : await ledger.openPulls(repo.name, ground.base);
    moved.push({ ...ground, concerns: all.filter((number) => number !== pull.number).sort((a, b) => b - a) });
  }
  return moved.length > 0 ? { moved } : {};
}

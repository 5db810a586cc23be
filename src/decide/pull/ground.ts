/** A ground has moved (commitlint's rules, CODEOWNERS, …): whoever sees it first has the others judged on it anew, in pages. */
import type { LedgerEffect } from '../../model/effect.ts';
import { groundRole } from '../../model/ground.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import { wakePages } from '../wake-pages.ts';

export function movedGrounds({ moved = [], repo, now }: LaneFacts): LedgerEffect[] {
  const remember = moved.map((ground): LedgerEffect => {
    return { kind: 'artefact.remember', repo: repo.name, number: 0, role: groundRole(ground), id: ground.digest };
  });
  const concerned = [...new Set(moved.flatMap(({ concerns }) => concerns))];
  return [...remember, ...wakePages(repo.name, concerned, 'ground-moved', now)];
}

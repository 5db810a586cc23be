/** Ids of labels that were just made, or that turned out to be there already. */
import { z } from 'zod';
import { splitRepo } from '../model/repo.ts';
import type { Writing } from './apply.ts';
import type { LabelIds } from './mutations.ts';
import type { Written } from './write.ts';

const Label = z.object({ node_id: z.string() });

export async function labelIds(made: readonly Written[], { client, repo }: Writing): Promise<LabelIds> {
  const ids = new Map<string, string>();
  const { owner, name: repository } = splitRepo(repo);
  for (const { effect, id } of made) {
    if (effect.kind !== 'label.create') continue;
    const known =
      id ??
      Label.parse(
        (await client.rest('GET /repos/{owner}/{repo}/labels/{name}', { owner, repo: repository, name: effect.name })).data,
      ).node_id;
    ids.set(effect.name.toLowerCase(), known);
  }
  return ids;
}

/** Ids of labels that were just made, or that turned out to be there already. */
import { z } from 'zod';
import { Gone, Unavailable } from '../github/errors.ts';
import { splitRepo } from '../model/repo.ts';
import type { LabelIds } from './mutations.ts';
import { outcomeOf } from './outcome.ts';
import type { Written } from './write.ts';
import type { Writing } from './writing.ts';

const Label = z.object({ node_id: z.string() });

/** Labels that GitHub refused to make are left out: that is a fault of its own. */
export async function labelIds(made: readonly Written[], writing: Writing): Promise<LabelIds> {
  const ids = new Map<string, string>();
  for (const one of made) {
    const { effect, id } = one;
    if (effect.kind !== 'label.create' || outcomeOf(one) === 'fault') continue;
    ids.set(effect.name.toLowerCase(), id ?? (await lookUp(effect.name, writing)));
  }
  return ids;
}

/** @throws {Unavailable} when the label was there and is gone: the next try makes it. */
async function lookUp(label: string, { client, repo }: Writing): Promise<string> {
  const { owner, name } = splitRepo(repo);
  try {
    const { data } = await client.rest('GET /repos/{owner}/{repo}/labels/{name}', { owner, repo: name, name: label });
    return Label.parse(data).node_id;
  } catch (error) {
    if (error instanceof Gone) throw new Unavailable(`the label ${label} went while it was looked up`, { cause: error });
    throw error;
  }
}

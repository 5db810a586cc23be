/** Sends effects to GitHub: one mutation document for all of them, each result looked at for itself. */
import { z } from 'zod';
import { Broken, type GraphqlFault, Refused, Unavailable } from '../github/errors.ts';
import type { GitHubClient } from '../github/types.ts';
import type { GitHubEffect } from '../model/effect.ts';
import { type LabelIds, mutationOf } from './mutations.ts';

export interface Written {
  effect: GitHubEffect;
  /** Node id of what was made; null where nothing new came to be. */
  id: string | null;
  fault: GraphqlFault | null;
}

/** GitHub gives a request ten seconds; so many writes fit in well. */
export const WRITES_AT_ONCE = 20;

const Answer = z.record(z.string(), z.record(z.string(), z.unknown()).nullable());
const Made = z.object({ id: z.string() });

/** @throws {Unavailable} when no answer came; what was written is found again by the next look. */
export async function write(client: GitHubClient, effects: readonly GitHubEffect[], labels: LabelIds): Promise<Written[]> {
  const written: Written[] = [];
  for (let at = 0; at < effects.length; at += WRITES_AT_ONCE)
    written.push(...(await writeBatch(client, effects.slice(at, at + WRITES_AT_ONCE), labels)));
  return written;
}

async function writeBatch(client: GitHubClient, effects: readonly GitHubEffect[], labels: LabelIds): Promise<Written[]> {
  const mutations = effects.map((effect) => mutationOf(effect, labels));
  const types = mutations.map((mutation, at) => `$i${at}: ${mutation.type}!`).join(', ');
  const fields = mutations.map((mutation, at) => `e${at}: ${mutation.field}(input: $i${at}) { ${mutation.select} }`);
  const variables = Object.fromEntries(mutations.map((mutation, at) => [`i${at}`, mutation.input]));
  const document = `mutation Apply(${types}) {\n  ${fields.join('\n  ')}\n}`;
  const answer = await client.graphql<unknown>('Apply', document, variables);
  const general = answer.errors.find((error) => !/^e\d+/.test(error.path));
  if (general)
    throw general.type === null ? new Broken(`Apply: ${general.message}`) : new Refused(403, `Apply: ${general.message}`);
  if (answer.data === null && answer.errors.length === 0) throw new Unavailable('Apply: an answer without data');
  const data = Answer.parse(answer.data ?? {});
  return effects.map((effect, at) => {
    const fault = answer.errors.find((error) => error.path === `e${at}` || error.path.startsWith(`e${at}.`)) ?? null;
    return { effect, id: fault ? null : idIn(data[`e${at}`]), fault };
  });
}

/** The id is one or two levels down: `label { id }`, `commentEdge { node { id } }`. */
function idIn(payload: Record<string, unknown> | null | undefined): string | null {
  for (const value of Object.values(payload ?? {})) {
    const made = Made.safeParse(value);
    if (made.success) return made.data.id;
    if (typeof value === 'object' && value !== null) {
      const inner = idIn(Object.fromEntries(Object.entries(value)));
      if (inner !== null) return inner;
    }
  }
  return null;
}

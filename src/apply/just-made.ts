/**
 * What was made a moment ago, or may have been: the answer was lost. GitHub's reads lag behind its writes by up to some
 * seconds, so facts that do not show it are no reason to make it again, until they have had time to. What was made is
 * remembered here; after a lost answer the lane waits as well, whichever replica tries it next.
 */
import { RateLimited, Refused, Unavailable } from '../github/errors.ts';
import type { GitHubClient } from '../github/types.ts';
import type { GitHubEffect } from '../model/effect.ts';
import { WRITES_AT_ONCE, type Written } from './write.ts';

/** How long a read may lag. Replicas catch up within a second or two; GitHub names no bound. */
const LAG_MS = 5_000;

/** By client, which lives as long as its installation: key of what was made → when, in epoch milliseconds. */
const known = new WeakMap<GitHubClient, Map<string, number>>();

/** @throws {Unavailable} when an effect would make once more what was made just now */
export function checkNotJustMade(client: GitHubClient, effects: readonly GitHubEffect[], now: Date): void {
  const made = known.get(client);
  if (!made) return;
  for (const [key, at] of made) if (at <= now.getTime() - LAG_MS) made.delete(key);
  for (const effect of effects) {
    if (made.has(keyOf(effect) ?? '')) throw new Unavailable(`${effect.kind}: written a moment ago, and not shown yet`);
  }
}

/** Sends effects and remembers what they made, unless GitHub said that it did not. */
export async function rememberMade(
  client: GitHubClient,
  effects: readonly GitHubEffect[],
  now: () => Date,
  send: () => Promise<Written[]>,
): Promise<Written[]> {
  const made = known.get(client) ?? new Map<string, number>();
  known.set(client, made);
  const remember = (some: readonly GitHubEffect[]) => {
    const nowMs = now().getTime();
    for (const effect of some) {
      const key = keyOf(effect);
      if (key !== null) made.set(key, nowMs);
    }
  };
  try {
    const written = await send();
    remember(written.filter(({ fault }) => fault === null).map(({ effect }) => effect));
    return written;
  } catch (error) {
    if (surelyNothing(error, effects)) throw error;
    remember(effects);
    if (!effects.some((effect) => keyOf(effect) !== null)) throw error;
    if (error instanceof Unavailable) throw new Unavailable(error.message, { cause: error, settlesMs: LAG_MS });
    if (!(error instanceof RateLimited)) throw error;
    throw new RateLimited(Math.max(error.untilMs, now().getTime() + LAG_MS), error.message, { cause: error });
  }
}

/** Else some of it may stand: the answer was lost, or a limit was met half-way. */
function surelyNothing(error: unknown, effects: readonly GitHubEffect[]): boolean {
  // Met by the only request, a limit let nothing through: as soon as it is over, all of it may be made.
  return error instanceof Refused || (error instanceof RateLimited && effects.length <= WRITES_AT_ONCE);
}

/** Names what would stand there twice; null for what GitHub itself refuses to make again. */
function keyOf(effect: GitHubEffect): string | null {
  switch (effect.kind) {
    case 'comment.create':
      // Markers are in the first line; what has none is told apart by all that it says.
      return `${effect.subjectId} ${effect.body.startsWith('<!--') ? effect.body.split('\n', 1)[0] : effect.body}`;
    case 'issue.create':
      return `${effect.repoId} ${effect.title}`;
    case 'check.create':
      return effect.first ? `${effect.output.headSha} ${effect.output.name}` : null;
    default:
      return null;
  }
}

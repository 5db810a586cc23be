import { Broken, Refused } from '../github/errors.ts';
import type { Effects, GitHubEffect, LedgerEffect } from '../model/effect.ts';
import { type RepoName, subjectLane } from '../model/repo.ts';
import { checkNotJustMade, rememberMade } from './just-made.ts';
import { labelIds } from './label-ids.ts';
import type { LabelIds } from './mutations.ts';
import { outcomeOf, throwFaults } from './outcome.ts';
import { type Written, write } from './write.ts';
import type { Writing } from './writing.ts';

/** Our work was taken over while we slept: nothing may be written any more. */
export class LeaseLost extends Error {}

/**
 * `again`: the facts have moved; gather anew. Every effect may be repeated.
 * @throws {Unavailable} also when the facts do not show yet what was written a moment ago
 */
export async function apply(effects: Effects, writing: Writing): Promise<'done' | 'again'> {
  const { client, now } = writing;
  checkNotJustMade(client, effects.github, now());
  if (effects.ledger.length > 0 && !(await commit(writing, effects.ledger))) return 'again';
  const { first, rest, explained, swaps, pins } = inOrder(effects.github);
  const send = async (some: readonly GitHubEffect[], labels: LabelIds) =>
    some.length > 0 ? rememberMade(client, some, now, () => write(client, some, labels)) : [];
  const made = await send(first, new Map());
  const labels = await labelIds(made, writing);
  const written = [...made, ...(await send(rest, labels))];
  if (allSaid(written)) written.push(...(await send(explained, labels)));
  written.push(...(await send(safe(swaps, written), labels)));
  await pin(pins, writing);
  const outcomes = written.map(outcomeOf);
  // What must not stand before GitHub has taken its part waits for the next try.
  const after = outcomes.every((outcome) => outcome === 'fine') ? effects.after : [];
  const later = [...remembered(written, writing.repo), ...after, ...(await overtaken(effects, writing))];
  if (later.length > 0) await commit(writing, later);
  throwFaults(written);
  return outcomes.includes('look-again') ? 'again' : 'done';
}

/** @returns false when the facts were stale */
async function commit(writing: Writing, effects: LedgerEffect[]): Promise<boolean> {
  const result = await writing.ledger.commit(writing.lease, effects);
  if (result === 'lease-lost') throw new LeaseLost(`the lease of ${writing.lease.lane} was lost`);
  return result === 'done';
}

type Swap = Extract<GitHubEffect, { kind: 'labels.remove' }>;
type Pin = Extract<GitHubEffect, { kind: 'issue.pin' }>;

/** New labels first: others need their ids. Labels that words explain come after these, those that give way to others last. */
function inOrder(effects: readonly GitHubEffect[]) {
  const order = {
    first: [] as GitHubEffect[],
    rest: [] as GitHubEffect[],
    explained: [] as GitHubEffect[],
    swaps: [] as Swap[],
    pins: [] as Pin[],
  };
  for (const effect of effects) {
    if (effect.kind === 'label.create') order.first.push(effect);
    else if (effect.kind === 'issue.pin') order.pins.push(effect);
    else if (effect.kind === 'labels.remove' && effect.instead) order.swaps.push(effect);
    else if ('explained' in effect && effect.explained) order.explained.push(effect);
    else order.rest.push(effect);
  }
  return order;
}

function allSaid(written: readonly Written[]): boolean {
  return written.every((one) => one.effect.kind !== 'comment.create' || outcomeOf(one) === 'fine');
}

/** Those whose subject got all that was to come in their place: else it would stand in no list at all. */
function safe(swaps: readonly Swap[], written: readonly Written[]): Swap[] {
  const faulty = written.filter((one) => one.fault !== null && outcomeOf(one) !== 'fine');
  const refused = new Set(faulty.flatMap(({ effect }) => (effect.kind === 'labels.add' ? [effect.subjectId] : [])));
  const unmade = faulty.some(({ effect }) => effect.kind === 'label.create');
  return unmade ? [] : swaps.filter(({ subjectId }) => !refused.has(subjectId));
}

/** In a request of its own: what GitHub makes of it concerns nothing else. */
async function pin(pins: readonly Pin[], { client }: Writing): Promise<void> {
  if (pins.length === 0) return;
  try {
    await write(client, pins, new Map());
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Broken)) throw error;
  }
}

function remembered(written: readonly Written[], repo: RepoName): LedgerEffect[] {
  return written.flatMap(({ effect, id }): LedgerEffect[] => {
    if (!('remember' in effect) || effect.remember === null || id === null) return [];
    return [{ kind: 'artefact.remember', repo, ...effect.remember, id }];
  });
}

/**
 * Two lanes may write one card. The ledger's version orders their decisions, but their requests may cross on the
 * way: whoever finds a newer version after writing has the session's lane look once more.
 */
async function overtaken(effects: Effects, writing: Writing): Promise<LedgerEffect[]> {
  const saves = effects.ledger.filter((effect) => effect.kind === 'session.save');
  const wakes: LedgerEffect[] = [];
  for (const { session } of saves) {
    if (!effects.github.some((effect) => effect.kind === 'comment.update')) continue;
    const current = await writing.ledger.session(session.repo, session.number);
    if (current && current.session.version > session.version) {
      wakes.push({ kind: 'wake', lane: subjectLane(session.repo, session.number), why: 'overtaken' });
    }
  }
  return wakes;
}

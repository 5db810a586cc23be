import type { Effects, GitHubEffect, LedgerEffect } from '../model/effect.ts';
import { type RepoName, subjectLane } from '../model/repo.ts';
import { labelIds } from './label-ids.ts';
import { outcomeOf, throwFaults } from './outcome.ts';
import { type Written, write } from './write.ts';
import type { Writing } from './writing.ts';

/** Our work was taken over while we slept: nothing may be written any more. */
export class LeaseLost extends Error {}

/** `again`: the facts have moved; gather anew. Every effect may be repeated. */
export async function apply(effects: Effects, writing: Writing): Promise<'done' | 'again'> {
  if (effects.ledger.length > 0 && !(await commit(writing, effects.ledger))) return 'again';
  const { first, rest } = inOrder(effects.github);
  const made = first.length > 0 ? await write(writing.client, first, new Map()) : [];
  const labels = await labelIds(made, writing);
  const written = [...made, ...(rest.length > 0 ? await write(writing.client, rest, labels) : [])];
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

/** Labels first: others need their ids. */
function inOrder(effects: readonly GitHubEffect[]): { first: GitHubEffect[]; rest: GitHubEffect[] } {
  const first = effects.filter((effect) => effect.kind === 'label.create');
  return { first, rest: effects.filter((effect) => effect.kind !== 'label.create') };
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

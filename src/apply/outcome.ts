/** What a refused write means: already so, look again, or a fault to report. */
import { Refused } from '../github/errors.ts';
import type { GitHubEffect } from '../model/effect.ts';
import type { Written } from './write.ts';

export type Outcome = 'fine' | 'look-again' | 'fault';

export function outcomeOf({ effect, fault }: Written): Outcome {
  if (!fault) return 'fine';
  const { type, message } = fault;
  const missing = type === 'NOT_FOUND';
  // In a locked thread nobody can be told anything: what is missing is said once it is unlocked.
  if (isTalk(effect) && /\blocked\b/i.test(message)) return 'fine';
  switch (effect.kind) {
    case 'label.create':
    case 'branch.create':
      // Made by an earlier try, or by a person.
      return /already (exists|been taken)|has already/i.test(message) ? 'fine' : 'fault';
    case 'commit.create':
      return missing || type === 'STALE_DATA' ? 'look-again' : 'fault';
    case 'pull.create':
      return /already exists/i.test(message) ? 'fine' : 'fault';
    case 'branch.delete':
      return missing || /does not exist/i.test(message) ? 'fine' : 'fault';
    case 'reaction.add':
      // A comment that was deleted needs no thanks.
      return missing ? 'fine' : 'fault';
    case 'check.create':
    case 'check.update':
      // The commit is gone after a force-push; its successor brings an event of its own.
      return missing || /no commit found/i.test(message) ? 'fine' : 'fault';
    default:
      return missing ? 'look-again' : 'fault';
  }
}

function isTalk({ kind }: GitHubEffect): boolean {
  return kind === 'comment.create' || kind === 'comment.update' || kind === 'reaction.add';
}

/** @throws {Refused} naming every write that GitHub did not take */
export function throwFaults(written: readonly Written[]): void {
  const faults = written.filter((one) => outcomeOf(one) === 'fault');
  if (faults.length === 0) return;
  throw new Refused(422, faults.map(({ effect, fault }) => `${effect.kind}: ${fault?.message ?? ''}`).join('; '));
}

/** Why a session moved, in a few words: shown in the card and the record, kept in the ledger. */
import type { SubjectFacts } from '../../model/facts.ts';
import type { Evidence } from '../../model/session.ts';

export const labelled = (type: string): string => `labelled for a ${type} session`;
export const labelledAgain = (): string => 'labelled again';
export const reopened = (): string => 'the issue was reopened';
export const commanded = (): string => 'asked for by command';
export const asked = (): string => 'asked for by label';
export const slotTaken = (fastLane: boolean): string => (fastLane ? 'a fast-lane slot was free' : 'a slot was free');
export const unlabelled = (label: string): string => `the label ${label} was taken off before any work`;
export const mergedAfterAll = (): string => 'its pull request was merged after all';
export const gone = (): string => 'its issue was deleted or moved away';

export function closed(reason: SubjectFacts['closeReason']): string {
  switch (reason) {
    case 'not-planned':
      return 'closed as not planned, without a merged pull request';
    case 'duplicate':
      return 'closed as a duplicate, without a merged pull request';
    default:
      return 'closed as completed, without a merged pull request';
  }
}

export function completed(evidence: Evidence): string {
  return evidence.kind === 'merged' ? `pull request #${evidence.pull} was merged` : `no code to merge: ${evidence.why}`;
}

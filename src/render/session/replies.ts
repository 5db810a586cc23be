/** Replies about labels: what cannot be done, and how to get it done. One comment each, never repeated. */
import type { Hold, SessionState } from '../../model/session.ts';
import { code, quoteText } from '../markdown.ts';
import { holdReason } from './holds.ts';
import { type IllegalMove, whyIllegal } from './illegal-moves.ts';

export type StateRefusal =
  | { because: 'illegal'; move: IllegalMove }
  | { because: 'held'; hold: Hold }
  | { because: 'blocked' }
  | { because: 'no-evidence' }
  | { because: 'criteria-open'; count: number }
  | { because: 'children-open'; count: number }
  | { because: 'full'; active: number; capacity: number; reserve: number };

export function twoTypes(labels: readonly string[]): string {
  const names = labels.map((label) => code(label)).join(' and ');
  return `This issue carries ${names}. A session follows one playbook: take off all but one of them and it starts.`;
}

export function unknownType(label: string, types: readonly string[]): string {
  return `There is no playbook for ${code(label)}, so no session was started. These labels start one: ${types.map((type) => code(type)).join(', ')}.`;
}

export function labelBack(label: string): string {
  return `Work on this session has begun, so ${code(label)} was put back. To give the session up, close the issue or set the state label to abandoned.`;
}

export function whyAbandoned(who: string): string {
  return `${quoteText(who, 40)} gave this session up. Its slot is free and its record kept; say why with \`/session abandon <why>\`, so that the next one need not find out again.`;
}

export function stateRefused(
  who: string,
  from: SessionState,
  to: SessionState,
  refusal: StateRefusal,
  legal: readonly SessionState[],
): string {
  const ways = legal.length === 0 ? 'It stays as it is.' : `From here it can go to ${legal.join(' or ')}.`;
  return `${quoteText(who, 40)} asked for ${to}, but this session stays ${from}: ${reason(refusal)} ${ways}`;
}

function reason(refusal: StateRefusal): string {
  switch (refusal.because) {
    case 'illegal':
      return whyIllegal(refusal.move);
    case 'held':
      return holdReason(refusal.hold);
    case 'blocked':
      return 'it is blocked. Comment `/session unblock` once nothing stands in its way.';
    case 'no-evidence':
      return 'no merged pull request is linked to it. Merge one, or comment `/session complete --no-code <why>`.';
    case 'criteria-open':
      return `${refusal.count} acceptance ${refusal.count === 1 ? 'criterion is' : 'criteria are'} open. Tick them first, in the description or the playbook comment; \`/session waive criteria <why>\` lifts them.`;
    case 'children-open':
      return `${refusal.count} ${refusal.count === 1 ? 'sub-session is' : 'sub-sessions are'} open. It completes after them.`;
    case 'full':
      return `${refusal.active} of ${refusal.capacity} slots are taken${refusal.reserve > 0 ? ` and ${refusal.reserve} kept for the fast lane` : ''}. It starts by itself when one is free.`;
  }
}

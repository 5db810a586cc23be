/** `label`: one of ours was renamed or deleted in the repository's list, and has to be made again. */
import { at, text } from '../read.ts';
import type { Reader } from './delivery.ts';
import { addressed } from './delivery.ts';

const OUR_PREFIXES = ['session:', 'state:'];

export const readLabel: Reader = (delivery) => {
  if (delivery.action !== 'deleted' && delivery.action !== 'edited') return [];
  const names = [text(at(delivery.payload, 'label', 'name')), text(at(delivery.payload, 'changes', 'name', 'from'))];
  const ours = names.some((name) => name !== null && OUR_PREFIXES.some((prefix) => name.startsWith(prefix)));
  if (!ours) return [];
  return addressed(delivery, { to: 'board' }, { kind: 'board', reason: 'label-deleted', sender: delivery.sender });
};

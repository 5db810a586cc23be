/** `issues`: the issue may have changed. */
import { at, labelNames } from '../read.ts';
import type { Reader } from './delivery.ts';
import { addressed, labelMove, subjectAddress } from './delivery.ts';

/** Nothing that Playcaller shows or decides by. */
const WITHOUT_MEANING = new Set([
  'assigned',
  'unassigned',
  'pinned',
  'unpinned',
  'milestoned',
  'demilestoned',
  'typed',
  'untyped',
]);

export const readIssues: Reader = (delivery) => {
  if (WITHOUT_MEANING.has(delivery.action)) return [];
  const issue = at(delivery.payload, 'issue');
  const move = labelMove(delivery);
  const labels = labelNames(issue);
  // A label taken off is no longer on the issue, and yet it is why we look.
  if (move && !labels.includes(move.label)) labels.push(move.label);
  return addressed(delivery, subjectAddress(issue), {
    kind: 'change',
    event: delivery.name,
    sender: delivery.sender,
    labels,
    isPull: typeof at(issue, 'pull_request') === 'object',
    ...(move ? { labelMove: move } : {}),
  });
};

/** `issues`: the issue may have changed. */
import type { Addressed } from '../../model/trigger.ts';
import { at, labelNames, text } from '../read.ts';
import type { Delivery, Reader } from './delivery.ts';
import { addressed, labelMove, seenAt, subjectAddress } from './delivery.ts';

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
  return [
    ...toParent(delivery, issue),
    ...addressed(delivery, subjectAddress(issue), {
      kind: 'change',
      event: delivery.name,
      sender: delivery.sender,
      labels,
      isPull: typeof at(issue, 'pull_request') === 'object',
      ...seenAt(delivery, issue),
      ...(move ? { labelMove: move } : {}),
    }),
  ];
};

/** What a parent's card shows of a sub-issue that carries no session of its own. */
const SHOWN_BY_PARENT = new Set(['closed', 'reopened', 'edited', 'deleted', 'transferred']);

function toParent(delivery: Delivery, issue: unknown): Addressed[] {
  if (!SHOWN_BY_PARENT.has(delivery.action)) return [];
  const url = text(at(issue, 'parent_issue_url')) ?? '';
  const [, repo, number] = /\/repos\/([^/]+\/[^/]+)\/issues\/(\d+)$/.exec(url) ?? [];
  if (repo !== delivery.repo) return [];
  const input = { kind: 'change' as const, event: 'sub_issues.changed', sender: delivery.sender, labels: [], isPull: false };
  return addressed(delivery, { to: 'subject', number: Number(number) }, input);
}

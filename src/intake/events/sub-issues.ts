/** `sub_issues`: an issue was hung below another, or taken from there; the parent's card shows it (L10). */
import { at, labelNames } from '../read.ts';
import type { Reader } from './delivery.ts';
import { addressed, subjectAddress } from './delivery.ts';

/** Of the two that GitHub sends, the one in the parent's repository. */
export const readSubIssues: Reader = (delivery) => {
  if (delivery.action !== 'sub_issue_added' && delivery.action !== 'sub_issue_removed') return [];
  const parent = at(delivery.payload, 'parent_issue');
  const { name: event, sender } = delivery;
  return addressed(delivery, subjectAddress(parent), {
    kind: 'change',
    event,
    sender,
    labels: labelNames(parent),
    isPull: false,
  });
};

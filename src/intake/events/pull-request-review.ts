/** `pull_request_review`: an approval was given or taken away, and the gate counts approvals (G2). */
import { at, labelNames, text } from '../read.ts';
import type { Reader } from './delivery.ts';
import { addressed, subjectAddress } from './delivery.ts';

const WITH_MEANING = new Set(['submitted', 'edited', 'dismissed']);

export const readPullRequestReview: Reader = (delivery) => {
  if (!WITH_MEANING.has(delivery.action)) return [];
  // Words alone change nobody's opinion.
  if (at(delivery.payload, 'review', 'state') === 'commented') return [];
  const pull = at(delivery.payload, 'pull_request');
  return addressed(delivery, subjectAddress(pull, text(at(pull, 'head', 'sha'))), {
    kind: 'change',
    event: delivery.name,
    sender: delivery.sender,
    labels: labelNames(pull),
    isPull: true,
  });
};

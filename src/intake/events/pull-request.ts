/** `pull_request`: the pull request may have changed. */
import type { Pushed } from '../../model/trigger.ts';
import { at, labelNames, text } from '../read.ts';
import type { Reader } from './delivery.ts';
import { addressed, labelMove, seenAt, subjectAddress } from './delivery.ts';

/** What the gate or a session can depend on; reviews asked for, assignees and milestones are not among it. */
const WITH_MEANING = new Set([
  'opened',
  'edited',
  'synchronize',
  'reopened',
  'closed',
  'labeled',
  'unlabeled',
  'ready_for_review',
  'converted_to_draft',
  'enqueued',
  'dequeued',
  'locked',
  'unlocked',
]);

/** With these a head comes that nobody has looked at. */
const WITH_COMMITS = new Set(['opened', 'synchronize', 'reopened']);

export const readPullRequest: Reader = (delivery) => {
  if (!WITH_MEANING.has(delivery.action)) return [];
  const pull = at(delivery.payload, 'pull_request');
  const move = labelMove(delivery);
  const labels = labelNames(pull);
  if (move && !labels.includes(move.label)) labels.push(move.label);
  return addressed(delivery, subjectAddress(pull, text(at(pull, 'head', 'sha'))), {
    kind: 'change',
    event: delivery.name,
    sender: delivery.sender,
    labels,
    isPull: true,
    ...seenAt(delivery, pull),
    ...pushed(delivery.action, pull),
    ...(move ? { labelMove: move } : {}),
  });
};

function pushed(action: string, pull: unknown): { pushed?: Pushed } {
  const [headSha, baseRef] = [text(at(pull, 'head', 'sha')), text(at(pull, 'base', 'ref'))];
  return WITH_COMMITS.has(action) && headSha !== null && baseRef !== null ? { pushed: { headSha, baseRef } } : {};
}

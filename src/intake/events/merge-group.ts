/** `merge_group`: a merge queue tries a pull request out on top of its base, or has ended to (G5). */
import type { MergeGroup } from '../../model/session.ts';
import { at, text } from '../read.ts';
import type { Reader } from './delivery.ts';
import { addressed } from './delivery.ts';

/** The only place where the payload names the pull request; a base may have slashes, too. */
const QUEUE_REF = /^refs\/heads\/gh-readonly-queue\/.+\/pr-([1-9]\d{0,9})-[0-9a-f]{40,64}$/;

export const readMergeGroup: Reader = (delivery) => {
  const ended = delivery.action === 'destroyed';
  if (!ended && delivery.action !== 'checks_requested') return [];
  const group = at(delivery.payload, 'merge_group');
  const headSha = text(at(group, 'head_sha'));
  const headRef = text(at(group, 'head_ref'));
  const number = headRef === null ? null : numberIn(headRef);
  if (headSha === null || headRef === null || number === null) return [];
  const told: MergeGroup = { headSha, headRef };
  // Events of checks on the group's commit find the pull request by it.
  return addressed(
    delivery,
    { to: 'subject', number, ...(ended ? {} : { headSha }) },
    {
      kind: 'change',
      event: delivery.name,
      sender: delivery.sender,
      labels: [],
      isPull: true,
      group: { ...told, ended },
    },
  );
};

function numberIn(headRef: string): number | null {
  const [, digits] = QUEUE_REF.exec(headRef) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** A delivery → what it says and to which lane; nothing at all for what does not concern us (A5: 0 calls). */
import type { Addressed } from '../model/trigger.ts';
import { readCheckRun, readCheckSuite, readStatus } from './events/checks.ts';
import type { Delivery, OwnIdentity, Reader } from './events/delivery.ts';
import { isOwnBot, readDelivery } from './events/delivery.ts';
import { readInstallation, readInstallationRepositories } from './events/installation.ts';
import { readIssueComment } from './events/issue-comment.ts';
import { readIssues } from './events/issues.ts';
import { readLabel } from './events/label.ts';
import { readMergeGroup } from './events/merge-group.ts';
import { readPullRequest } from './events/pull-request.ts';
import { readPullRequestReview } from './events/pull-request-review.ts';
import { readPush } from './events/push.ts';
import { readRepository } from './events/repository.ts';
import { readSubIssues } from './events/sub-issues.ts';
import { at } from './read.ts';

/** By the name of the event, as GitHub sends it. */
export const READERS: Record<string, Reader> = {
  check_run: readCheckRun,
  check_suite: readCheckSuite,
  installation: readInstallation,
  installation_repositories: readInstallationRepositories,
  issue_comment: readIssueComment,
  issues: readIssues,
  label: readLabel,
  merge_group: readMergeGroup,
  pull_request: readPullRequest,
  pull_request_review: readPullRequestReview,
  push: readPush,
  repository: readRepository,
  status: readStatus,
  sub_issues: readSubIssues,
};

/** Pure; never throws, whatever `payload` holds. */
export function toInputs(event: string, payload: unknown, own: OwnIdentity): Addressed[] {
  const reader = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  if (!reader) return [];
  const delivery = readDelivery(event, payload, own);
  return isEcho(delivery) ? [] : reader(delivery);
}

/** Our own write, come back. The app that made an object stays named on it, so only its birth tells about the sender. */
function isEcho(delivery: Delivery): boolean {
  const { payload, action } = delivery;
  // What we open begins a life of its own: an issue with a session's label, a pull request to be gated.
  if (delivery.name === 'issues.opened' || delivery.name === 'pull_request.opened') return false;
  const born = action === 'created' || action === 'opened';
  const via = ['comment', 'issue', 'pull_request'].map((name) => at(payload, name, 'performed_via_github_app')).find(Boolean);
  return isOwnBot(delivery.own, at(payload, 'sender'), born ? via : null);
}

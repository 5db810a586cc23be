/** What may be changed on issues and pull requests alike: labels, assignees, milestone, locks. */
import type {
  AddAssigneesToAssignableInput,
  LockLockableInput,
  LockReason,
  RemoveAssigneesFromAssignableInput,
  UnlockLockableInput,
} from '@octokit/graphql-schema';
import * as actions from '../../actions/index.ts';
import type { Issue } from '../../state/issues.ts';
import type { Repository } from '../../state/repository.ts';
import type { Context } from '../context.ts';
import { unknownId } from '../errors.ts';
import { needAccounts, needNode } from '../lookup.ts';
import { actorNode } from '../resolvers/account.ts';
import type { Fields } from '../types.ts';
import { labelNames } from './labels.ts';
import { mutation } from './mutation.ts';

interface ThreadInput {
  labelIds?: readonly string[] | null;
  assigneeIds?: readonly string[] | null;
  milestoneId?: string | null;
}

/** Ids turned into what the actions take. A milestone that is null is taken off, one that is left out stays. */
export function threadChange(
  context: Context,
  repo: Repository,
  input: ThreadInput,
): { labels?: string[]; assignees?: string[]; milestone?: number | null } {
  const change: ReturnType<typeof threadChange> = {};
  if (input.labelIds) change.labels = labelNames(context, repo, input.labelIds);
  if (input.assigneeIds) change.assignees = needAccounts(context, input.assigneeIds).map((node) => node.account.login);
  if (input.milestoneId) {
    const node = needNode(context, input.milestoneId, 'Milestone');
    if (node.repo !== repo) throw unknownId(input.milestoneId);
    change.milestone = node.milestone.number;
  } else if (input.milestoneId === null) change.milestone = null;
  return change;
}

const lockReasons: Record<LockReason, NonNullable<Issue['lockReason']>> = {
  OFF_TOPIC: 'off-topic',
  RESOLVED: 'resolved',
  SPAM: 'spam',
  TOO_HEATED: 'too heated',
};

export const threadMutations: Fields<unknown> = {
  lockLockable: mutation<LockLockableInput>((input, context, ...by) => {
    const node = needNode(context, input.lockableId, 'Issue', 'PullRequest');
    actions.lock(...by, node.repo, node.issue, input.lockReason ? lockReasons[input.lockReason] : null);
    return { lockedRecord: node, actor: actorNode(context, context.login) };
  }),
  unlockLockable: mutation<UnlockLockableInput>((input, context, ...by) => {
    const node = needNode(context, input.lockableId, 'Issue', 'PullRequest');
    actions.unlock(...by, node.repo, node.issue);
    return { unlockedRecord: node, actor: actorNode(context, context.login) };
  }),
  addAssigneesToAssignable: mutation<AddAssigneesToAssignableInput>((input, context, ...by) => {
    const node = needNode(context, input.assignableId, 'Issue', 'PullRequest');
    const logins = needAccounts(context, input.assigneeIds).map((one) => one.account.login);
    actions.addAssignees(...by, node.repo, node.issue, logins);
    return { assignable: node };
  }),
  removeAssigneesFromAssignable: mutation<RemoveAssigneesFromAssignableInput>((input, context, ...by) => {
    const node = needNode(context, input.assignableId, 'Issue', 'PullRequest');
    const logins = needAccounts(context, input.assigneeIds).map((one) => one.account.login);
    actions.removeAssignees(...by, node.repo, node.issue, logins);
    return { assignable: node };
  }),
};

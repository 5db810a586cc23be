/** Issues: opening, editing, closing, pinning, and their families. */
import type {
  CloseIssueInput,
  CreateIssueInput,
  DeleteIssueInput,
  PinIssueInput,
  ReopenIssueInput,
  TransferIssueInput,
  UnpinIssueInput,
  UpdateIssueInput,
} from '@octokit/graphql-schema';
import * as actions from '../../actions/index.ts';
import type { Context } from '../context.ts';
import { unknownId, unprocessable } from '../errors.ts';
import { needNode } from '../lookup.ts';
import { type IssueNode, issueNode, repoNode } from '../nodes.ts';
import { actorNode } from '../resolvers/account.ts';
import type { Fields } from '../types.ts';
import { given, mutation } from './mutation.ts';
import { threadChange } from './thread-change.ts';

/** Inputs that the published schema has and its published types still lack. */
interface AddSubIssueInput {
  issueId: string;
  subIssueId?: string | null;
  subIssueUrl?: string | null;
  replaceParent?: boolean | null;
}
interface RemoveSubIssueInput {
  issueId: string;
  subIssueId: string;
}
type NewIssueInput = CreateIssueInput & { parentIssueId?: string | null };
type ClosingInput = CloseIssueInput & { duplicateIssueId?: string | null };

/** The sub-issue by id, or by its address. */
function subIssue(context: Context, input: AddSubIssueInput): IssueNode {
  if (input.subIssueId) return needNode(context, input.subIssueId, 'Issue');
  const [, owner, name, number] = /\/([^/]+)\/([^/]+)\/issues\/(\d+)$/.exec(input.subIssueUrl ?? '') ?? [];
  for (const repo of context.world.repositories.values()) {
    const issue = repo.ownerLogin === owner && repo.name === name ? repo.issues.get(Number(number)) : undefined;
    if (issue) return issueNode(repo, issue);
  }
  throw input.subIssueUrl ? unknownId(input.subIssueUrl) : unprocessable('Either subIssueId or subIssueUrl must be given.');
}

const family: Fields<unknown> = {
  addSubIssue: mutation<AddSubIssueInput>((input, context, ...by) => {
    const parent = needNode(context, input.issueId, 'Issue');
    const child = subIssue(context, input);
    actions.addSubIssue(...by, parent.repo, parent.issue, child.issue.id, input.replaceParent ?? false);
    return { issue: parent, subIssue: child };
  }),
  removeSubIssue: mutation<RemoveSubIssueInput>((input, context, ...by) => {
    const parent = needNode(context, input.issueId, 'Issue');
    const child = needNode(context, input.subIssueId, 'Issue');
    actions.removeSubIssue(...by, parent.repo, parent.issue, child.issue.id);
    return { issue: parent, subIssue: child };
  }),
};

const pins: Fields<unknown> = {
  pinIssue: mutation<PinIssueInput>((input, context, ...by) => {
    const node = needNode(context, input.issueId, 'Issue');
    actions.pinIssue(...by, node.repo, node.issue);
    return { issue: node };
  }),
  unpinIssue: mutation<UnpinIssueInput>((input, context, ...by) => {
    const node = needNode(context, input.issueId, 'Issue');
    actions.unpinIssue(...by, node.repo, node.issue);
    return { id: input.issueId, issue: node };
  }),
};

const reasons = { COMPLETED: 'completed', NOT_PLANNED: 'not_planned', DUPLICATE: 'duplicate' } as const;

export const issueMutations: Fields<unknown> = {
  ...family,
  ...pins,
  createIssue: mutation<NewIssueInput>((input, context, ...by) => {
    const { repo } = needNode(context, input.repositoryId, 'Repository');
    const parent = input.parentIssueId ? needNode(context, input.parentIssueId, 'Issue') : null;
    const { labels, assignees, milestone } = threadChange(context, repo, input);
    const issue = actions.createIssue(...by, repo, { title: input.title, body: given(input.body), labels, assignees, milestone });
    if (parent) actions.addSubIssue(...by, parent.repo, parent.issue, issue.id, false);
    return { issue: issueNode(repo, issue) };
  }),
  updateIssue: mutation<UpdateIssueInput>((input, context, ...by) => {
    const node = needNode(context, input.id, 'Issue');
    const state = input.state ? (input.state === 'OPEN' ? 'open' : 'closed') : undefined;
    const { title, body } = input;
    const rest = threadChange(context, node.repo, input);
    actions.updateIssue(...by, node.repo, node.issue, { title: given(title), body: given(body), state, ...rest });
    return { issue: node, actor: actorNode(context, context.login) };
  }),
  closeIssue: mutation<ClosingInput>((input, context, ...by) => {
    const node = needNode(context, input.issueId, 'Issue');
    if (input.duplicateIssueId) needNode(context, input.duplicateIssueId, 'Issue', 'PullRequest');
    const stateReason = reasons[input.stateReason ?? 'COMPLETED'];
    actions.updateIssue(...by, node.repo, node.issue, { state: 'closed', stateReason });
    return { issue: node };
  }),
  reopenIssue: mutation<ReopenIssueInput>((input, context, ...by) => {
    const node = needNode(context, input.issueId, 'Issue');
    actions.updateIssue(...by, node.repo, node.issue, { state: 'open' });
    return { issue: node };
  }),
  transferIssue: mutation<TransferIssueInput>((input, context, ...by) => {
    const node = needNode(context, input.issueId, 'Issue');
    const { repo } = needNode(context, input.repositoryId, 'Repository');
    return { issue: issueNode(repo, actions.transferIssue(...by, node.repo, node.issue, repo)) };
  }),
  deleteIssue: mutation<DeleteIssueInput>((input, context, ...by) => {
    const node = needNode(context, input.issueId, 'Issue');
    actions.deleteIssue(...by, node.repo, node.issue);
    return { repository: repoNode(node.repo) };
  }),
};

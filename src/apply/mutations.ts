/** Each GitHub effect as one field of a GraphQL mutation, with its typed input. */
import type { CheckOutput, GitHubEffect } from '../model/effect.ts';
import type {
  AddCommentInput,
  AddLabelsToLabelableInput,
  AddReactionInput,
  CheckAnnotationLevel,
  CheckRunOutput,
  CreateCheckRunInput,
  CreateCommitOnBranchInput,
  CreateIssueInput,
  CreateLabelInput,
  CreatePullRequestInput,
  CreateRefInput,
  DeleteRefInput,
  PinIssueInput,
  RemoveLabelsFromLabelableInput,
  UpdateCheckRunInput,
  UpdateIssueCommentInput,
  UpdateIssueInput,
  UpdatePullRequestInput,
} from './generated/graphql.ts';

/** @typeParam I the input's type in the published schema */
interface Mutation<I extends object> {
  field: string;
  type: string;
  input: I;
  select: string;
}

/** Ids of labels by their name in lower case. */
export type LabelIds = ReadonlyMap<string, string>;

const LEVELS: Record<string, CheckAnnotationLevel> = { failure: 'FAILURE', warning: 'WARNING', notice: 'NOTICE' };
const REACTIONS = { eyes: 'EYES', rocket: 'ROCKET', confused: 'CONFUSED' } as const;

export function mutationOf(effect: GitHubEffect, labels: LabelIds): Mutation<object> {
  switch (effect.kind) {
    case 'label.create':
      return make<CreateLabelInput>('createLabel', 'CreateLabelInput', pick(effect), 'label { id }');
    case 'labels.add':
      return make<AddLabelsToLabelableInput>(
        'addLabelsToLabelable',
        'AddLabelsToLabelableInput',
        { labelableId: effect.subjectId, labelIds: ids(effect.labels, labels) },
        'clientMutationId',
      );
    case 'labels.remove':
      return make<RemoveLabelsFromLabelableInput>(
        'removeLabelsFromLabelable',
        'RemoveLabelsFromLabelableInput',
        { labelableId: effect.subjectId, labelIds: ids(effect.labels, labels) },
        'clientMutationId',
      );
    case 'branch.create':
      return make<CreateRefInput>(
        'createRef',
        'CreateRefInput',
        { repositoryId: effect.repoId, name: `refs/heads/${effect.name}`, oid: effect.sha },
        'ref { id }',
      );
    case 'commit.create':
      return make<CreateCommitOnBranchInput>(
        'createCommitOnBranch',
        'CreateCommitOnBranchInput',
        {
          branch: { repositoryNameWithOwner: effect.repo, branchName: effect.branch },
          expectedHeadOid: effect.expected,
          message: { headline: effect.headline },
          fileChanges: {
            additions: effect.files.map(({ path, content }) => ({ path, contents: Buffer.from(content).toString('base64') })),
          },
        },
        'commit { oid }',
      );
    case 'pull.create': {
      const { repoId, base, head, title, body } = effect;
      return make<CreatePullRequestInput>(
        'createPullRequest',
        'CreatePullRequestInput',
        { repositoryId: repoId, baseRefName: base, headRefName: head, title, body },
        'pullRequest { id }',
      );
    }
    case 'pull.update':
      return make<UpdatePullRequestInput>(
        'updatePullRequest',
        'UpdatePullRequestInput',
        { pullRequestId: effect.pullId, body: effect.body },
        'pullRequest { id }',
      );
    case 'branch.delete':
      return make<DeleteRefInput>('deleteRef', 'DeleteRefInput', { refId: effect.refId }, 'clientMutationId');
    case 'comment.create':
      return make<AddCommentInput>(
        'addComment',
        'AddCommentInput',
        { subjectId: effect.subjectId, body: effect.body },
        'commentEdge { node { id } }',
      );
    case 'comment.update':
      return make<UpdateIssueCommentInput>(
        'updateIssueComment',
        'UpdateIssueCommentInput',
        { id: effect.commentId, body: effect.body },
        'issueComment { id }',
      );
    case 'issue.create':
      return make<CreateIssueInput>(
        'createIssue',
        'CreateIssueInput',
        {
          repositoryId: effect.repoId,
          title: effect.title,
          body: effect.body,
          labelIds: ids(effect.labels, labels),
          parentIssueId: effect.parentId,
        },
        'issue { id }',
      );
    case 'issue.update': {
      const state = effect.state === undefined ? undefined : effect.state === 'open' ? 'OPEN' : 'CLOSED';
      return make<UpdateIssueInput>(
        'updateIssue',
        'UpdateIssueInput',
        { id: effect.issueId, body: effect.body, state },
        'issue { id }',
      );
    }
    case 'issue.pin':
      return make<PinIssueInput>('pinIssue', 'PinIssueInput', { issueId: effect.issueId }, 'issue { id }');
    case 'reaction.add':
      return make<AddReactionInput>(
        'addReaction',
        'AddReactionInput',
        { subjectId: effect.subjectId, content: REACTIONS[effect.content] },
        'reaction { id }',
      );
    case 'check.create': {
      const { name, headSha } = effect.output;
      const input = { repositoryId: effect.repoId, name, headSha, ...shown(effect.output, true) };
      return make<CreateCheckRunInput>('createCheckRun', 'CreateCheckRunInput', input, 'checkRun { id }');
    }
    case 'check.update': {
      const input = {
        repositoryId: effect.repoId,
        checkRunId: effect.checkId,
        ...shown(effect.output, effect.annotate ?? false),
      };
      return make<UpdateCheckRunInput>('updateCheckRun', 'UpdateCheckRunInput', input, 'checkRun { id }');
    }
  }
}

function make<I extends object>(field: string, type: string, input: I, select: string): Mutation<I> {
  return { field, type, input, select };
}

function pick(effect: Extract<GitHubEffect, { kind: 'label.create' }>): CreateLabelInput {
  const { repoId, name, color, description } = effect;
  return { repositoryId: repoId, name, color, description };
}

function ids(wanted: readonly { name: string; id: string | null }[], known: LabelIds): string[] {
  return wanted.flatMap(({ name, id }) => id ?? known.get(name.toLowerCase()) ?? []);
}

/** GitHub adds annotations to those that stand there, so they are sent once. */
function shown(output: CheckOutput, annotate: boolean) {
  const body: CheckRunOutput = { title: output.title, summary: output.summary, text: output.text };
  if (annotate && output.annotations.length > 0) {
    body.annotations = output.annotations.map(({ path, line, level, title, message }) => ({
      path,
      location: { startLine: line, endLine: line },
      annotationLevel: LEVELS[level] ?? 'NOTICE',
      title,
      message,
    }));
  }
  const conclusions = { success: 'SUCCESS', failure: 'FAILURE', neutral: 'NEUTRAL', cancelled: 'CANCELLED' } as const;
  return {
    status: output.status === 'completed' ? ('COMPLETED' as const) : ('IN_PROGRESS' as const),
    conclusion: output.conclusion === null ? undefined : conclusions[output.conclusion],
    externalId: output.externalId,
    detailsUrl: output.detailsUrl ?? undefined,
    output: body,
    ...(output.actions ? { actions: output.actions } : {}),
  };
}

/** Comments and reactions. */
import type {
  AddCommentInput,
  AddReactionInput,
  DeleteIssueCommentInput,
  MinimizeCommentInput,
  RemoveReactionInput,
  UnminimizeCommentInput,
  UpdateIssueCommentInput,
} from '@octokit/graphql-schema';
import * as actions from '../../actions/index.ts';
import type { Comment, Issue } from '../../state/issues.ts';
import type { Context } from '../context.ts';
import { needNode } from '../lookup.ts';
import { commentNode, type ReactionSubject } from '../nodes.ts';
import { reactionContent, reactionGroups, reactionNode } from '../resolvers/reaction.ts';
import type { Fields } from '../types.ts';
import { mutation } from './mutation.ts';

function reactionSubject(context: Context, id: string): { node: ReactionSubject; issue: Issue; subject: Issue | Comment } {
  const node = needNode(context, id, 'Issue', 'PullRequest', 'IssueComment');
  if (node.__typename !== 'IssueComment') return { node, issue: node.issue, subject: node.issue };
  return { node, issue: actions.issueOfComment(node.repo, node.comment), subject: node.comment };
}

export const commentMutations: Fields<unknown> = {
  addComment: mutation<AddCommentInput>((input, context, ...by) => {
    const subject = needNode(context, input.subjectId, 'Issue', 'PullRequest');
    const comment = actions.createComment(...by, subject.repo, subject.issue, input.body);
    const edge = { cursor: Buffer.from(`cursor:v2:${comment.id}`).toString('base64'), node: commentNode(subject.repo, comment) };
    return { subject, commentEdge: edge, timelineEdge: edge };
  }),
  updateIssueComment: mutation<UpdateIssueCommentInput>((input, context, ...by) => {
    const { repo, comment } = needNode(context, input.id, 'IssueComment');
    return { issueComment: commentNode(repo, actions.updateComment(...by, repo, comment, input.body)) };
  }),
  deleteIssueComment: mutation<DeleteIssueCommentInput>((input, context, ...by) => {
    const { repo, comment } = needNode(context, input.id, 'IssueComment');
    actions.deleteComment(...by, repo, comment);
    return {};
  }),
  minimizeComment: mutation<MinimizeCommentInput>((input, context, ...by) => {
    const node = needNode(context, input.subjectId, 'IssueComment');
    actions.minimizeComment(...by, node.repo, node.comment, input.classifier.toLowerCase().replaceAll('_', '-'));
    return { minimizedComment: node };
  }),
  unminimizeComment: mutation<UnminimizeCommentInput>((input, context, ...by) => {
    const node = needNode(context, input.subjectId, 'IssueComment');
    actions.minimizeComment(...by, node.repo, node.comment, null);
    return { unminimizedComment: node };
  }),
  addReaction: mutation<AddReactionInput>((input, context, ...by) => {
    const { node, issue, subject } = reactionSubject(context, input.subjectId);
    const { reaction } = actions.addReaction(...by, node.repo, issue, subject, reactionContent(input.content));
    return { subject: node, reaction: reactionNode(node, reaction), reactionGroups: reactionGroups(node, context) };
  }),
  removeReaction: mutation<RemoveReactionInput>((input, context, ...by) => {
    const { node, issue, subject } = reactionSubject(context, input.subjectId);
    const content = reactionContent(input.content);
    const mine = subject.reactions.find((one) => one.content === content && context.isAuthor(one.user));
    if (mine) actions.removeReaction(...by, node.repo, issue, subject, mine.id);
    return { subject: node, reaction: mine ? reactionNode(node, mine) : null, reactionGroups: reactionGroups(node, context) };
  }),
};

/** `issue_comment`: a command of a person, or a person's tick in a comment of ours (L7). */
import type { Addressed, ChangeInput } from '../../model/trigger.ts';
import { at, labelNames, text } from '../read.ts';
import type { Delivery, Reader } from './delivery.ts';
import { addressed, isOwnBot, seenAt, subjectAddress } from './delivery.ts';

/** A cheap sign; the command's own parser leaves out code, quotes and comments. */
const COMMAND_LINE = /^[ \t]*\/session\b/m;
const OUR_MARKER = '<!-- playcaller:';

export const readIssueComment: Reader = (delivery) => {
  const comment = at(delivery.payload, 'comment');
  const body = text(at(comment, 'body')) ?? '';
  if (isOurs(delivery, comment, body)) return readOwnComment(delivery, comment, body);
  const person = !delivery.senderIsBot && at(comment, 'user', 'type') !== 'Bot';
  const written = delivery.action === 'created' || delivery.action === 'edited';
  return person && written && COMMAND_LINE.test(body) ? readCommand(delivery, comment, body) : [];
};

function isOurs(delivery: Delivery, comment: unknown, body: string): boolean {
  // An edit can take the marker away; then the text before it still shows whose comment this was.
  const before = text(at(delivery.payload, 'changes', 'body', 'from')) ?? '';
  const marked = body.includes(OUR_MARKER) || before.includes(OUR_MARKER);
  return marked && isOwnBot(delivery.own, at(comment, 'user'), at(comment, 'performed_via_github_app'));
}

function readOwnComment(delivery: Delivery, comment: unknown, body: string): Addressed[] {
  const commentId = text(at(comment, 'node_id'));
  if (commentId === null) return [];
  if (delivery.action === 'deleted') return change(delivery, {});
  return delivery.action === 'edited'
    ? change(delivery, { edit: { commentId, body, before: text(at(delivery.payload, 'changes', 'body', 'from')) } })
    : [];
}

function change(delivery: Delivery, more: Partial<ChangeInput>): Addressed[] {
  const issue = at(delivery.payload, 'issue');
  return addressed(delivery, subjectAddress(issue), {
    kind: 'change',
    event: delivery.name,
    sender: delivery.sender,
    labels: labelNames(issue),
    isPull: isPull(issue),
    ...seenAt(delivery, issue),
    ...more,
  });
}

function readCommand(delivery: Delivery, comment: unknown, body: string): Addressed[] {
  const issue = at(delivery.payload, 'issue');
  const commentId = text(at(comment, 'node_id'));
  // Whoever wrote these words last gave the command: people with write access can edit another's comment.
  const author = delivery.sender;
  if (commentId === null || author === null) return [];
  return addressed(delivery, subjectAddress(issue), {
    kind: 'command',
    commentId,
    body,
    author,
    isPull: isPull(issue),
    labels: labelNames(issue),
    ...seenAt(delivery, issue),
  });
}

function isPull(issue: unknown): boolean {
  return typeof at(issue, 'pull_request') === 'object';
}

/** Comments in the thread of an issue or pull request, and reactions. */
import { appIdOf, atLeast, loginOf, mustWrite, permissionOf } from '../access.ts';
import { checkLength, invalid, notFound, SandboxError } from '../error.ts';
import { commentJson, issueJson } from '../payload/issue.ts';
import type { Json } from '../payload/json.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Comment, Issue, Reaction } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import { scopeOf } from './common.ts';
import { bodyLimit } from './issues.ts';

function emitComment(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  comment: Comment,
  action: string,
  extra: Json = {},
): void {
  const { world } = sandbox;
  const payload = { issue: issueJson(world, repo, issue), comment: commentJson(world, repo, issue, comment), ...extra };
  sandbox.emit({ event: 'issue_comment', action, repo, actor, payload });
}

function checkBody(body: string): void {
  if (body.trim() === '') throw invalid('IssueComment', 'body', 'missing_field', "body can't be blank");
  checkLength('IssueComment', 'body', body, bodyLimit);
}

/** @throws 403 for a locked thread unless a person with write access comments. */
function mustNotBeLocked(actor: Actor, repo: Repository, issue: Issue, what: string): void {
  if (!issue.locked) return;
  if (actor.kind === 'user' && atLeast(permissionOf(repo, actor.login), 'write')) return;
  throw new SandboxError(403, `Unable to create ${what} because issue is locked.`);
}

export function createComment(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, body: string): Comment {
  mustWrite(sandbox.world, actor, repo, 'read', scopeOf(issue));
  mustNotBeLocked(actor, repo, issue, 'comment');
  checkBody(body);
  const now = sandbox.now();
  const comment: Comment = {
    id: sandbox.nextId(),
    issueNumber: issue.number,
    user: loginOf(sandbox.world, actor),
    appId: appIdOf(actor),
    body,
    createdAt: now,
    updatedAt: now,
    lastEditor: null,
    lastEditedAt: null,
    minimizedReason: null,
    reactions: [],
  };
  repo.comments.set(comment.id, comment);
  issue.updatedAt = now;
  emitComment(sandbox, actor, repo, issue, comment, 'created');
  return comment;
}

/** @throws 404 for a comment whose issue is gone. */
export function issueOfComment(repo: Repository, comment: Comment): Issue {
  const issue = repo.issues.get(comment.issueNumber);
  if (!issue) throw notFound();
  return issue;
}

/** Authors edit their own, people with write access everybody's. */
export function updateComment(sandbox: Sandbox, actor: Actor, repo: Repository, comment: Comment, body: string): Comment {
  const issue = issueOfComment(repo, comment);
  const own = comment.user === loginOf(sandbox.world, actor);
  mustWrite(sandbox.world, actor, repo, own ? 'read' : 'write', scopeOf(issue));
  checkBody(body);
  if (comment.body === body) return comment;
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = sandbox.now();
  comment.lastEditor = loginOf(sandbox.world, actor);
  comment.lastEditedAt = comment.updatedAt;
  issue.updatedAt = comment.updatedAt;
  emitComment(sandbox, actor, repo, issue, comment, 'edited', { changes: { body: { from } } });
  return comment;
}

export function deleteComment(sandbox: Sandbox, actor: Actor, repo: Repository, comment: Comment): void {
  const issue = issueOfComment(repo, comment);
  const own = comment.user === loginOf(sandbox.world, actor);
  mustWrite(sandbox.world, actor, repo, own ? 'read' : 'write', scopeOf(issue));
  repo.comments.delete(comment.id);
  issue.updatedAt = sandbox.now();
  emitComment(sandbox, actor, repo, issue, comment, 'deleted');
}

/** Hides it (`outdated`, `resolved`, …); null shows it again. No webhook, as on GitHub. */
export function minimizeComment(sandbox: Sandbox, actor: Actor, repo: Repository, comment: Comment, reason: string | null): void {
  const own = comment.user === loginOf(sandbox.world, actor);
  mustWrite(sandbox.world, actor, repo, own ? 'read' : 'triage', scopeOf(issueOfComment(repo, comment)));
  comment.minimizedReason = reason;
}

/** `subject` is the comment or the issue itself. `created` is false when the same person had reacted so before. */
export function addReaction(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  subject: Comment | Issue,
  content: Reaction['content'],
): { reaction: Reaction; created: boolean } {
  mustWrite(sandbox.world, actor, repo, 'read', scopeOf(issue));
  mustNotBeLocked(actor, repo, issue, 'reaction');
  const user = loginOf(sandbox.world, actor);
  const known = subject.reactions.find((one) => one.user === user && one.content === content);
  if (known) return { reaction: known, created: false };
  const reaction: Reaction = { id: sandbox.nextId(), user, content, createdAt: sandbox.now() };
  subject.reactions.push(reaction);
  return { reaction, created: true };
}

export function removeReaction(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  subject: Comment | Issue,
  id: number,
): void {
  const reaction = subject.reactions.find((one) => one.id === id);
  if (!reaction) throw notFound();
  const own = reaction.user === loginOf(sandbox.world, actor);
  mustWrite(sandbox.world, actor, repo, own ? 'read' : 'write', scopeOf(issue));
  subject.reactions = subject.reactions.filter((one) => one !== reaction);
}

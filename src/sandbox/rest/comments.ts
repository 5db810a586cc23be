/** REST: comments and reactions. */

import { mustRead } from '../access.ts';
import { addReaction, createComment, deleteComment, issueOfComment, removeReaction, updateComment } from '../actions/index.ts';
import { notFound } from '../error.ts';
import { commentJson, reactionJson } from '../payload/issue.ts';
import { commentsOf } from '../read.ts';
import type { Comment, Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import {
  type Answer,
  bodyOf,
  type Call,
  choice,
  created,
  issueOf,
  list,
  noContent,
  numberParam,
  ok,
  repoOf,
  route,
} from './call.ts';

const both = ['issues', 'pull_requests'];

interface Found {
  repo: Repository;
  issue: Issue;
  comment: Comment;
}

function commentOf(call: Call): Found {
  const repo = repoOf(call, both);
  const comment = repo.comments.get(numberParam(call, 'comment_id'));
  if (!comment) throw notFound();
  const issue = issueOfComment(repo, comment);
  mustRead(call.world, call.actor, repo, issue.pull ? both : 'issues');
  return { repo, issue, comment };
}

function since(call: Call, comments: Comment[]): Comment[] {
  const after = call.query.get('since');
  return after ? comments.filter((comment) => Date.parse(comment.updatedAt) >= Date.parse(after)) : comments;
}

function react(call: Call, repo: Repository, issue: Issue, subject: Issue | Comment): Answer {
  const { content } = bodyOf(call, 'reactions/create-for-issue');
  const { reaction, created: fresh } = addReaction(call.sandbox, call.actor, repo, issue, subject, content);
  const json = reactionJson(call.world, repo, reaction);
  return fresh ? created(json) : ok(json);
}

function reactions(call: Call, repo: Repository, subject: Issue | Comment): Answer {
  const content = call.query.get('content');
  const found = subject.reactions.filter((one) => content === null || one.content === content);
  return list(call, found, (reaction) => reactionJson(call.world, repo, reaction));
}

const issues = '/repos/{owner}/{repo}/issues' as const;

export const commentRoutes = [
  route(`GET ${issues}/comments`, (call) => {
    const repo = repoOf(call, both);
    const sort = choice(call, 'sort', ['created', 'updated'], 'created', 'IssueComment');
    const found = since(call, [...repo.comments.values()]);
    if (sort === 'updated') found.sort((a, b) => a.updatedAt.localeCompare(b.updatedAt));
    if (call.query.get('direction') === 'desc') found.reverse();
    return list(call, found, (comment) => commentJson(call.world, repo, issueOfComment(repo, comment), comment));
  }),
  route(`GET ${issues}/{issue_number}/comments`, (call) => {
    const { repo, issue } = issueOf(call);
    return list(call, since(call, commentsOf(repo, issue)), (comment) => commentJson(call.world, repo, issue, comment));
  }),
  route(`POST ${issues}/{issue_number}/comments`, (call) => {
    const { repo, issue } = issueOf(call);
    const comment = createComment(call.sandbox, call.actor, repo, issue, bodyOf(call, 'issues/create-comment').body);
    return created(commentJson(call.world, repo, issue, comment));
  }),
  route(`GET ${issues}/comments/{comment_id}`, (call) => {
    const { repo, issue, comment } = commentOf(call);
    return ok(commentJson(call.world, repo, issue, comment));
  }),
  route(`PATCH ${issues}/comments/{comment_id}`, (call) => {
    const { repo, issue, comment } = commentOf(call);
    updateComment(call.sandbox, call.actor, repo, comment, bodyOf(call, 'issues/update-comment').body);
    return ok(commentJson(call.world, repo, issue, comment));
  }),
  route(`DELETE ${issues}/comments/{comment_id}`, (call) => {
    const { repo, comment } = commentOf(call);
    deleteComment(call.sandbox, call.actor, repo, comment);
    return noContent;
  }),
  route(`GET ${issues}/{issue_number}/reactions`, (call) => {
    const { repo, issue } = issueOf(call);
    return reactions(call, repo, issue);
  }),
  route(`POST ${issues}/{issue_number}/reactions`, (call) => {
    const { repo, issue } = issueOf(call);
    return react(call, repo, issue, issue);
  }),
  route(`DELETE ${issues}/{issue_number}/reactions/{reaction_id}`, (call) => {
    const { repo, issue } = issueOf(call);
    removeReaction(call.sandbox, call.actor, repo, issue, issue, numberParam(call, 'reaction_id'));
    return noContent;
  }),
  route(`GET ${issues}/comments/{comment_id}/reactions`, (call) => {
    const { repo, comment } = commentOf(call);
    return reactions(call, repo, comment);
  }),
  route(`POST ${issues}/comments/{comment_id}/reactions`, (call) => {
    const { repo, issue, comment } = commentOf(call);
    return react(call, repo, issue, comment);
  }),
  route(`DELETE ${issues}/comments/{comment_id}/reactions/{reaction_id}`, (call) => {
    const { repo, issue, comment } = commentOf(call);
    removeReaction(call.sandbox, call.actor, repo, issue, comment, numberParam(call, 'reaction_id'));
    return noContent;
  }),
];

/** Reactions and their groups. */
import type { IssueReactionsArgs } from '@octokit/graphql-schema';
import { nodeId } from '../../ids.ts';
import type { Reaction } from '../../state/issues.ts';
import type { Repository } from '../../state/repository.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { commentNode, type ReactionNode, type ReactionSubject, threadNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { userNode } from './account.ts';

/** GraphQL's names for REST's contents. */
const reactionNames: Record<Reaction['content'], string> = {
  '+1': 'THUMBS_UP',
  '-1': 'THUMBS_DOWN',
  laugh: 'LAUGH',
  hooray: 'HOORAY',
  confused: 'CONFUSED',
  heart: 'HEART',
  rocket: 'ROCKET',
  eyes: 'EYES',
};

/** REST's name for what GraphQL calls it. */
export function reactionContent(name: string): Reaction['content'] {
  const found = (Object.keys(reactionNames) as Reaction['content'][]).find((content) => reactionNames[content] === name);
  if (!found) throw new Error(`no such reaction: ${name}`);
  return found;
}

function reactionsOf(subject: ReactionSubject): Reaction[] {
  return subject.__typename === 'IssueComment' ? subject.comment.reactions : subject.issue.reactions;
}

export function reactionNode(subject: ReactionSubject, reaction: Reaction): ReactionNode {
  return { __typename: 'Reaction', repo: subject.repo, reaction, subject };
}

/** By database id; walks the repository, for the rare `node(id:)` of a reaction. */
export function findReaction(repo: Repository, id: number): ReactionNode | null {
  const subjects: ReactionSubject[] = [
    ...[...repo.issues.values()].map((issue) => threadNode(repo, issue)),
    ...[...repo.comments.values()].map((comment) => commentNode(repo, comment)),
  ];
  for (const subject of subjects) {
    const reaction = reactionsOf(subject).find((one) => one.id === id);
    if (reaction) return reactionNode(subject, reaction);
  }
  return null;
}

/** One group for each content, also those that nobody chose, as GitHub gives them. */
export function reactionGroups(subject: ReactionSubject, context: Context): Record<string, unknown>[] {
  return (Object.keys(reactionNames) as Reaction['content'][]).map((content) => {
    const mine = reactionsOf(subject).filter((one) => one.content === content);
    return {
      repo: subject.repo,
      subject,
      content: reactionNames[content],
      createdAt: mine[0]?.createdAt ?? null,
      viewerHasReacted: mine.some((one) => context.isAuthor(one.user)),
      reactions: mine,
    };
  });
}

/** Fields of what can be reacted to. */
export function reactable<S extends ReactionSubject>(): Fields<S> {
  return {
    reactions: (source, args: IssueReactionsArgs) => {
      const shown = reactionsOf(source).filter((one) => !args.content || reactionNames[one.content] === args.content);
      return page(shown, args, (reaction) => reactionNode(source, reaction));
    },
    reactionGroups: (source, _args, context) => reactionGroups(source, context),
  };
}

/** A group's own people. */
export const reactionGroupFields: Fields<{ reactions: Reaction[] }> = {
  users: ({ reactions }, args: IssueReactionsArgs, context) =>
    page(reactions, args, (reaction) => userNode(context, reaction.user)),
  reactors: ({ reactions }, args: IssueReactionsArgs, context) =>
    page(reactions, args, (reaction) => userNode(context, reaction.user)),
};

export const reactionFields: Fields<ReactionNode> = {
  id: ({ repo, reaction }) => nodeId('Reaction', repo.id, reaction.id),
  databaseId: ({ reaction }) => reaction.id,
  content: ({ reaction }) => reactionNames[reaction.content],
  createdAt: ({ reaction }) => reaction.createdAt,
  user: ({ reaction }, _args, context) => userNode(context, reaction.user),
  reactable: ({ subject }) => subject,
};

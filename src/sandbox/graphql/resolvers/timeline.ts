/** The timeline of issues and pull requests: labelled, closed, reopened, and the comments between. */

import { nodeId } from '../../ids.ts';
import { labelByName } from '../../read.ts';
import type { Comment, TimelineEvent } from '../../state/issues.ts';
import { type PageArgs, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { link, threadPath } from '../links.ts';
import { commentNode, type EventNode, type LabelNode, labelNode, type ThreadNode, threadNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { actorNode } from './account.ts';
import { eventKinds } from './event.ts';

/** Arguments that the two `timelineItems` share. */
interface TimelineArgs extends PageArgs {
  itemTypes?: readonly string[] | null;
  since?: string | null;
  skip?: number | null;
}

type Item = { at: string; id: number; kind: string } & ({ event: TimelineEvent } | { comment: Comment });

function itemsOf(node: ThreadNode, context: Context): Item[] {
  const events = node.issue.timeline.flatMap((event): Item[] => {
    const kind = eventKinds[event.event];
    return kind
      ? [
          {
            at: event.createdAt,
            id: event.id,
            kind: kind
              .replace(/Event$/, '')
              .toUpperCase()
              .concat('_EVENT'),
            event,
          },
        ]
      : [];
  });
  const comments = context.index
    .comments(node.repo, node.issue.number)
    .map((comment): Item => ({ at: comment.createdAt, id: comment.id, kind: 'ISSUE_COMMENT', comment }));
  return [...events, ...comments].sort((a, b) => (a.at === b.at ? a.id - b.id : a.at < b.at ? -1 : 1));
}

function itemNode(node: ThreadNode, item: Item): unknown {
  if ('comment' in item) return commentNode(node.repo, item.comment);
  const kind = eventKinds[item.event.event];
  return { __typename: kind, repo: node.repo, issue: node.issue, event: item.event };
}

/** A page of the timeline; kinds that the sandbox does not keep are never in it. */
export function timelineItems(node: ThreadNode, args: TimelineArgs, context: Context): unknown {
  const { itemTypes, since } = args;
  const all = itemsOf(node, context);
  const wanted = all.filter(
    (item) => (!itemTypes || itemTypes.includes(item.kind)) && (!since || Date.parse(item.at) >= Date.parse(since)),
  );
  const shown = paginate(
    wanted.slice(args.skip ?? 0),
    args,
    (item) => item.id,
    (item) => itemNode(node, item),
  );
  return {
    ...shown,
    filteredCount: wanted.length,
    pageCount: shown.nodes.length,
    totalCount: all.length,
    updatedAt: node.issue.updatedAt,
  };
}

/** A deleted label lives on in the timeline by its name. */
function labelOf({ repo, event }: EventNode): LabelNode {
  const label = labelByName(repo, event.label ?? '');
  return labelNode(repo, label ?? { id: 0, name: event.label ?? '', color: 'ededed', description: null });
}

const thread = ({ repo, issue }: EventNode): ThreadNode => threadNode(repo, issue);

const common: Fields<EventNode> = {
  id: ({ repo, event }) => nodeId('Event', repo.id, event.id),
  actor: ({ event }, _args, context) => actorNode(context, event.actor),
  createdAt: ({ event }) => event.createdAt,
};

const onLabel: Fields<EventNode> = { ...common, label: labelOf, labelable: thread };

const stateReason: Fields<EventNode> = {
  stateReason: ({ issue }) => issue.stateReason?.toUpperCase() ?? null,
};

export const eventResolvers: Record<string, Fields<EventNode>> = {
  LabeledEvent: onLabel,
  UnlabeledEvent: onLabel,
  ClosedEvent: {
    ...common,
    ...stateReason,
    closable: thread,
    closer: ({ repo, event }) => (event.commitSha === null ? null : { __typename: 'Commit', repo, sha: event.commitSha }),
    url: ({ repo, issue, event }, _args, context) => link(context, `${threadPath(repo, issue)}#event-${event.id}`),
    resourcePath: ({ repo, issue, event }) => `${threadPath(repo, issue)}#event-${event.id}`,
  },
  ReopenedEvent: { ...common, ...stateReason, closable: thread },
};

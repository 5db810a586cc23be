/** GitHub's answers about threads that may carry a session, as facts for a rebuild. */
import type { LinkedPull, SubjectFacts } from '../../model/facts.ts';
import type { FoundComment, FoundSession } from '../../model/rebuild.ts';
import type { RepoName } from '../../model/repo.ts';
import type { RebuildPageQuery, SaidFragment } from '../generated/graphql.ts';
import { actor, commentFact, issueFacts, linkedPull, names, present } from '../map-subject.ts';
import { readCardState } from '../read-card-state.ts';

type Page = NonNullable<RebuildPageQuery['repository']>;
export type IssueNode = NonNullable<NonNullable<NonNullable<Page['issues']>['nodes']>[number]>;
export type PullNode = NonNullable<NonNullable<NonNullable<Page['pullRequests']>['nodes']>[number]>;

/** A thread as far as it was read. */
export interface FoundThread extends FoundSession {
  /** Comments in all. */
  total: number;
}

const CARD = '<!-- playcaller:card -->';

export function foundComment(comment: SaidFragment): FoundComment {
  const reacted = (content: string) =>
    comment.reactionGroups?.some((group) => group.content === content && group.viewerHasReacted) ?? false;
  return {
    ...commentFact(comment),
    author: actor(comment.author && { ...comment.author, ...comment.from }),
    createdAt: comment.createdAt,
    done: reacted('ROCKET'),
    refused: reacted('CONFUSED'),
  };
}

export function foundThread(node: IssueNode | PullNode, repoUrl: string, repo: RepoName): FoundThread {
  const comments = [...present(node.oldest.nodes), ...present(node.newest.nodes)].map(foundComment);
  const subject = node.__typename === 'Issue' ? issueSubject(node, repoUrl, repo) : pullSubject(node);
  const { createdAt, closedAt } = node;
  const thread = { subject, createdAt, closedAt, comments: [], card: null, state: null, total: node.oldest.totalCount };
  return withComments(thread, comments);
}

/** More of the thread was read; of our cards the first counts. */
export function withComments(thread: FoundThread, more: readonly FoundComment[]): FoundThread {
  const all = new Map([...thread.comments, ...more].map((comment) => [comment.id, comment]));
  const comments = [...all.values()].sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
  const card = comments.find((comment) => comment.ours && comment.body.startsWith(CARD)) ?? null;
  const subject = { ...thread.subject, comments };
  return { ...thread, subject, comments, card, state: card && readCardState(card) };
}

function issueSubject(node: IssueNode, repoUrl: string, repo: RepoName): SubjectFacts {
  const linked = present(node.closedByPullRequestsReferences?.nodes).map(linkedPull);
  const pulls = linked.filter((pull) => pull.url.startsWith(`${repoUrl}/pull/`));
  return { ...issueFacts(node), children: children(node, repo), comments: [], pulls, branch: null };
}

/** As issues; whoever puts the ledger together knows of their sessions. */
function children(node: IssueNode, repo: RepoName): NonNullable<SubjectFacts['children']> {
  const list = present(node.subIssues.nodes).map(({ number, title, url, childState, repository }) => ({
    number,
    repo: repository.nameWithOwner === repo ? null : repository.nameWithOwner,
    title,
    url,
    state: childState === 'OPEN' ? ('open' as const) : ('closed' as const),
  }));
  const { total, completed } = node.subIssuesSummary;
  const openHere = list.filter(({ state }) => state === 'open').length;
  return { list, total: Math.max(total, list.length), openBeyond: Math.max(0, total - completed - openHere) };
}

function pullSubject(node: PullNode): SubjectFacts {
  const pull: LinkedPull = linkedPull(node);
  const { id, number, title, body, url } = pull;
  return {
    id,
    number,
    title,
    body,
    url,
    onPull: true,
    author: actor(node.author),
    state: pull.state === 'open' ? 'open' : 'closed',
    closeReason: null,
    locked: node.locked,
    labels: names(node.labels),
    comments: [],
    pulls: [pull],
    branch: null,
  };
}

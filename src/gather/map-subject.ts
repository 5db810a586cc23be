/** GitHub's answers about issues, comments and linked pull requests, as facts. */
import type { Actor, CommentFact, LinkedPull, SubjectFacts } from '../model/facts.ts';
import type { IssueSubjectFragment, LinkedFragment, ThreadFragment } from './generated/graphql.ts';

export function commentFact(comment: ThreadFragment): CommentFact {
  const ours = comment.viewerDidAuthor;
  const editor = comment.editor?.login;
  const editedBy = editor === comment.author?.login ? undefined : editor;
  return {
    id: comment.id,
    body: comment.body,
    ours,
    lastWriteOurs: ours && !editedBy,
    ...(editedBy && { editedBy }),
  };
}

export function linkedPull(pull: LinkedFragment): LinkedPull {
  const states = { OPEN: 'open', MERGED: 'merged', CLOSED: 'closed' } as const;
  return {
    id: pull.id,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    url: pull.url,
    state: states[pull.state],
    draft: pull.isDraft,
    headRef: pull.headRefName,
    headSha: pull.headRefOid,
    headRepo: pull.headRepository?.nameWithOwner ?? null,
    baseRef: pull.baseRefName,
    baseSha: pull.baseRefOid,
    mergeSha: pull.mergeCommit?.oid ?? null,
    mergedBy: pull.mergedBy?.login ?? null,
  };
}

/** Everything but comments, pulls and branch, which come from elsewhere in the answer. */
export function issueFacts(issue: IssueSubjectFragment): Omit<SubjectFacts, 'comments' | 'pulls' | 'branch'> {
  return {
    id: issue.id,
    number: issue.number,
    onPull: false,
    title: issue.title,
    body: issue.body,
    url: issue.url,
    author: actor(issue.author),
    state: issue.issueState === 'OPEN' ? 'open' : 'closed',
    closeReason: closeReason(issue),
    locked: issue.locked,
    labels: names(issue.labels),
  };
}

function closeReason(issue: IssueSubjectFragment): SubjectFacts['closeReason'] {
  if (issue.issueState === 'OPEN') return null;
  if (issue.stateReason === 'NOT_PLANNED') return 'not-planned';
  return issue.stateReason === 'DUPLICATE' ? 'duplicate' : 'completed';
}

export function actor(from: { __typename?: string; login: string } | null): Actor {
  // A deleted account shows as null.
  return from ? { login: from.login, bot: from.__typename === 'Bot' } : { login: 'ghost', bot: false };
}

export function names(labels: { nodes: ({ name: string } | null)[] | null } | null): string[] {
  return present(labels?.nodes).map((label) => label.name);
}

/** Connections may hold nulls where something is out of reach. */
export function present<T>(nodes: (T | null)[] | null | undefined): T[] {
  return (nodes ?? []).filter((node) => node !== null);
}

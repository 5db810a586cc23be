/** Commits. */
import { pullsOfCommit } from '../../associated.ts';
import { diffFiles } from '../../git/diff.ts';
import { log } from '../../git/history.ts';
import { type Commit, commitOf } from '../../git/objects.ts';
import { entryAt } from '../../git/tree.ts';
import { nodeId } from '../../ids.ts';
import type { Signature, TreeEntry } from '../../state/git.ts';
import { type PageArgs, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { canRead } from '../guard.ts';
import { link, linked, repoPath } from '../links.ts';
import { commitNode, type GitNode, pullNode, type TreeEntryNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { userNode } from './account.ts';
import { checkSuites } from './check.ts';
import { rollupNode, statusNode } from './status.ts';
import { plainHtml } from './written.ts';

function commitIn({ repo, sha }: GitNode): Commit {
  const commit = commitOf(repo, sha);
  if (!commit) throw new Error(`no commit ${sha}`);
  return commit;
}

function gitActor(signature: Signature, context: Context): Record<string, unknown> {
  return {
    name: signature.name,
    email: signature.email,
    date: signature.date,
    avatarUrl: link(context, '/avatars/0'),
    user: signature.login === null ? null : userNode(context, signature.login),
  };
}

const headline = (message: string): string => message.split('\n', 1)[0] ?? '';
const rest = (message: string): string => message.split('\n').slice(1).join('\n').trim();

/** Those in repositories that the actor may not read are left out. */
function associated({ repo, sha }: GitNode, args: PageArgs, context: Context): unknown {
  const found = pullsOfCommit(context.world, repo, sha).filter((one) => canRead(context, one.repo, 'PullRequest'));
  return paginate(
    found,
    args,
    (one) => one.issue.id,
    (one) => pullNode(one.repo, one.issue),
  );
}

function changed(node: GitNode): ReturnType<typeof diffFiles> {
  const commit = commitIn(node);
  return diffFiles(node.repo, commit.parents[0] ?? null, commit.sha);
}

function fileOf({ repo, sha }: GitNode, path: string): TreeEntryNode | null {
  const entry: TreeEntry | null = entryAt(repo, sha, path);
  return entry && path !== '' ? { __typename: 'TreeEntry', repo, entry, path } : null;
}

const commitPath = ({ repo, sha }: GitNode): string => `${repoPath(repo)}/commit/${sha}`;

/** What commits, trees and blobs share. */
export function gitObjectFields(kind: 'Commit' | 'Tree' | 'Blob'): Fields<GitNode> {
  return {
    id: ({ repo, sha }) => nodeId(kind, repo.id, sha),
    oid: ({ sha }) => sha,
    abbreviatedOid: ({ sha }) => sha.slice(0, 7),
    commitUrl: (node, _args, context) => link(context, commitPath(node)),
    commitResourcePath: commitPath,
    repository: ({ repo }) => ({ __typename: 'Repository', repo }),
  };
}

const words: Fields<GitNode> = {
  message: (node) => commitIn(node).message,
  messageHeadline: (node) => headline(commitIn(node).message),
  messageHeadlineHTML: (node) => plainHtml(headline(commitIn(node).message)),
  messageBody: (node) => rest(commitIn(node).message),
  messageBodyHTML: (node) => plainHtml(rest(commitIn(node).message)),
  author: (node, _args, context) => gitActor(commitIn(node).author, context),
  committer: (node, _args, context) => gitActor(commitIn(node).committer, context),
  authors: (node, args: PageArgs, context) =>
    paginate(
      [commitIn(node).author],
      args,
      (one) => one.email,
      (one) => gitActor(one, context),
    ),
  authoredDate: (node) => commitIn(node).author.date,
  committedDate: (node) => commitIn(node).committer.date,
  authoredByCommitter: (node) => commitIn(node).author.email === commitIn(node).committer.email,
  committedViaWeb: () => false,
  signature: () => null,
  onBehalfOf: () => null,
  pushedDate: () => null,
};

const content: Fields<GitNode> = {
  tree: (node) => ({ __typename: 'Tree', repo: node.repo, sha: commitIn(node).tree }),
  file: (node, args: { path: string }) => fileOf(node, args.path),
  parents: (node, args: PageArgs) => paginate(commitIn(node).parents, args, String, (sha) => commitNode(node.repo, sha)),
  history: ({ repo, sha }, args: PageArgs) =>
    paginate(
      log(repo, sha),
      args,
      (one) => one.sha,
      (one) => commitNode(repo, one.sha),
    ),
  additions: (node) => changed(node).reduce((sum, file) => sum + file.additions, 0),
  deletions: (node) => changed(node).reduce((sum, file) => sum + file.deletions, 0),
  changedFiles: (node) => changed(node).length,
  changedFilesIfAvailable: (node) => changed(node).length,
};

export const commitFields: Fields<GitNode> = {
  ...gitObjectFields('Commit'),
  ...linked(commitPath),
  ...words,
  ...content,
  statusCheckRollup: ({ repo, sha }, _args, context) => rollupNode(context, repo, sha),
  status: ({ repo, sha }, _args, context) => statusNode(context, repo, sha),
  checkSuites,
  associatedPullRequests: associated,
};

/** What a pull request changes: files, commits, the state of its head. */
import type { DiffFile } from '../../git/diff.ts';
import { type PageArgs, paginate } from '../connection.ts';
import { link, threadPath } from '../links.ts';
import { commitNode, type PullNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { pullCommits, pullFiles } from './pull-state.ts';
import { rollupNode } from './status.ts';

const changeTypes: Record<DiffFile['status'], string> = {
  added: 'ADDED',
  modified: 'MODIFIED',
  removed: 'DELETED',
  renamed: 'RENAMED',
  changed: 'CHANGED',
};

/** A commit as part of a pull request. */
export interface PullCommitNode extends Omit<PullNode, '__typename'> {
  __typename: 'PullRequestCommit';
  sha: string;
}

function sum(files: DiffFile[], field: 'additions' | 'deletions'): number {
  return files.reduce((total, file) => total + file[field], 0);
}

/** GitHub lists no more than 3,000 files of a pull request. */
const filesAtMost = 3000;

export const pullChanges: Fields<PullNode> = {
  additions: (node) => sum(pullFiles(node), 'additions'),
  deletions: (node) => sum(pullFiles(node), 'deletions'),
  changedFiles: (node) => pullFiles(node).length,
  files: (node, args: PageArgs) =>
    paginate(
      pullFiles(node).slice(0, filesAtMost),
      args,
      (file) => file.filename,
      (file) => ({
        path: file.filename,
        additions: file.additions,
        deletions: file.deletions,
        changeType: changeTypes[file.status],
        viewerViewedState: 'UNVIEWED',
      }),
    ),
  commits: (node, args: PageArgs) =>
    paginate(
      pullCommits(node),
      args,
      (commit) => commit.sha,
      (commit): PullCommitNode => ({ ...node, __typename: 'PullRequestCommit', sha: commit.sha }),
    ),
  statusCheckRollup: ({ repo, pull }, _args, context) => rollupNode(context, repo, pull.headSha),
};

const path = ({ repo, issue, sha }: PullCommitNode): string => `${threadPath(repo, issue)}/commits/${sha}`;

export const pullCommitFields: Fields<PullCommitNode> = {
  id: ({ repo, issue, sha }) => `PURC_${Buffer.from(`${repo.id}:${issue.number}:${sha}`).toString('base64url')}`,
  commit: ({ repo, sha }) => commitNode(repo, sha),
  pullRequest: (node) => ({ ...node, __typename: 'PullRequest' }),
  resourcePath: path,
  url: (node, _args, context) => link(context, path(node)),
};

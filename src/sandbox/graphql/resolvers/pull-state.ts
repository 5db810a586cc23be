/** What a pull request amounts to: its state, whether it merges, what it changes. */
import type { DiffFile } from '../../git/diff.ts';
import type { Commit } from '../../git/objects.ts';
import { baseShaOf, branchSha, commitsOf, filesOf, isMergeable } from '../../read.ts';
import { violationsOf } from '../../required.ts';
import { hasMergeQueue } from '../../rules.ts';
import type { GitObject } from '../../state/git.ts';
import type { Issue } from '../../state/issues.ts';
import type { Repository } from '../../state/repository.ts';
import type { Context } from '../context.ts';
import type { PullNode } from '../nodes.ts';
import { rollupState } from './rollup.ts';

export function pullState(issue: Issue): 'OPEN' | 'CLOSED' | 'MERGED' {
  return issue.pull?.merged ? 'MERGED' : issue.state === 'open' ? 'OPEN' : 'CLOSED';
}

interface Memo {
  files: DiffFile[];
  commits: Commit[];
  mergeable: boolean | null;
}

/** Git objects never change, so what lies between two commits is worked out once. */
const memos = new WeakMap<Map<string, GitObject>, Map<string, Partial<Memo>>>();

function memo(repo: Repository, key: string): Partial<Memo> {
  const known = memos.get(repo.objects) ?? new Map<string, Partial<Memo>>();
  memos.set(repo.objects, known);
  const found = known.get(key) ?? {};
  known.set(key, found);
  return found;
}

function range({ repo, issue, pull }: PullNode): Partial<Memo> {
  return memo(repo, `${baseShaOf(repo, issue)}..${pull.headSha}`);
}

/** Oldest first. */
export function pullCommits(node: PullNode): Commit[] {
  const kept = range(node);
  kept.commits ??= commitsOf(node.repo, node.issue);
  return kept.commits;
}

export function pullFiles(node: PullNode): DiffFile[] {
  const kept = range(node);
  kept.files ??= filesOf(node.repo, node.issue);
  return kept.files;
}

export function mergeableState({ repo, issue, pull }: PullNode): 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN' {
  if (issue.state !== 'open') return 'UNKNOWN';
  const kept = memo(repo, `${branchSha(repo, pull.baseRef)}<-${pull.headSha}`);
  kept.mergeable ??= isMergeable(repo, issue);
  return kept.mergeable ? 'MERGEABLE' : 'CONFLICTING';
}

export function mergeStateStatus(node: PullNode, context: Context): string {
  if (node.issue.state !== 'open') return 'UNKNOWN';
  if (mergeableState(node) === 'CONFLICTING') return 'DIRTY';
  if (node.pull.draft) return 'DRAFT';
  const { repo, issue, pull } = node;
  if (hasMergeQueue(repo, pull.baseRef) || violationsOf(context.world, repo, issue, pull.headSha).length > 0) return 'BLOCKED';
  const checks = rollupState(context, node.repo, node.pull.headSha);
  return checks === null || checks === 'SUCCESS' ? 'CLEAN' : 'UNSTABLE';
}

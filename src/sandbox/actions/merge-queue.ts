/** A merge queue in small: a pull request enters as a branch with the merge tried out, and leaves merged or not. */
import { mustWrite } from '../access.ts';
import { notFound, SandboxError } from '../error.ts';
import { mergeBase } from '../git/history.ts';
import { mergeTrees } from '../git/merge.ts';
import { writeCommit } from '../git/objects.ts';
import { pushCommitJson } from '../payload/commit.ts';
import type { Json } from '../payload/json.ts';
import { branchSha, type PullIssue, pullByNumber } from '../read.ts';
import { checkViolation, ruleViolation, violationsOf } from '../required.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { MergeGroup } from '../state/pulls.ts';
import type { Repository } from '../state/repository.ts';
import { signatureOf, webFlow } from './contents.ts';
import { finishMerge } from './merge.ts';
import { moveRef, zeroSha } from './refs.ts';

function groupJson(sandbox: Sandbox, repo: Repository, group: MergeGroup): Json {
  const commit = pushCommitJson(sandbox.world, repo, group.headSha);
  return {
    head_sha: group.headSha,
    head_ref: group.headRef,
    base_sha: group.baseSha,
    base_ref: group.baseRef,
    head_commit: commit && {
      id: commit.id,
      tree_id: commit.tree_id,
      message: commit.message,
      timestamp: commit.timestamp,
      author: commit.author,
      committer: commit.committer,
    },
  };
}

/** Adds the pull request to the queue and asks for checks (`merge_group.checks_requested`). @throws 422 while a rule is unmet. */
export function enqueuePull(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue): MergeGroup {
  mustWrite(sandbox.world, actor, repo, 'write', 'contents');
  const base = branchSha(repo, issue.pull.baseRef);
  const merged = base && mergeTrees(repo, mergeBase(repo, base, issue.pull.headSha), base, issue.pull.headSha);
  if (!base || issue.state !== 'open' || issue.pull.draft || !merged || !merged.clean) {
    throw new SandboxError(422, 'Pull request is not mergeable');
  }
  const [violation] = violationsOf(sandbox.world, repo, issue, issue.pull.headSha);
  if (violation) throw new SandboxError(422, `Pull request ${violation}`);
  const message = `Merge pull request #${issue.number} from ${issue.pull.headRef}\n\n${issue.title}`;
  const [author, committer] = [signatureOf(sandbox, actor), webFlow(sandbox)];
  const sha = writeCommit(repo, { tree: merged.tree, parents: [base, issue.pull.headSha], message, author, committer });
  const group: MergeGroup = {
    id: sandbox.nextId(),
    pullNumber: issue.number,
    headRef: `refs/heads/gh-readonly-queue/${issue.pull.baseRef}/pr-${issue.number}-${base}`,
    headSha: sha,
    baseRef: `refs/heads/${issue.pull.baseRef}`,
    baseSha: base,
  };
  repo.mergeGroups.set(group.id, group);
  moveRef(sandbox, actor, repo, group.headRef, sha);
  const payload = { merge_group: groupJson(sandbox, repo, group) };
  sandbox.emit({ event: 'merge_group', action: 'checks_requested', repo, actor, payload });
  return group;
}

/** Takes the group out: `merged` merges the pull request with the commit that was checked. @throws 405 while its checks are not green. */
export function finishGroup(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  groupId: number,
  reason: 'merged' | 'invalidated' | 'dequeued',
): void {
  mustWrite(sandbox.world, actor, repo, 'write', 'contents');
  const group = repo.mergeGroups.get(groupId);
  if (!group) throw notFound();
  const open = checkViolation(sandbox.world, repo, group.baseRef.slice('refs/heads/'.length), group.headSha);
  if (reason === 'merged' && open) throw ruleViolation(405, [open]);
  repo.mergeGroups.delete(groupId);
  const payload = { merge_group: groupJson(sandbox, repo, group), reason };
  if (reason === 'merged') finishMerge(sandbox, actor, repo, pullByNumber(repo, group.pullNumber), group.baseSha, group.headSha);
  sandbox.emit({ event: 'merge_group', action: 'destroyed', repo, actor, payload });
  if (repo.refs.has(group.headRef)) moveRef(sandbox, actor, repo, group.headRef, zeroSha);
}

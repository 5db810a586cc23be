/** REST: branches, commits and comparisons. */

import { canSee, mustWrite } from '../access.ts';
import { moveRef, signatureOf, webFlow } from '../actions/index.ts';
import { pullsOfCommit } from '../associated.ts';
import { notFound, SandboxError } from '../error.ts';
import { diffFiles, formatDiff } from '../git/diff.ts';
import { commitsBetween, log, mergeBase } from '../git/history.ts';
import { mergeTrees } from '../git/merge.ts';
import { type Commit, commitOf, writeCommit } from '../git/objects.ts';
import { entryAt } from '../git/tree.ts';
import { branchJson, commitJson, comparisonJson, fullBranchJson, fullCommitJson } from '../payload/commit.ts';
import { pullJson } from '../payload/pull.ts';
import { branchSha, compare, resolveCommit } from '../read.ts';
import { mustAllowPush } from '../required.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, created, list, noContent, ok, pageOf, param, repoOf, route } from './call.ts';

function branches(repo: Repository): [string, string][] {
  return [...repo.refs]
    .filter(([ref]) => ref.startsWith('refs/heads/'))
    .map(([ref, sha]): [string, string] => [ref.slice('refs/heads/'.length), sha])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function listCommits(call: Call): Answer {
  const repo = repoOf(call, 'contents');
  if (repo.refs.size === 0) throw new SandboxError(409, 'Git Repository is empty.');
  const start = resolveCommit(repo, call.query.get('sha') ?? repo.defaultBranch);
  if (!start) throw notFound();
  const [path, author, since, until] = ['path', 'author', 'since', 'until'].map((name) => call.query.get(name));
  const touches = (commit: Commit): boolean => {
    const parent = commit.parents[0];
    return !path || entryAt(repo, commit.sha, path)?.sha !== (parent ? entryAt(repo, parent, path)?.sha : undefined);
  };
  const found = log(repo, start.sha)
    .filter((commit) => !author || commit.author.login === author || commit.author.email === author)
    .filter((commit) => !since || Date.parse(commit.committer.date) >= Date.parse(since))
    .filter((commit) => !until || Date.parse(commit.committer.date) <= Date.parse(until))
    .filter(touches);
  return list(call, found, (commit) => commitJson(call.world, repo, commit));
}

function getCommit(call: Call): Answer {
  const repo = repoOf(call, 'contents');
  const commit = resolveCommit(repo, param(call, 'ref'));
  if (!commit) throw new SandboxError(422, `No commit found for SHA: ${param(call, 'ref')}`);
  if (/\bdiff\b/.test(call.accept))
    return { status: 200, text: formatDiff(diffFiles(repo, commit.parents[0] ?? null, commit.sha)) };
  if (/\bsha\b/.test(call.accept)) return { status: 200, text: commit.sha };
  return ok(fullCommitJson(call.world, repo, commit));
}

/** `owner:branch` of a fork, or a name here. */
function side(call: Call, repo: Repository, name: string): Commit {
  const [, owner, branch] = /^(?:([^:]+):)?(.+)$/.exec(name) ?? [];
  const family = repo.forkOf ?? repo.id;
  const place = owner
    ? [...call.world.repositories.values()].find(
        (one) => one.ownerLogin === owner && (one.id === family || one.forkOf === family),
      )
    : repo;
  const commit = place && branch ? resolveCommit(place, branch) : null;
  if (!commit) throw notFound();
  return commit;
}

function compareCommits(call: Call): Answer {
  const repo = repoOf(call, 'contents');
  const [base, head, more] = param(call, 'basehead').split('...');
  if (!base || !head || more !== undefined) throw notFound();
  const result = compare(repo, side(call, repo, base), side(call, repo, head));
  if (/\bdiff\b/.test(call.accept)) return { status: 200, text: formatDiff(result.files) };
  if (!result.mergeBase) throw notFound(`No common ancestor between ${base} and ${head}.`);
  const { items, headers } = pageOf(call, result.commits);
  const paged = call.query.has('page') || call.query.has('per_page');
  return { status: 200, body: comparisonJson(call.world, repo, result, paged ? items : result.commits.slice(0, 250)), headers };
}

function merge(call: Call): Answer {
  const repo = repoOf(call);
  mustWrite(call.world, call.actor, repo, 'write', 'contents');
  const body = bodyOf(call, 'repos/merge');
  const base = branchSha(repo, body.base);
  if (!base) throw notFound('Base does not exist');
  const head = resolveCommit(repo, body.head);
  if (!head) throw notFound('Head does not exist');
  if (commitsBetween(repo, base, head.sha).length === 0) return noContent;
  const merged = mergeTrees(repo, mergeBase(repo, base, head.sha), base, head.sha);
  if (!merged.clean) throw new SandboxError(409, 'Merge conflict');
  const message = body.commit_message ?? `Merge ${body.head} into ${body.base}`;
  const author = signatureOf(call.sandbox, call.actor);
  const parents = [base, head.sha];
  const sha = writeCommit(repo, { tree: merged.tree, parents, message, author, committer: webFlow(call.sandbox) });
  mustAllowPush(call.world, repo, body.base, sha, 409);
  moveRef(call.sandbox, call.actor, repo, `refs/heads/${body.base}`, sha);
  const commit = commitOf(repo, sha);
  if (!commit) throw notFound();
  return created(fullCommitJson(call.world, repo, commit));
}

const repository = '/repos/{owner}/{repo}' as const;

export const commitRoutes = [
  route(`GET ${repository}/branches`, (call) => {
    const repo = repoOf(call, 'contents');
    return list(call, branches(repo), ([name, sha]) => branchJson(call.world, repo, name, sha));
  }),
  route(`GET ${repository}/branches/{branch}`, (call) => {
    const repo = repoOf(call, 'contents');
    const name = param(call, 'branch');
    const commit = commitOf(repo, branchSha(repo, name) ?? '');
    if (!commit) throw notFound('Branch not found');
    return ok(fullBranchJson(call.world, repo, name, commit));
  }),
  route(`GET ${repository}/commits`, listCommits),
  route(`GET ${repository}/commits/{ref}`, getCommit),
  route(`GET ${repository}/commits/{commit_sha}/pulls`, (call) => {
    const repo = repoOf(call, ['contents', 'pull_requests']);
    const sha = param(call, 'commit_sha');
    const holds = pullsOfCommit(call.world, repo, sha).filter((one) => canSee(call.world, call.actor, one.repo));
    return list(call, holds, (one) => pullJson(call.world, one.repo, one.issue));
  }),
  route(`GET ${repository}/compare/{basehead}`, compareCommits),
  route(`POST ${repository}/merges`, merge),
];

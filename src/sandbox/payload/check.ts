/** Check runs, check suites and commit statuses as GitHub's JSON. */
import { commitOf } from '../git/objects.ts';
import { nodeId } from '../ids.ts';
import { baseShaOf, isPull, type PullIssue } from '../read.ts';
import type { CheckAnnotation, CheckRun, CheckSuite, Status } from '../state/checks.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { appJson, userJson } from './account.ts';
import { gitCommitJson } from './commit.ts';
import type { Json } from './json.ts';
import { minimalRepositoryJson, repoPage, repoUrl } from './repository.ts';

/** Open pull requests of the repository's own branches with this head; those of forks are not shown (GitHub docs, Checks). */
function pullsOfSha(repo: Repository, sha: string): PullIssue[] {
  return [...repo.issues.values()]
    .filter(isPull)
    .filter((issue) => issue.state === 'open' && issue.pull.headSha === sha && issue.pull.headRepoId === repo.id);
}

function pullMinimal(world: World, repo: Repository, issue: PullIssue): Json {
  const small: Json = { id: repo.id, url: repoUrl(world, repo), name: repo.name };
  return {
    url: `${repoUrl(world, repo)}/pulls/${issue.number}`,
    id: issue.pull.id,
    number: issue.number,
    head: { ref: issue.pull.headRef, sha: issue.pull.headSha, repo: small },
    base: { ref: issue.pull.baseRef, sha: baseShaOf(repo, issue), repo: small },
  };
}

/** Runs of a suite, without the older ones of the same name. */
export function latestRuns(runs: CheckRun[]): CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of runs) {
    const key = `${run.suiteId}/${run.name}`;
    const known = newest.get(key);
    if (!known || known.id < run.id) newest.set(key, run);
  }
  return [...newest.values()];
}

export function runsOfSuite(repo: Repository, suite: CheckSuite): CheckRun[] {
  return [...repo.checkRuns.values()].filter((run) => run.suiteId === suite.id);
}

const worst = ['action_required', 'timed_out', 'failure', 'cancelled', 'stale', 'success', 'neutral', 'skipped'] as const;

/** What the runs of a suite amount to. A suite without runs stays queued, as on GitHub. */
export function suiteState(
  repo: Repository,
  suite: CheckSuite,
): { status: CheckRun['status']; conclusion: CheckRun['conclusion'] } {
  const runs = latestRuns(runsOfSuite(repo, suite));
  if (runs.length === 0) return { status: 'queued', conclusion: null };
  if (runs.some((run) => run.status !== 'completed')) {
    return { status: runs.some((run) => run.status === 'in_progress') ? 'in_progress' : 'queued', conclusion: null };
  }
  return { status: 'completed', conclusion: worst.find((one) => runs.some((run) => run.conclusion === one)) ?? 'success' };
}

export function suiteJson(world: World, repo: Repository, suite: CheckSuite): Json {
  const url = `${repoUrl(world, repo)}/check-suites/${suite.id}`;
  const app = world.apps.get(suite.appId);
  const commit = commitOf(repo, suite.headSha);
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', repo.id, suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(repo, suite),
    url,
    before: commit?.parents[0] ?? null,
    after: suite.headSha,
    pull_requests: pullsOfSha(repo, suite.headSha).map((issue) => pullMinimal(world, repo, issue)),
    app: app ? appJson(world, app) : null,
    repository: minimalRepositoryJson(world, repo),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    head_commit: commit ? simpleCommit(world, repo, suite.headSha) : null,
    latest_check_runs_count: latestRuns(runsOfSuite(repo, suite)).length,
    check_runs_url: `${url}/check-runs`,
    rerequestable: true,
    runs_rerequestable: true,
  };
}

function simpleCommit(world: World, repo: Repository, sha: string): Json | null {
  const commit = commitOf(repo, sha);
  if (!commit) return null;
  const json = gitCommitJson(world, repo, commit);
  return {
    id: sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: json.author,
    committer: json.committer,
  };
}

export function checkRunJson(world: World, repo: Repository, run: CheckRun): Json {
  const url = `${repoUrl(world, repo)}/check-runs/${run.id}`;
  const page = `${repoPage(world, repo)}/runs/${run.id}`;
  const app = world.apps.get(run.appId);
  return {
    id: run.id,
    node_id: nodeId('CheckRun', repo.id, run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? `${world.url}/apps/${app?.slug ?? ''}`,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suiteId },
    app: app ? appJson(world, app) : null,
    pull_requests: pullsOfSha(repo, run.headSha).map((issue) => pullMinimal(world, repo, issue)),
  };
}

export function annotationJson(world: World, repo: Repository, run: CheckRun, annotation: CheckAnnotation): Json {
  return {
    path: annotation.path,
    blob_href: `${repoUrl(world, repo)}/git/blobs/${run.headSha}`,
    start_line: annotation.startLine,
    start_column: null,
    end_line: annotation.endLine,
    end_column: null,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
    raw_details: annotation.rawDetails,
  };
}

export function statusJson(world: World, repo: Repository, status: Status): Json {
  const creator = userJson(world, status.creator);
  return {
    url: `${repoUrl(world, repo)}/statuses/${status.sha}`,
    avatar_url: creator.avatar_url,
    id: status.id,
    node_id: nodeId('StatusContext', repo.id, status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator,
  };
}

/** Newest status of each context, newest first. */
export function latestStatuses(repo: Repository, sha: string): Status[] {
  const newest = new Map<string, Status>();
  for (const status of repo.statuses) if (status.sha === sha) newest.set(status.context, status);
  return [...newest.values()].sort((a, b) => b.id - a.id);
}

/** GitHub's rule: any error or failure → failure; any pending or none at all → pending. */
export function combinedState(statuses: Status[]): 'failure' | 'pending' | 'success' {
  if (statuses.some((status) => status.state === 'error' || status.state === 'failure')) return 'failure';
  return statuses.length === 0 || statuses.some((status) => status.state === 'pending') ? 'pending' : 'success';
}

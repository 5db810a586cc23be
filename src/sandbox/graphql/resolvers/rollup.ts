/** What the checks and statuses of one commit amount to together. */
import { latestRuns } from '../../payload/check.ts';
import type { CheckRun, CheckSuite, Status } from '../../state/checks.ts';
import type { Repository } from '../../state/repository.ts';
import type { Context } from '../context.ts';

/** Newest run of each name in each suite, oldest first. */
export function runsOf(context: Context, repo: Repository, sha: string): CheckRun[] {
  return context.index
    .suites(repo, sha)
    .flatMap((suite) => latestRuns(context.index.runs(repo, suite.id)))
    .sort((a, b) => a.id - b.id);
}

/** Newest status of each context, in the order in which the contexts came first. */
export function statusesOf(context: Context, repo: Repository, sha: string): Status[] {
  const newest = new Map<string, Status>();
  for (const status of context.index.statuses(repo, sha)) newest.set(status.context, status);
  return [...newest.values()];
}

type Rolled = 'SUCCESS' | 'FAILURE' | 'ERROR' | 'PENDING';

const green = new Set(['success', 'neutral', 'skipped']);

function ofRun(run: CheckRun): Rolled {
  if (run.status !== 'completed' || run.conclusion === 'stale') return 'PENDING';
  return run.conclusion !== null && green.has(run.conclusion) ? 'SUCCESS' : 'FAILURE';
}

function worst(states: Rolled[]): Rolled {
  return (['FAILURE', 'ERROR', 'PENDING'] as const).find((state) => states.includes(state)) ?? 'SUCCESS';
}

/** Null when nothing was reported: GitHub has no rollup then. */
export function rollupState(context: Context, repo: Repository, sha: string): Rolled | null {
  const states = [...runsOf(context, repo, sha).map(ofRun), ...statusesOf(context, repo, sha).map(statusState)];
  return states.length === 0 ? null : worst(states);
}

export function statusState(status: Status): Rolled {
  return status.state.toUpperCase() as Rolled;
}

/** `Commit.status`: statuses alone. */
export function combinedStatus(context: Context, repo: Repository, sha: string): Rolled | null {
  const states = statusesOf(context, repo, sha).map(statusState);
  return states.length === 0 ? null : worst(states);
}

const gravest = ['action_required', 'timed_out', 'failure', 'cancelled', 'stale', 'success', 'neutral', 'skipped'];

/** A suite without runs stays queued, as on GitHub. */
export function suiteOutcome(
  context: Context,
  repo: Repository,
  suite: CheckSuite,
): { status: string; conclusion: string | null } {
  const runs = latestRuns(context.index.runs(repo, suite.id));
  if (runs.length === 0) return { status: 'QUEUED', conclusion: null };
  if (runs.some((run) => run.status !== 'completed')) {
    return { status: runs.some((run) => run.status === 'in_progress') ? 'IN_PROGRESS' : 'QUEUED', conclusion: null };
  }
  const conclusion = gravest.find((one) => runs.some((run) => run.conclusion === one)) ?? 'success';
  return { status: 'COMPLETED', conclusion: conclusion.toUpperCase() };
}

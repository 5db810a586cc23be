/** GitHub's answer about the checks of one commit, as facts: the head's, or a merge group's. */
import type { CheckFact, CommitState, OwnCheck } from '../model/pull-facts.ts';
import type { CommitStateFragment, OwnRunFragment, OwnSuitesFragment } from './generated/graphql.ts';
import { present } from './map-subject.ts';

export type Context = NonNullable<
  NonNullable<NonNullable<CommitStateFragment['statusCheckRollup']>['contexts']['nodes']>[number]
>;
type RunContext = Extract<Context, { __typename: 'CheckRun' }>;
type StatusContext = Extract<Context, { __typename: 'StatusContext' }>;

/** The contexts beyond the first hundred. `cut`: even that was not all, or some are out of reach. */
export interface MoreContexts {
  contexts: Context[];
  cut: boolean;
}

/** A summary may have 65,535 characters; what a check reports stands at its beginning. */
const SUMMARY_MAX = 4_000;

/** @param more what further pages showed; null: none were read */
export function commitState(commit: CommitStateFragment, appId: number, more: MoreContexts | null): CommitState {
  const contexts = commit.statusCheckRollup?.contexts ?? null;
  const first = present(contexts?.nodes);
  const lost = contexts !== null && contexts.nodes?.length !== first.length;
  return {
    sha: commit.oid,
    checks: [...checks([...first, ...(more?.contexts ?? [])], appId), ...held(commit, appId)],
    checksCut: lost || (more?.cut ?? contexts?.pageInfo.hasNextPage ?? false),
    ownCheck: ownCheck(commit),
  };
}

/** Ours are left out: a verdict does not wait for itself. */
export function checks(contexts: readonly Context[], appId: number): CheckFact[] {
  return contexts.flatMap((context): CheckFact[] => {
    if (context.__typename === 'StatusContext') return [statusFact(context)];
    return context.checkSuite.app?.databaseId === appId ? [] : [checkFact(context)];
  });
}

/**
 * A workflow that waits for a person's approval, or could not begin, has a suite without a single run
 * (GitHub docs, "Approving workflow runs from forks").
 */
function held(commit: CommitStateFragment, appId: number): CheckFact[] {
  const states = { ACTION_REQUIRED: 'action-required', STARTUP_FAILURE: 'startup-failure' } as const;
  return present(commit.held?.nodes).flatMap((suite): CheckFact[] => {
    const state =
      suite.conclusion !== null && suite.conclusion in states ? states[suite.conclusion as keyof typeof states] : null;
    if (state === null || suite.app?.databaseId === appId || (suite.checkRuns?.totalCount ?? 0) > 0) return [];
    const run = suite.workflowRun;
    return [
      {
        kind: 'check',
        name: run?.workflow.name ?? suite.app?.name ?? 'CI',
        app: suite.app?.slug ?? null,
        appId: suite.app?.databaseId ?? null,
        state,
        url: run?.url ?? suite.url,
        required: false,
        workflow: workflowOf(run),
      },
    ];
  });
}

function statusFact(status: StatusContext): CheckFact {
  const { context: name, statusState, targetUrl: url, isRequired: required, description: title, createdAt: startedAt } = status;
  return { kind: 'status', name, app: null, state: stateOf(statusState), url, required, startedAt, title };
}

function checkFact(run: RunContext): CheckFact {
  const { app, workflowRun } = run.checkSuite;
  return {
    kind: 'check',
    name: run.name,
    app: app?.slug ?? null,
    appId: app?.databaseId ?? null,
    state: runState(run),
    url: run.detailsUrl,
    required: run.isRequired,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    workflow: workflowOf(workflowRun),
    title: run.title,
    summary: run.summary?.slice(0, SUMMARY_MAX) ?? null,
  };
}

/** Null where it is none, or the app may not read workflows. */
function workflowOf(run: RunContext['checkSuite']['workflowRun']): string | null {
  return run ? `${run.workflow.name} (${run.event})` : null;
}

function runState(run: RunContext): CheckFact['state'] {
  if (run.checkStatus !== 'COMPLETED') return 'waiting';
  switch (run.conclusion) {
    case 'SUCCESS':
      return 'success';
    case 'NEUTRAL':
      return 'neutral';
    case 'SKIPPED':
      return 'skipped';
    case 'CANCELLED':
      return 'cancelled';
    case 'TIMED_OUT':
      return 'timed-out';
    case 'ACTION_REQUIRED':
      return 'action-required';
    case 'STALE':
      return 'stale';
    case 'STARTUP_FAILURE':
      return 'startup-failure';
    case 'FAILURE':
      return 'failure';
    default:
      // A conclusion that is new to us: unknown is never green.
      return 'waiting';
  }
}

function stateOf(state: string): CheckFact['state'] {
  if (state === 'SUCCESS') return 'success';
  return state === 'PENDING' || state === 'EXPECTED' ? 'waiting' : 'failure';
}

/** Our readiness check on the commit. */
export function ownCheck(commit: Pick<OwnSuitesFragment, 'checkSuites'>): OwnCheck | null {
  return newest(present(commit.checkSuites?.nodes).flatMap((suite) => present(suite.checkRuns?.nodes)));
}

/** Our check of the configuration that the commit proposes (G4). */
export function configCheck(commit: CommitStateFragment): OwnCheck | null {
  return newest(present(commit.checkSuites?.nodes).flatMap((suite) => present(suite.configRuns?.nodes)));
}

/** A commit that lies on several branches may have a suite for each; the number of a run grows. */
function newest(runs: readonly OwnRunFragment[]): OwnCheck | null {
  const [run] = [...runs].sort((a, b) => (b.databaseId ?? 0) - (a.databaseId ?? 0));
  if (!run) return null;
  const status = run.status === 'COMPLETED' ? 'completed' : run.status === 'IN_PROGRESS' ? 'in-progress' : 'queued';
  const ours = { SUCCESS: 'success', FAILURE: 'failure', NEUTRAL: 'neutral', CANCELLED: 'cancelled' } as const;
  const given = run.conclusion ?? '';
  const conclusion = given in ours ? ours[given as keyof typeof ours] : null;
  return { id: run.id, status, conclusion, externalId: run.externalId ?? '' };
}

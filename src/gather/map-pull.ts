/** GitHub's answer about the pull request itself, as facts: checks, our own check run, what it closes. */
import type { CheckFact, OwnCheck, PatchScan, PullFacts } from '../model/pull-facts.ts';
import type { SubjectQuery } from './generated/graphql.ts';
import { actor, linkedPull, names, present } from './map-subject.ts';

type Thing = NonNullable<NonNullable<SubjectQuery['repository']>['issueOrPullRequest']>;
export type PullAnswer = Extract<Thing, { __typename: 'PullRequest' }>;
type HeadCommit = NonNullable<NonNullable<NonNullable<PullAnswer['headCommit']['nodes']>[number]>>['commit'];
type Context = NonNullable<NonNullable<NonNullable<HeadCommit['statusCheckRollup']>['contexts']['nodes']>[number]>;
type RunContext = Extract<Context, { __typename: 'CheckRun' }>;
type StatusContext = Extract<Context, { __typename: 'StatusContext' }>;

export function pullFacts(pull: PullAnswer, scan: PatchScan, repo: string, appId: number): PullFacts {
  const head = present(pull.headCommit.nodes)[0]?.commit ?? null;
  const contexts = head?.statusCheckRollup?.contexts ?? null;
  const shown = present(contexts?.nodes);
  return {
    ...linkedPull(pull),
    author: actor(pull.author),
    ours: pull.viewerDidAuthor,
    labels: names(pull.labels),
    locked: pull.locked,
    commits: { total: pull.firstCommit.totalCount, firstMessage: present(pull.firstCommit.nodes)[0]?.commit.message ?? null },
    files: scan.files,
    filesTotal: pull.changedFiles,
    checks: checks(shown, appId),
    checksCut: contexts !== null && contexts.totalCount > shown.length,
    ownCheck: ownCheck(head),
    closes: present(pull.closingIssuesReferences?.nodes)
      .filter((issue) => issue.repository.nameWithOwner === repo)
      .map((issue) => issue.number),
    scan,
  };
}

/** Ours are left out: a verdict does not wait for itself. */
function checks(contexts: Context[], appId: number): CheckFact[] {
  return contexts.flatMap((context): CheckFact[] => {
    if (context.__typename === 'StatusContext') return [statusFact(context)];
    return context.checkSuite.app?.databaseId === appId ? [] : [checkFact(context)];
  });
}

function statusFact(status: StatusContext): CheckFact {
  const { context, statusState: state, targetUrl, isRequired } = status;
  return { kind: 'status', name: context, app: null, state: stateOf(state), url: targetUrl, required: isRequired };
}

function checkFact(run: RunContext): CheckFact {
  return {
    kind: 'check',
    name: run.name,
    app: run.checkSuite.app?.slug ?? null,
    state: runState(run),
    url: run.detailsUrl,
    required: run.isRequired,
    startedAt: run.startedAt,
  };
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
    case 'FAILURE':
    case 'STARTUP_FAILURE':
      return 'failure';
    default:
      // Stale, or a conclusion that is new to us: unknown is never green.
      return 'waiting';
  }
}

function stateOf(state: string): CheckFact['state'] {
  if (state === 'SUCCESS') return 'success';
  return state === 'PENDING' || state === 'EXPECTED' ? 'waiting' : 'failure';
}

function ownCheck(head: HeadCommit | null): OwnCheck | null {
  const run = present(head?.checkSuites?.nodes).flatMap((suite) => present(suite.checkRuns?.nodes))[0];
  if (!run) return null;
  const status = run.status === 'COMPLETED' ? 'completed' : run.status === 'IN_PROGRESS' ? 'in-progress' : 'queued';
  const conclusion =
    run.conclusion === 'SUCCESS'
      ? 'success'
      : run.conclusion === 'FAILURE'
        ? 'failure'
        : run.conclusion === 'NEUTRAL'
          ? 'neutral'
          : null;
  return { id: run.id, status, conclusion, externalId: run.externalId ?? '' };
}

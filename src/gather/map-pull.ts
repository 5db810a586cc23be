/** GitHub's answer about the pull request itself, as facts: checks, our own check run, what it closes. */
import type { CheckFact, OwnCheck, PatchScan, PullFacts } from '../model/facts.ts';
import type { SubjectQuery } from './generated/graphql.ts';
import { actor, linkedPull, names, present } from './map-subject.ts';

type Thing = NonNullable<NonNullable<SubjectQuery['repository']>['issueOrPullRequest']>;
export type PullAnswer = Extract<Thing, { __typename: 'PullRequest' }>;
type HeadCommit = NonNullable<NonNullable<NonNullable<PullAnswer['headCommit']['nodes']>[number]>>['commit'];
type Context = NonNullable<NonNullable<NonNullable<HeadCommit['statusCheckRollup']>['contexts']['nodes']>[number]>;
type RunContext = Extract<Context, { __typename: 'CheckRun' }>;

export function pullFacts(pull: PullAnswer, scan: PatchScan, repo: string, appId: number): PullFacts {
  const head = present(pull.headCommit.nodes)[0]?.commit ?? null;
  const contexts = head?.statusCheckRollup?.contexts ?? null;
  const shown = present(contexts?.nodes);
  return {
    ...linkedPull(pull),
    author: actor(pull.author),
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

/** Ours are left out; of check runs with the same name and app the newest counts. */
function checks(contexts: Context[], appId: number): CheckFact[] {
  const runs = contexts.filter((context): context is RunContext => context.__typename === 'CheckRun');
  const newest = new Map<string, RunContext>();
  for (const run of runs) {
    if (run.checkSuite.app?.databaseId === appId) continue;
    const key = `${run.checkSuite.app?.slug ?? ''} ${run.name}`;
    const other = newest.get(key);
    if (!other || (run.startedAt ?? '') >= (other.startedAt ?? '')) newest.set(key, run);
  }
  const statuses = contexts.flatMap((context): CheckFact[] =>
    context.__typename === 'StatusContext'
      ? [
          {
            kind: 'status',
            name: context.context,
            app: null,
            state: statusState(context.statusState),
            url: context.targetUrl,
            required: context.isRequired,
          },
        ]
      : [],
  );
  return [...[...newest.values()].map(checkFact), ...statuses];
}

function checkFact(run: RunContext): CheckFact {
  return {
    kind: 'check',
    name: run.name,
    app: run.checkSuite.app?.slug ?? null,
    state: runState(run),
    url: run.detailsUrl,
    required: run.isRequired,
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

function statusState(state: string): CheckFact['state'] {
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

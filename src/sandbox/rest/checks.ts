/** REST: check runs and check suites. */

import { mustWrite } from '../access.ts';
import {
  branchOfSha,
  type CheckInput,
  createCheckRun,
  ensureSuite,
  rerequestCheckRun,
  rerequestSuite,
  suiteOf,
  updateCheckRun,
} from '../actions/index.ts';
import { notFound, SandboxError } from '../error.ts';
import { commitOf } from '../git/objects.ts';
import { annotationJson, checkRunJson, latestRuns, runsOfSuite, suiteJson } from '../payload/check.ts';
import { resolveCommit } from '../read.ts';
import type { CheckAnnotation, CheckRun, CheckSuite } from '../state/checks.ts';
import type { Repository } from '../state/repository.ts';
import { type Answer, bodyOf, type Call, choice, created, list, numberParam, ok, pageOf, param, repoOf, route } from './call.ts';

type Output = NonNullable<ReturnType<typeof bodyOf<'checks/update'>>['output']>;

function annotationOf(given: NonNullable<Output['annotations']>[number]): CheckAnnotation {
  return {
    path: given.path,
    startLine: given.start_line,
    endLine: given.end_line,
    level: given.annotation_level,
    title: given.title ?? null,
    message: given.message,
    rawDetails: given.raw_details ?? null,
  };
}

/** The fields that creating and changing share. */
function inputOf(call: Call): CheckInput {
  const body = bodyOf(call, 'checks/update');
  return {
    status: body.status,
    conclusion: body.conclusion,
    externalId: body.external_id,
    detailsUrl: body.details_url,
    startedAt: body.started_at,
    completedAt: body.completed_at,
    output: body.output && { ...body.output, annotations: body.output.annotations?.map(annotationOf) },
    actions: body.actions,
  };
}

function runOf(call: Call): { repo: Repository; run: CheckRun } {
  const repo = repoOf(call, 'checks');
  const run = repo.checkRuns.get(numberParam(call, 'check_run_id'));
  if (!run) throw notFound();
  return { repo, run };
}

function suiteOfCall(call: Call): { repo: Repository; suite: CheckSuite } {
  const repo = repoOf(call, 'checks');
  const suite = repo.checkSuites.get(numberParam(call, 'check_suite_id'));
  if (!suite) throw notFound();
  return { repo, suite };
}

export function commitOfRef(call: Call, repo: Repository): string {
  const commit = resolveCommit(repo, param(call, 'ref'));
  if (!commit) throw new SandboxError(422, `No commit found for SHA: ${param(call, 'ref')}`);
  return commit.sha;
}

/** Filters of both lists of runs: newest first, by default the latest of each name and app. */
function listRuns(call: Call, repo: Repository, runs: CheckRun[]): Answer {
  const filter = choice(call, 'filter', ['latest', 'all'], 'latest', 'CheckRun');
  const [name, status, app] = ['check_name', 'status', 'app_id'].map((key) => call.query.get(key));
  const found = (filter === 'latest' ? latestRuns(runs) : runs)
    .filter((run) => !name || run.name === name)
    .filter((run) => !status || run.status === status)
    .filter((run) => !app || run.appId === Number(app))
    .sort((a, b) => b.id - a.id);
  const { items, headers } = pageOf(call, found);
  const check_runs = items.map((run) => checkRunJson(call.world, repo, run));
  return { status: 200, body: { total_count: found.length, check_runs }, headers };
}

function makeSuite(call: Call): Answer {
  const repo = repoOf(call);
  if (call.actor.kind === 'user') throw new SandboxError(403, 'You must authenticate via a GitHub App.');
  mustWrite(call.world, call.actor, repo, 'write', 'checks');
  const sha = bodyOf(call, 'checks/create-suite').head_sha;
  if (!commitOf(repo, sha)) throw new SandboxError(422, `No commit found for SHA: ${sha}`);
  const known = suiteOf(repo, call.actor.appId, sha);
  const suite = known ?? ensureSuite(call.sandbox, repo, call.actor.appId, sha, branchOfSha(repo, sha));
  const json = suiteJson(call.world, repo, suite);
  return known ? ok(json) : created(json);
}

const repository = '/repos/{owner}/{repo}' as const;
const run = `${repository}/check-runs/{check_run_id}` as const;
const suite = `${repository}/check-suites/{check_suite_id}` as const;

export const checkRoutes = [
  route(`POST ${repository}/check-runs`, (call) => {
    const repo = repoOf(call);
    const { name, head_sha } = bodyOf(call, 'checks/create');
    const made = createCheckRun(call.sandbox, call.actor, repo, name, head_sha, inputOf(call));
    return created(checkRunJson(call.world, repo, made));
  }),
  route(`GET ${run}`, (call) => {
    const found = runOf(call);
    return ok(checkRunJson(call.world, found.repo, found.run));
  }),
  route(`PATCH ${run}`, (call) => {
    const found = runOf(call);
    const { name } = bodyOf(call, 'checks/update');
    updateCheckRun(call.sandbox, call.actor, found.repo, found.run, { ...inputOf(call), name });
    return ok(checkRunJson(call.world, found.repo, found.run));
  }),
  route(`GET ${run}/annotations`, (call) => {
    const found = runOf(call);
    return list(call, found.run.annotations, (one) => annotationJson(call.world, found.repo, found.run, one));
  }),
  route(`POST ${run}/rerequest`, (call) => {
    const found = runOf(call);
    rerequestCheckRun(call.sandbox, call.actor, found.repo, found.run);
    return created({});
  }),
  route(`GET ${repository}/commits/{ref}/check-runs`, (call) => {
    const repo = repoOf(call, 'checks');
    const sha = commitOfRef(call, repo);
    return listRuns(
      call,
      repo,
      [...repo.checkRuns.values()].filter((one) => one.headSha === sha),
    );
  }),
  route(`GET ${repository}/commits/{ref}/check-suites`, (call) => {
    const repo = repoOf(call, 'checks');
    const sha = commitOfRef(call, repo);
    const app = call.query.get('app_id');
    const found = [...repo.checkSuites.values()].filter((one) => one.headSha === sha && (!app || one.appId === Number(app)));
    const { items, headers } = pageOf(call, found);
    const check_suites = items.map((one) => suiteJson(call.world, repo, one));
    return { status: 200, body: { total_count: found.length, check_suites }, headers };
  }),
  route(`POST ${repository}/check-suites`, makeSuite),
  route(`GET ${suite}`, (call) => {
    const found = suiteOfCall(call);
    return ok(suiteJson(call.world, found.repo, found.suite));
  }),
  route(`GET ${suite}/check-runs`, (call) => {
    const found = suiteOfCall(call);
    return listRuns(call, found.repo, runsOfSuite(found.repo, found.suite));
  }),
  route(`POST ${suite}/rerequest`, (call) => {
    const found = suiteOfCall(call);
    rerequestSuite(call.sandbox, call.actor, found.repo, found.suite);
    return created({});
  }),
];

/** Check runs: made and changed by apps alone, asked for again by people. */
import { mustWrite } from '../access.ts';
import { checkLength, invalid, SandboxError } from '../error.ts';
import { commitOf } from '../git/objects.ts';
import { checkRunJson, suiteJson, suiteState } from '../payload/check.ts';
import type { Json } from '../payload/json.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { CheckAnnotation, CheckRun, CheckSuite } from '../state/checks.ts';
import type { Repository } from '../state/repository.ts';
import { afterRun, branchOfSha, emitSuite, ensureSuite } from './check-suites.ts';

export interface CheckInput {
  name?: string;
  status?: CheckRun['status'];
  conclusion?: NonNullable<CheckRun['conclusion']>;
  externalId?: string;
  detailsUrl?: string;
  startedAt?: string;
  completedAt?: string;
  output?: { title?: string; summary?: string; text?: string; annotations?: CheckAnnotation[] };
  actions?: CheckRun['actions'];
}

function emitRun(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  run: CheckRun,
  action: string,
  extra: Json = {},
  own = false,
): void {
  const check_run = runWithSuite(sandbox, repo, run);
  const only = own ? { onlyAppId: run.appId } : {};
  sandbox.emit({ event: 'check_run', action, repo, actor, payload: { check_run, ...extra }, ...only });
}

function runWithSuite(sandbox: Sandbox, repo: Repository, run: CheckRun): Json {
  const suite = repo.checkSuites.get(run.suiteId);
  const json = checkRunJson(sandbox.world, repo, run);
  if (!suite) return json;
  const { head_commit, latest_check_runs_count, check_runs_url, ...simple } = suiteJson(sandbox.world, repo, suite);
  return { ...json, check_suite: simple };
}

/** Sizes as GitHub refuses them: summary and text 65,535, 50 annotations a request, 3 actions. */
function checkInput(input: CheckInput): void {
  checkLength('CheckRun', 'summary', input.output?.summary, 65_535);
  checkLength('CheckRun', 'text', input.output?.text, 65_535);
  checkLength('CheckRun', 'external_id', input.externalId, 65_535);
  if ((input.output?.annotations?.length ?? 0) > 50) {
    throw new SandboxError(422, 'Invalid request.\n\nNo more than 50 items are allowed; more were supplied.');
  }
  for (const annotation of input.output?.annotations ?? []) {
    checkLength('CheckRun', 'annotations.title', annotation.title, 255);
    checkLength('CheckRun', 'annotations.message', annotation.message, 65_536);
    checkLength('CheckRun', 'annotations.raw_details', annotation.rawDetails, 65_536);
    if (annotation.endLine < annotation.startLine) throw invalid('CheckRun', 'annotations.end_line', 'invalid');
  }
  if ((input.actions?.length ?? 0) > 3) throw new SandboxError(422, 'Invalid request.\n\nNo more than 3 items are allowed.');
  for (const action of input.actions ?? []) {
    checkLength('CheckRun', 'actions.label', action.label, 20);
    checkLength('CheckRun', 'actions.identifier', action.identifier, 20);
    checkLength('CheckRun', 'actions.description', action.description, 40);
  }
  if (input.status === 'completed' && !input.conclusion) {
    throw new SandboxError(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.');
  }
  if (input.detailsUrl !== undefined && !/^https?:\/\//.test(input.detailsUrl))
    throw invalid('CheckRun', 'details_url', 'invalid');
}

function apply(sandbox: Sandbox, run: CheckRun, input: CheckInput): void {
  const status = input.conclusion ? 'completed' : (input.status ?? run.status);
  run.name = input.name ?? run.name;
  run.status = status;
  run.conclusion = status === 'completed' ? (input.conclusion ?? run.conclusion) : null;
  run.externalId = input.externalId ?? run.externalId;
  run.detailsUrl = input.detailsUrl ?? run.detailsUrl;
  run.startedAt = input.startedAt ?? run.startedAt;
  run.completedAt = status === 'completed' ? (input.completedAt ?? run.completedAt ?? sandbox.now()) : null;
  run.title = input.output?.title ?? run.title;
  run.summary = input.output?.summary ?? run.summary;
  run.text = input.output?.text ?? run.text;
  run.annotations.push(...(input.output?.annotations ?? []));
  run.actions = input.actions ?? run.actions;
}

/** The app behind the actor. @throws 403 for people. */
function appOf(actor: Actor): number {
  if (actor.kind === 'user') throw new SandboxError(403, 'You must authenticate via a GitHub App.');
  return actor.appId;
}

/** @throws 422 when the commit is unknown or a size is exceeded; 403 for people. */
export function createCheckRun(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  name: string,
  sha: string,
  input: CheckInput,
): CheckRun {
  const appId = appOf(actor);
  mustWrite(sandbox.world, actor, repo, 'write', 'checks');
  if (!commitOf(repo, sha)) throw new SandboxError(422, `No commit found for SHA: ${sha}`);
  if (name.trim() === '') throw invalid('CheckRun', 'name', 'missing_field');
  checkInput(input);
  const suite = ensureSuite(sandbox, repo, appId, sha, branchOfSha(repo, sha));
  const wasComplete = suiteState(repo, suite).status === 'completed';
  const run: CheckRun = {
    id: sandbox.nextId(),
    suiteId: suite.id,
    name,
    headSha: sha,
    appId,
    status: 'queued',
    conclusion: null,
    externalId: '',
    detailsUrl: null,
    startedAt: sandbox.now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  apply(sandbox, run, input);
  repo.checkRuns.set(run.id, run);
  emitRun(sandbox, actor, repo, run, 'created');
  if (run.status === 'completed') emitRun(sandbox, actor, repo, run, 'completed');
  afterRun(sandbox, actor, repo, suite.id, wasComplete && run.status !== 'completed');
  return run;
}

/** Annotations are added to those that are there. @throws 403 when another app made it. */
export function updateCheckRun(sandbox: Sandbox, actor: Actor, repo: Repository, run: CheckRun, input: CheckInput): CheckRun {
  const appId = appOf(actor);
  mustWrite(sandbox.world, actor, repo, 'write', 'checks');
  if (run.appId !== appId) {
    const text = `Invalid app_id \`${appId}\` - check run can only be modified by the GitHub App that created it.`;
    throw new SandboxError(403, text);
  }
  checkInput(input);
  const suite = repo.checkSuites.get(run.suiteId);
  const wasComplete = suite ? suiteState(repo, suite).status === 'completed' : false;
  const was = run.status;
  apply(sandbox, run, input);
  if (run.status === 'completed' && was !== 'completed') emitRun(sandbox, actor, repo, run, 'completed');
  afterRun(sandbox, actor, repo, run.suiteId, wasComplete);
  return run;
}

/** Its app is told; the run itself is for the app to change. People need write access, apps their own run. */
export function rerequestCheckRun(sandbox: Sandbox, actor: Actor, repo: Repository, run: CheckRun): void {
  mustWrite(sandbox.world, actor, repo, 'write', 'checks');
  if (run.status !== 'completed') throw new SandboxError(422, 'This check run is not rerequestable');
  emitRun(sandbox, actor, repo, run, 'rerequested', {}, true);
}

export function rerequestSuite(sandbox: Sandbox, actor: Actor, repo: Repository, suite: CheckSuite): void {
  mustWrite(sandbox.world, actor, repo, 'write', 'checks');
  emitSuite(sandbox, actor, repo, suite, 'rerequested');
}

/** A person presses one of the run's buttons (GitHub has no API for it). @throws 404 for an unknown button. */
export function requestCheckAction(sandbox: Sandbox, actor: Actor, repo: Repository, run: CheckRun, identifier: string): void {
  mustWrite(sandbox.world, actor, repo, 'write', 'checks');
  if (!run.actions.some((action) => action.identifier === identifier)) throw new SandboxError(404, 'Not Found');
  emitRun(sandbox, actor, repo, run, 'requested_action', { requested_action: { identifier } }, true);
}

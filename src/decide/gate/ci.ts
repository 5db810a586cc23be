/** Gate item: every check and status on the head commit has ended well, required ones first; ours do not count (G2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import { CONFIG_CHECK, READINESS_CHECK } from '../../model/check-names.ts';
import type { CheckFact, PullFacts } from '../../model/pull-facts.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/ci.ts';
import { latestChecks } from './latest-checks.ts';
import { fail, type GateFacts, type GateItem, pass, waiting } from './types.ts';

export const ci: GateItem = {
  id: 'ci',
  title: words.title,
  defaultLevel: 'required',
  events: ['pull_request', 'check_run', 'check_suite', 'status', 'merge_group'],
  check,
};

function check(facts: GateFacts, options: Record<string, unknown>): ItemResult {
  const { pull, inQueue = false } = facts;
  const checks = latestChecks(pull.checks).map((one) => ({ ...one, required: one.required || isRequired(one, pull) }));
  const missing = pull.checksCut ? [] : unreported(checks, pull);
  const groups = grouped(checks, missing);
  const seen = words.evidence(groups);
  if (failing(groups) > 0) return fail(pull.checksCut ? words.cut(checks.length, seen) : seen, words.mend(groups));
  if (groups.waiting.length > 0) {
    const evidence = pull.checksCut ? words.cut(checks.length, seen) : seen;
    return waiting(evidence, null, words.waitsFor([...groups.waiting, ...missing]));
  }
  if (pull.checksCut) return fail(words.cut(checks.length, seen), words.cutMend);
  if (checks.length > 0 && missing.length === 0) {
    return pass(words.green(groups, pull.headSha));
  }
  // Silence: what should report may only be late, or will never come.
  const { waitMinutes } = GATE_OPTIONS.ci.parse(options);
  const until = new Date(lastSign(checks, facts) + waitMinutes * 60_000).toISOString();
  const silence = missing.length > 0 ? seen : words.none(pull.headSha);
  if (facts.now < until) return waiting(silence, words.untilThen(until), words.waitsFor(missing), until);
  return missing.length > 0
    ? fail(words.overdue(seen, waitMinutes), words.overdueMend(inQueue))
    : fail(words.noneAtAll(pull.headSha, waitMinutes), words.noneMend(inQueue));
}

/** A verdict never waits for itself, not even where a ruleset requires it. */
const OURS = [READINESS_CHECK, CONFIG_CHECK];

function demanded({ requiredChecks }: PullFacts) {
  return (requiredChecks ?? []).filter(({ name }) => !OURS.includes(name));
}

/** Who set a status is not known, so one may stand for any app; GitHub itself looks closer when it merges. */
function answers(one: CheckFact, { name, appId }: { name: string; appId: number | null }): boolean {
  return one.name === name && (appId === null || one.kind === 'status' || one.appId === appId);
}

function isRequired(one: CheckFact, pull: PullFacts): boolean {
  return demanded(pull).some((each) => answers(one, each));
}

function unreported(checks: readonly CheckFact[], pull: PullFacts): words.Missing[] {
  return demanded(pull)
    .filter((each) => !checks.some((one) => answers(one, each)))
    .map(({ name }) => ({ name, byAnother: checks.some((one) => one.name === name) }));
}

function grouped(checks: readonly CheckFact[], missing: words.Missing[]): words.CiGroups {
  const sorted = [...checks].sort((a, b) => Number(b.required) - Number(a.required));
  const of = (state: CheckFact['state']) => sorted.filter((one) => one.state === state);
  return {
    green: of('success'),
    skipped: of('skipped'),
    neutral: of('neutral'),
    waiting: of('waiting'),
    missing,
    approval: of('action-required'),
    failed: of('failure'),
    unstarted: of('startup-failure'),
    timedOut: of('timed-out'),
    cancelled: of('cancelled'),
    stale: of('stale'),
  };
}

function failing({ failed, unstarted, timedOut, cancelled, stale, approval }: words.CiGroups): number {
  return [failed, unstarted, timedOut, cancelled, stale, approval].flat().length;
}

/** Milliseconds since 1970: when the head came, or a check on it last moved. Times that apps set ahead do not count. */
function lastSign(checks: readonly CheckFact[], { pull, now }: GateFacts): number {
  const moves = checks.flatMap(({ startedAt, completedAt }) => [startedAt, completedAt]);
  const known = [pull.headAt ?? now, ...moves].map((at) => Date.parse(at ?? ''));
  return Math.max(...known.filter((at) => at <= Date.parse(now)));
}

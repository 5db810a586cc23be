/** Gate item: every check and status on the head commit has ended well; ours do not count (G2). */
import { CONFIG_CHECK, READINESS_CHECK } from '../../model/check-names.ts';
import type { CheckFact } from '../../model/pull-facts.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/ci.ts';
import { fail, type GateFacts, type GateItem, pass, waiting } from './types.ts';

export const ci: GateItem = { id: 'ci', title: words.title, defaultLevel: 'required', check };

const OURS = [READINESS_CHECK, CONFIG_CHECK];

function check({ pull }: GateFacts): ItemResult {
  const checks = latest(pull.checks.filter(({ kind, name }) => kind !== 'check' || !OURS.includes(name)));
  const groups = grouped(checks);
  const failing = groups.failed.length + groups.timedOut.length + groups.cancelled.length + groups.approval.length;
  if (failing > 0) return fail(pull.checksCut ? words.cut(groups, checks.length) : words.evidence(groups), words.mend(groups));
  if (pull.checksCut) return waiting(words.cut(groups, checks.length), words.cutMend, words.waitsFor(groups.waiting.length || 1));
  if (checks.length === 0) return waiting(words.none(pull.headSha), words.noneMend, words.waitsFor(0));
  if (groups.waiting.length > 0) return waiting(words.evidence(groups), null, words.waitsFor(groups.waiting.length));
  return pass(words.green(groups.green.length, groups.skipped.length, pull.headSha));
}

/** Worst first: what counts when GitHub does not say which of two came later. */
const STATES: readonly CheckFact['state'][] = [
  'failure',
  'timed-out',
  'cancelled',
  'action-required',
  'waiting',
  'neutral',
  'skipped',
  'success',
];

/** Of each name, app and workflow the run that started last, in the order of names: GitHub's own order changes. */
function latest(checks: readonly CheckFact[]): CheckFact[] {
  const newest = new Map<string, CheckFact>();
  for (const one of checks) {
    const key = [one.name, one.kind, one.app ?? '', one.workflow ?? ''].join('\n');
    const other = newest.get(key);
    if (!other || later(one, other)) newest.set(key, one);
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function later(one: CheckFact, other: CheckFact): boolean {
  const [a, b] = [one.startedAt ?? null, other.startedAt ?? null];
  if (a !== null && b !== null && a !== b) return a > b;
  return STATES.indexOf(one.state) < STATES.indexOf(other.state);
}

function grouped(checks: readonly CheckFact[]): words.CiGroups {
  const of = (...states: CheckFact['state'][]) => checks.filter(({ state }) => states.includes(state));
  return {
    green: of('success'),
    skipped: of('skipped', 'neutral'),
    waiting: of('waiting'),
    approval: of('action-required'),
    failed: of('failure'),
    timedOut: of('timed-out'),
    cancelled: of('cancelled'),
  };
}

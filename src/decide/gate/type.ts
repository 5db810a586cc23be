/** Gate item: what the session's own type asks of its pull request (P6, P8, P9). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/type.ts';
import { changeInPercent } from '../special/quantity.ts';
import { description } from './description.ts';
import { pathMatcher } from './globs.ts';
import { levelOf } from './level.ts';
import { failedBefore } from './regression.ts';
import { contentOf } from './section-content.ts';
import { readSections } from './sections.ts';
import { tests as testsItem } from './tests.ts';
import { fail, type GateFacts, type GateItem, notApplicable, pass, waiting } from './types.ts';
import { afterWaiver } from './waived.ts';

export const type: GateItem = {
  id: 'type',
  title: words.title,
  defaultLevel: 'required',
  events: ['pull_request', 'issues', 'issue_comment', 'check_run', 'status'],
  check,
};

/** By built-in type; a playbook that extends one counts as that one. */
const RULES: Record<string, (facts: GateFacts) => ItemResult> = {
  'idea-generation': noCode,
  performance: measured,
  'bug-fix': proven,
};

function check(facts: GateFacts): ItemResult {
  const { session, playbook } = facts;
  if (!session) return notApplicable(words.noSession);
  const name = playbook?.base ?? playbook?.type ?? session.session.type;
  return RULES[name]?.(facts) ?? notApplicable(words.nothingAsked(name));
}

/** Ideas stay ideas: S0's idea session builds nothing. Tests are code, too. */
function noCode(facts: GateFacts): ItemResult {
  const { pull } = facts;
  const { isCode, isTest } = kinds(facts);
  const code = pull.files.filter(({ path, previousPath }) =>
    [path, previousPath ?? path].some((one) => isCode(one) || isTest(one)),
  );
  if (code.length > 0) return fail(words.codeChanged(code.map(({ path }) => path)), words.mendCode);
  if (pull.filesTotal > pull.files.length) return fail(words.unlisted(pull.files.length, pull.filesTotal), words.mendUnlisted);
  return pass(words.noCode(pull.files.length));
}

/** Baseline, result and unchanged output of every metric that was named. */
function measured({ session }: GateFacts): ItemResult {
  const measures = session?.session.records.measures ?? [];
  const where = { number: session?.session.number ?? 0, url: session?.session.url ?? null };
  if (measures.length === 0) return fail(words.notMeasured, words.mendMeasures(where));
  const shown = measures.map((measure) => ({ measure, change: changeInPercent(measure.before, measure.after) }));
  const complete = measures.every(({ before, after, same }) => before !== null && after !== null && same);
  return complete ? pass(words.measures(shown)) : fail(words.measures(shown), words.mendMeasures(where));
}

/**
 * A root cause, and a test of which something shows that it failed before the fix. What other items ask for already is
 * not asked for twice: until it is there, this one waits for them.
 */
function proven(facts: GateFacts): ItemResult {
  const { pull } = facts;
  const { isCode, isTest } = kinds(facts);
  const present = pull.files.filter(({ change }) => change !== 'removed');
  const gained = present.filter(({ additions }) => additions > 0).map(({ path }) => path);
  const tests = gained.filter(isTest);
  const isFix = (path: string) => isCode(path) && !isTest(path);
  const fixed = gained.filter(isFix);
  // Rust keeps unit tests inside the source file, where a list of files cannot show them.
  const inline = fixed.length > 0 && fixed.every((path) => path.endsWith('.rs'));
  const unlisted = pull.filesTotal > pull.files.length;
  const seen: words.BugEvidence = {
    rootCause: tellsCause(facts),
    tests,
    tested: tests.length > 0 || inline || (fixed.length === 0 && !unlisted),
    code: fixed.length,
    failedBefore: failedBefore(facts, tests, present.map(({ path }) => path).filter(isFix)),
  };
  const cause = seen.rootCause ? 'nobody' : whoAsks(description, facts);
  const test = seen.tested ? 'nobody' : whoAsks(testsItem, facts);
  const proofMissing = tests.length > 0 && fixed.length > 0 && seen.failedBefore === null;
  const lacks = {
    cause: cause === 'this',
    test: test === 'this',
    proof: proofMissing && levelOf('tests', facts) === 'required',
  };
  if (lacks.cause || lacks.test || lacks.proof) return fail(words.proof(seen), words.mendProof(lacks));
  const first = [cause === 'other' ? description.title : null, test === 'other' ? testsItem.title : null];
  const waitsFor = first.filter((title) => title !== null);
  return waitsFor.length > 0 ? waiting(words.proof(seen), words.after(waitsFor), words.brief(waitsFor)) : pass(words.proof(seen));
}

/** Who asks for what is missing: the item that it belongs to, or this one; nobody where that is not required, or waived. */
function whoAsks(item: GateItem, facts: GateFacts): 'this' | 'other' | 'nobody' {
  if (levelOf(item.id, facts) !== 'required') return 'nobody';
  const { repo, session, pull } = facts;
  const result = item.check(facts, repo.config.gate.items[item.id]?.options ?? {});
  const { status } = afterWaiver(item.id, result, session?.session.records.waivers ?? [], pull.headSha);
  return status === 'fail' ? 'other' : status === 'waived' ? 'nobody' : 'this';
}

/** A root cause is told under its heading. */
function tellsCause({ pull, repo }: GateFacts): boolean {
  const synonyms = GATE_OPTIONS.description.parse(repo.config.gate.items.description?.options ?? {}).sections;
  return readSections(pull.body, synonyms).some(
    (section) => section.ids.includes('rootCause') && contentOf('rootCause', section.nodes) === 'content',
  );
}

/** One notion of code and tests for the whole gate: the one of the item "tests". */
function kinds({ repo }: GateFacts): { isCode(path: string): boolean; isTest(path: string): boolean } {
  const globs = GATE_OPTIONS.tests.parse(repo.config.gate.items.tests?.options ?? {});
  return { isCode: pathMatcher(globs.code), isTest: pathMatcher(globs.tests) };
}

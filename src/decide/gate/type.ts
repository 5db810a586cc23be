/** Gate item: what the session's own type asks of its pull request (P6, P8, P9). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/type.ts';
import { changeInPercent } from '../special/quantity.ts';
import { pathMatcher } from './globs.ts';
import { levelOf } from './level.ts';
import { contentOf } from './section-content.ts';
import { readSections } from './sections.ts';
import { fail, type GateFacts, type GateItem, notApplicable, pass } from './types.ts';

export const type: GateItem = { id: 'type', title: words.title, defaultLevel: 'required', check };

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

/** A root cause in the description and a regression test; that it failed before is looked for, and said when it is not seen. */
function proven(facts: GateFacts): ItemResult {
  const { pull, repo } = facts;
  const synonyms = GATE_OPTIONS.description.parse(repo.config.gate.items.description?.options ?? {}).sections;
  const sections = readSections(pull.body, synonyms);
  const told = (id: 'rootCause' | 'testing') =>
    sections.some((section) => section.ids.includes(id) && contentOf(id, section.nodes) === 'content');
  const { isCode, isTest } = kinds(facts);
  const gains = pull.files.filter(({ change, additions }) => change !== 'removed' && additions > 0).map(({ path }) => path);
  const tests = gains.filter(isTest);
  // Rust keeps unit tests inside the source file, where a list of files cannot show them.
  const code = gains.filter((path) => isCode(path) && !isTest(path));
  const inline = code.length > 0 && code.every((path) => path.endsWith('.rs'));
  const unlisted = pull.filesTotal > pull.files.length;
  const tested = tests.length > 0 || inline || (code.length === 0 && !unlisted);
  const seen: words.BugEvidence = {
    // Where the repository or the playbook does not insist on a description or on tests, this item does not either.
    asksCause: levelOf('description', facts) === 'required',
    asksTest: levelOf('tests', facts) === 'required',
    rootCause: told('rootCause'),
    tests,
    tested,
    code: code.length,
    failedBefore: failedBefore(facts),
  };
  const enough = (seen.rootCause || !seen.asksCause) && (tested || !seen.asksTest);
  return enough ? pass(words.proof(seen)) : fail(words.proof(seen), words.mendProof(seen));
}

/** Steps of the bug-fix playbook that are ticked when the new test was seen failing. */
const FAILING_FIRST = ['failing-test-first', 'regression-prevented'];
/** "fails without the fix", "red before the change", "failed on main". */
const SAYS_SO =
  /\b(?:fail(?:s|ed|ing)?|red|broke|breaks)\b[^.\n]{0,60}\b(?:before|without|on (?:main|master)|prior to|first|unpatched|old code)\b|\b(?:before|without|on (?:main|master))\b[^.\n]{0,60}\b(?:fail(?:s|ed|ing)?|red)\b/i;

function failedBefore({ pull, session }: GateFacts): words.BugEvidence['failedBefore'] {
  const ticked = FAILING_FIRST.some((id) => session?.session.ticks.includes(id));
  if (ticked) return 'ticked';
  const texts = [pull.body.slice(0, 65_536), ...(session?.worklog ?? []).map(({ text }) => text)];
  return texts.some((text) => SAYS_SO.test(text)) ? 'said' : null;
}

/** One notion of code and tests for the whole gate: the one of the item "tests". */
function kinds({ repo }: GateFacts): { isCode(path: string): boolean; isTest(path: string): boolean } {
  const globs = GATE_OPTIONS.tests.parse(repo.config.gate.items.tests?.options ?? {});
  return { isCode: pathMatcher(globs.code), isTest: pathMatcher(globs.tests) };
}

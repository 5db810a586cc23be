/** What shows that a bug-fix's test failed before the fix (P9): CI itself, the place of the test, or someone's word. */
import { CONFIG_CHECK, READINESS_CHECK } from '../../model/check-names.ts';
import type { WorklogEntry } from '../../model/session.ts';
import type { FailedBefore } from '../../render/gate/type.ts';
import { latestChecks } from './latest-checks.ts';
import { pairOf } from './same-area.ts';
import type { GateFacts } from './types.ts';

/**
 * The strongest that there is.
 * @param tests test files that gained lines
 * @param code code files that changed
 */
export function failedBefore(facts: GateFacts, tests: readonly string[], code: readonly string[]): FailedBefore | null {
  const seen = byCi(facts);
  if (seen) return seen;
  const said = bySaying(facts);
  const pair = pairOf(tests, code);
  return said ?? (pair ? { by: 'area', ...pair } : null);
}

/** Checks of style, coverage, papers or deployment: that one of them was red says nothing about a test. */
const NO_TEST =
  /\b(lint\w*|eslint|prettier|biome|ruff|rubocop|clippy|format\w*|fmt|style|spell\w*|typos?|commits?|commitlint|title|labels?|cla|dco|codeql|codecov|coverage|sonar\w*|licen[sc]es?|semantic|deploy\w*|preview|netlify|vercel|docs?)\b/i;

/** A check that was red on an earlier commit of this pull request and is green on its head. */
function byCi({ pull }: GateFacts): FailedBefore | null {
  const green = new Set(
    latestChecks(pull.checks)
      .filter(({ state }) => state === 'success')
      .map(({ name }) => name),
  );
  // The newest red commit is the nearest to the fix.
  for (const { sha, failed } of (pull.history ?? []).toReversed()) {
    const check = [...failed].sort().find((name) => green.has(name) && !OURS.has(name) && !NO_TEST.test(name));
    if (check !== undefined) return { by: 'ci', check, sha };
  }
  return null;
}

const OURS = new Set<string>([READINESS_CHECK, CONFIG_CHECK]);

/** Steps of the bug-fix playbook that are ticked when the new test was seen failing. */
export const FAILING_FIRST: readonly string[] = ['failing-test-first', 'regression-prevented'];
/** "fails without the fix", "red before the change", "failed on main". */
const SAYS_SO =
  /\b(?:fail(?:s|ed|ing)?|red|broke|breaks)\b[^.\n]{0,60}\b(?:before|without|on (?:main|master)|prior to|first|unpatched|old code)\b|\b(?:before|without|on (?:main|master))\b[^.\n]{0,60}\b(?:fail(?:s|ed|ing)?|red)\b/i;

function bySaying({ pull, session }: GateFacts): FailedBefore | null {
  if (FAILING_FIRST.some((id) => session?.session.ticks.includes(id))) return { by: 'ticked' };
  // What a template hides in comments is nobody's word, and no more is a line of our own.
  const body = pull.body.slice(0, 65_536).replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  return SAYS_SO.test(body) || (session?.worklog ?? []).some(saysFailedBefore) ? { by: 'said' } : null;
}

/** Someone's word in the worklog. */
export function saysFailedBefore({ who, text }: WorklogEntry): boolean {
  return who !== 'Playcaller' && SAYS_SO.test(text);
}

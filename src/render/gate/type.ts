/** Words of the gate item "type". */
import type { Measure } from '../../model/records.ts';
import { code, link, quoteText } from '../markdown.ts';
import { figuresOf } from '../special/measures.ts';
import { count, listing, points, shortSha } from './phrases.ts';

export const title = 'Session type';

export const noSession = 'No session is linked';

export function nothingAsked(type: string): string {
  return `${code(type, 40)} sessions bring nothing of their own`;
}

const paths = (list: readonly string[]) =>
  listing(
    list.map((path) => code(path, 100)),
    4,
  );

export function codeChanged(files: readonly string[]): string {
  return `No code in an idea session: ${count(files.length, 'code file')} changed (${paths(files)})`;
}

export const mendCode =
  'Ideas stay ideas here. Take the code out, make an issue of the idea (`/session idea promote <number>`) and build it in a session of its own.';

export function noCode(files: number): string {
  return `No code among ${count(files, 'changed file')}`;
}

export function unlisted(listed: number, total: number): string {
  return `Only ${listed.toLocaleString('en-US')} of ${count(total, 'changed file')} could be read: whether code is among them is unknown`;
}

export const mendUnlisted = 'Split the pull request: what GitHub does not list cannot be checked.';

export const notMeasured = 'Nothing was measured: baseline and result are missing';

export function measures(shown: readonly { measure: Measure; change: number | null }[]): string {
  const lines = shown.slice(0, 10).map(({ measure, change }) => {
    const lacks = [
      measure.before === null ? 'baseline' : null,
      measure.after === null ? 'result' : null,
      measure.same ? null : 'word that the output is the same',
    ].filter((part) => part !== null);
    const figures = `${quoteText(measure.metric, 60)}: ${quoteText(figuresOf(measure, change), 120)}`;
    return lacks.length === 0 ? figures : `${figures} – no ${listing(lacks)}`;
  });
  return points([...lines, shown.length > 10 ? `and ${shown.length - 10} more` : null]);
}

export function mendMeasures({ number, url }: { number: number; url: string | null }): string {
  return `Measure in the same way before and after, compare the output, and write it in ${link(`issue ${number}`, url)}: ${code('/session measure <metric> before=45s after=27s runs=100 same')}`;
}

/** What shows that the test was red without the fix: CI on an earlier commit, its place beside the fix, someone's word. */
export type FailedBefore =
  | { by: 'ci'; check: string; sha: string }
  | { by: 'area'; test: string; code: string }
  | { by: 'ticked' }
  | { by: 'said' };

export interface BugEvidence {
  rootCause: boolean;
  /** Test files that gained lines. */
  tests: string[];
  /** A test came along, or none can be asked for. */
  tested: boolean;
  /** Code files that gained lines. */
  code: number;
  failedBefore: FailedBefore | null;
}

export function proof({ rootCause, tests, tested, code: files, failedBefore }: BugEvidence): string {
  return points([
    rootCause ? 'Root cause told' : 'No root cause in the description',
    tests.length > 0
      ? `Test: ${paths(tests)}`
      : tested
        ? files === 0
          ? 'No code changed, so no test is asked for'
          : 'Only Rust changed: tests inside the file cannot be told from here'
        : 'No test changed that could have failed before the fix',
    tests.length > 0 && files > 0 ? redBefore(failedBefore) : null,
  ]);
}

function redBefore(shown: FailedBefore | null): string {
  if (shown === null) return 'Nothing shows that it was red before the fix';
  switch (shown.by) {
    case 'ci':
      return `Red before: ${code(shown.check, 80)} failed on ${code(shortSha(shown.sha))} and is green now`;
    case 'area':
      return `${code(shown.test, 100)} covers the area of ${code(shown.code, 100)}; that it was red before, CI does not show`;
    case 'ticked':
      return 'Ticked in the playbook as red without the fix';
    case 'said':
      return 'Said to be red without the fix';
  }
}

export function mendProof(lacks: { cause: boolean; test: boolean; proof: boolean }): string {
  return points([
    lacks.cause ? `Add ${code('## Root cause')} to the description: why it broke.` : null,
    lacks.test ? 'Add a test that fails without the fix and passes with it.' : null,
    lacks.proof
      ? 'Show that the test catches it: run it without the fix and say so under Testing ("fails without the fix"), tick that step in the playbook, or push the test before the fix, so that CI is red once.'
      : null,
  ]);
}

/** @param items titles of the items that ask for what is missing */
export function after(items: readonly string[]): string {
  return `See ${brief(items)}; nothing more is asked here.`;
}

export function brief(items: readonly string[]): string {
  return listing(items);
}

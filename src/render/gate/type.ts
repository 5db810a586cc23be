/** Words of the gate item "type". */
import type { Measure } from '../../model/records.ts';
import { code, link, quoteText } from '../markdown.ts';
import { figuresOf } from '../special/measures.ts';
import { count, listing, points } from './phrases.ts';

export const title = 'Session type';

export const noSession = 'Comes with a session';

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

export interface BugEvidence {
  /** A description, or tests, are required of this pull request. */
  asksCause: boolean;
  asksTest: boolean;
  rootCause: boolean;
  /** Test files that gained lines. */
  tests: string[];
  /** A test came along, or none can be asked for. */
  tested: boolean;
  /** Code files that gained lines. */
  code: number;
  /** What shows that the test failed without the fix. */
  failedBefore: 'ticked' | 'said' | null;
}

export function proof({ rootCause, tests, tested, code: files, failedBefore }: BugEvidence): string {
  const before = {
    ticked: 'ticked in the playbook as red without the fix',
    said: 'said to be red without the fix',
  };
  return points([
    rootCause ? 'Root cause told' : 'No root cause in the description',
    tests.length > 0
      ? `Test: ${paths(tests)}; ${failedBefore === null ? 'nothing shows yet that it was red before the fix' : before[failedBefore]}`
      : tested
        ? files === 0
          ? 'No code changed, so no test is asked for'
          : 'Only Rust changed: tests inside the file cannot be told from here'
        : 'No test changed that could have failed before the fix',
  ]);
}

export function mendProof({ rootCause, tested, asksCause, asksTest }: BugEvidence): string {
  return points([
    rootCause || !asksCause ? null : `Add ${code('## Root cause')} to the description: why it broke.`,
    tested || !asksTest ? null : 'Add a test that fails without the fix and passes with it.',
  ]);
}

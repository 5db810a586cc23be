/** Words of the gate item "tests". */
import { code } from '../markdown.ts';
import { count, listing } from './phrases.ts';

export const title = 'Tests';

const paths = (list: readonly string[]) =>
  listing(
    list.map((path) => code(path, 100)),
    4,
  );

export function covered(codeFiles: number, tests: readonly string[]): string {
  return `${count(codeFiles, 'code file')}, with tests in ${paths(tests)}`;
}

export function uncovered(codeFiles: readonly string[]): string {
  return `${count(codeFiles.length, 'code file')} changed and no test: ${paths(codeFiles)}`;
}

export const mend =
  'Add or change a test that shows the new behaviour. Tests kept elsewhere? Name them in `gate.items.tests.tests` of `.github/playcaller.yml`.';

export function inline(files: readonly string[]): string {
  return `Only Rust changed (${paths(files)}): tests inside the file cannot be told from here, so a reviewer should look`;
}

export function unlisted(listed: number, total: number): string {
  return `Only ${listed.toLocaleString('en-US')} of ${count(total, 'changed file')} could be read: whether tests came along is unknown`;
}

export const mendUnlisted = 'Split the pull request: what GitHub does not list cannot be checked.';

export const noCode = 'No code changed';
export const onlyRemoved = 'Code was only removed or moved';

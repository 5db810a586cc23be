/** Words of the gate item "docs". */
import { code } from '../markdown.ts';
import { count, listing } from './phrases.ts';

export const title = 'Docs';

const paths = (list: readonly string[]) =>
  listing(
    list.map((path) => code(path, 100)),
    4,
  );

export function written(files: readonly string[]): string {
  return `Written down in ${paths(files)}`;
}

export function missing(files: readonly string[], kind: 'feature' | 'breaking'): string {
  const what = kind === 'breaking' ? 'A breaking change' : 'A feature';
  return `${what} in ${count(files.length, 'file')} and no word of it in the documentation: ${paths(files)}`;
}

export const mend =
  'Tell users what is new where they will look: README, `docs/` or the changelog. Documentation kept elsewhere? Name it in `gate.items.docs.docs` of `.github/playcaller.yml`.';

export function notAsked(type: string): string {
  return `Not asked of a ${code(type, 30)} that breaks nothing`;
}

export const noBehaviour = 'Nothing changed that people see';

export const unknownKind = 'Depends on the kind of change, which the title does not say yet';
export const mendTitle = 'Mend the title first: a `feat`, or a breaking change, wants documentation.';
export const titleFirst = 'the title';

export function unlisted(listed: number, total: number): string {
  return `Only ${listed.toLocaleString('en-US')} of ${count(total, 'changed file')} could be read: whether documentation came along is unknown`;
}

export const mendUnlisted = 'Split the pull request: what GitHub does not list cannot be checked.';

/** Words of the gate item "hygiene". */
import type { SecretFinding } from '../../model/pull-facts.ts';
import type { Annotation } from '../../model/verdict.ts';
import { cleanText, code, quoteText } from '../markdown.ts';
import { count, listing, shortSha } from './phrases.ts';

export const title = 'Diff hygiene';

const paths = (list: readonly string[]) =>
  listing(
    list.map((path) => code(path, 100)),
    5,
  );
const places = (list: readonly { path: string; line: number }[]) => paths(list.map(({ path, line }) => `${path}:${line}`));

export const secrets = {
  seen: (found: readonly SecretFinding[]) =>
    `${count(found.length, 'secret')}: ${listing(
      found.map(({ path, line, kind }) => `${quoteText(kind, 60)} in ${code(`${path}:${line}`, 100)}`),
      5,
    )}`,
  mend: 'Revoke the secret first: it is public to all who can read this repository. Then take it out, also of the commits.',
  annotation: ({ path, line, kind }: SecretFinding): Annotation => ({
    path,
    line,
    level: 'failure',
    title: `Looks like a secret: ${cleanText(kind, 60)}`,
    message: 'Revoke it, then take it out of the branch, also of earlier commits. Secrets belong in the environment or a vault.',
  }),
};

export const conflicts = {
  seen: (found: readonly { path: string; line: number }[]) => `Merge conflict left in ${places(found)}`,
  mend: 'Resolve the conflict and push.',
  annotation: ({ path, line }: { path: string; line: number }): Annotation => ({
    path,
    line,
    level: 'failure',
    title: 'A merge conflict was left here',
    message: 'Keep the lines that belong and delete the three markers.',
  }),
};

export const binaries = {
  seen: (list: readonly { path: string; bytes: number | null }[]) =>
    `Binary: ${listing(
      list.map(({ path, bytes }) => code(path, 100) + (bytes === null ? '' : ` (${weight(bytes)})`)),
      5,
    )}`,
  mend: 'Keep binaries out (release assets, Git LFS), or name them in `gate.items.hygiene.allow` of `.github/playcaller.yml`.',
  media: (list: readonly string[]) => `${count(list.length, 'image or font', 'images or fonts')}: ${paths(list)}`,
  changed: (list: readonly string[]) => `Changed binary: ${paths(list)}`,
};

export const big = {
  seen: (list: readonly { path: string; additions: number }[]) =>
    `Big: ${listing(
      list.map(({ path, additions }) => `${code(path, 100)} (${count(additions, 'line')})`),
      5,
    )}`,
  mend: 'Leave generated and bulk files out, or name them in `gate.items.hygiene.allow` of `.github/playcaller.yml`.',
};

export const heavy = {
  seen: (list: readonly { path: string; bytes: number }[], limit: number) =>
    `Over ${weight(limit)}: ${listing(
      list.map(({ path, bytes }) => `${code(path, 100)} (${weight(bytes)})`),
      5,
    )}`,
  mend: 'Make it smaller or keep it elsewhere (Git LFS), or name it in `gate.items.hygiene.allow` of `.github/playcaller.yml`.',
  unweighed: (list: readonly string[]) => `Size not known: ${paths(list)}`,
  mendUnweighed:
    'The sizes of 100 added files are read at most: split the pull request, or name the files in `gate.items.hygiene.allow`.',
};

export const stray = {
  seen: (list: readonly string[]) => `Stray: ${paths(list)}`,
  mend: 'Take stray files out (`git rm --cached …`) and put them in `.gitignore`.',
};

export const unread = {
  seen: (list: readonly string[]) => `Too large to read here: ${paths(list)}`,
  unlisted: (read: number, total: number) =>
    `Only ${read.toLocaleString('en-US')} of ${count(total, 'changed file')} could be read`,
  mend: 'Split what could not be read, or name it in `gate.items.hygiene.allow` of `.github/playcaller.yml`.',
  mendUnlisted: 'Split the pull request: what GitHub does not list cannot be checked.',
};

export const locks = {
  stray: (list: readonly string[]) => `Lockfile without its manifest: ${paths(list)}`,
  mendStray:
    'Take the lockfile out if no dependency was meant to move. If it was, give it a pull request of its own, or name it in `gate.items.hygiene.allow`.',
  behind: (list: readonly string[]) => `Dependencies changed, their lockfile did not: ${paths(list)}`,
  mendBehind: 'Run your package manager’s install and commit the lockfile.',
  alone: (list: readonly string[]) => `Note: ${paths(list)} changed without its manifest`,
  unlocked: (list: readonly string[]) => `Note: dependencies changed in ${paths(list)}, and no lockfile did`,
};

/** `1 MB`, `1.5 MB`, `300 bytes`; a megabyte has 1,048,576. */
function weight(bytes: number): string {
  const [unit, size] = bytes >= 1_048_576 ? ['MB', 1_048_576] : bytes >= 1024 ? ['KB', 1024] : ['bytes', 1];
  return `${(Math.round((bytes / size) * 10) / 10).toLocaleString('en-US')} ${unit}`;
}

export function clean(files: number): string {
  return `${count(files, 'file')} read: no secret, conflict, binary or stray file`;
}

export function notReadYet(sha: string): string {
  return `The files of ${code(shortSha(sha))} were not read yet`;
}

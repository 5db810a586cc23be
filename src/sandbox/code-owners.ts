/** Who owns what a pull request changes, by the base branch's CODEOWNERS (GitHub docs, "About code owners"). */
import { atLeast, permissionOf } from './access.ts';
import { fileAt } from './git/tree.ts';
import { accountByLogin, branchSha, filesOf, type PullIssue } from './read.ts';
import type { Team } from './state/accounts.ts';
import type { Repository } from './state/repository.ts';
import type { World } from './state/world.ts';

interface Line {
  pattern: RegExp;
  owners: string[];
}

/** The people and teams of one line who may own: with write access. */
export interface Owners {
  /** As they stand in the file, without `@`. */
  names: string[];
  people: string[];
  teams: Team[];
}

/** GitHub takes the first that exists, and none over 3 MB. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const largest = 3 * 1024 * 1024;

/** gitignore's patterns, without `!` and `[ ]`, which GitHub does not take here. */
function toRegExp(pattern: string): RegExp | null {
  if (/^!|[[\]]/.test(pattern)) return null;
  const rooted = pattern.replace(/\/$/, '').includes('/');
  const body = pattern
    .replace(/^\//, '')
    .split(/(\*\*\/|\/\*\*$|\*\*|\*|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '/**') return '/.*';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  // `docs/*` does not reach into folders below; a name or a folder does.
  const below = pattern.endsWith('/') ? '.*' : /\/\*$/.test(pattern) ? '' : '(?:/.*)?';
  return new RegExp(`^${rooted ? '' : '(?:.*/)?'}${body}${below}$`);
}

function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((line) => {
    const [pattern, ...owners] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/(?<!\\)\s+/);
    const expression = pattern ? toRegExp(pattern.replaceAll('\\ ', ' ')) : null;
    return expression ? [{ pattern: expression, owners }] : [];
  });
}

function readLines(repo: Repository, base: string): Line[] {
  for (const place of places) {
    const content = fileAt(repo, base, place);
    if (content) return content.length > largest ? [] : linesOf(content.toString());
  }
  return [];
}

/** Those without write access do not own, though the file names them. */
function ownersOf(world: World, repo: Repository, names: string[]): Owners {
  const found: Owners = { names: [], people: [], teams: [] };
  for (const name of names.map((one) => one.replace(/^@/, ''))) {
    const [org, slug] = name.split('/');
    const team = [...repo.teams.values()].find(
      (one) => one.team.orgLogin.toLowerCase() === org?.toLowerCase() && one.team.slug === slug?.toLowerCase(),
    );
    const login = slug === undefined ? accountByLogin(world, name)?.login : undefined;
    if (team && atLeast(team.permission, 'write')) found.teams.push(team.team);
    else if (login && atLeast(permissionOf(repo, login), 'write')) found.people.push(login);
    else continue;
    found.names.push(name);
  }
  return found;
}

/** Owners of the changed files, one entry for each line of the file that counts; the last line that fits a path wins. */
export function codeOwners(world: World, repo: Repository, issue: PullIssue): Owners[] {
  const base = branchSha(repo, issue.pull.baseRef);
  const lines = base ? readLines(repo, base) : [];
  if (lines.length === 0) return [];
  const paths = filesOf(repo, issue).flatMap((file) => [
    file.filename,
    ...(file.previousFilename ? [file.previousFilename] : []),
  ]);
  const hit = new Set(paths.flatMap((path) => lines.findLast((line) => line.pattern.test(path)) ?? []));
  return [...hit].map((line) => ownersOf(world, repo, line.owners)).filter((owners) => owners.names.length > 0);
}

export function isOwner(owners: Owners, login: string): boolean {
  return owners.people.includes(login) || owners.teams.some((team) => team.members.has(login));
}

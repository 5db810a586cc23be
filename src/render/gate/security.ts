/** Words of the gate item "security". People are named without the sign that would call them. */
import type { ReviewFact } from '../../model/pull-facts.ts';
import { code } from '../markdown.ts';
import { count, listing, points, shortSha } from './phrases.ts';

export const title = 'Security';
export const waitsFor = 'an owner’s approval';
export const untouched = 'Nothing that touches security changed';

export type TestsSeen =
  | { kind: 'there'; tests: string[] }
  | { kind: 'missing'; code: string[] }
  | { kind: 'inside' }
  | { kind: 'no-code' };

/** As CODEOWNERS names them. */
export type Owner = { kind: 'user'; login: string } | { kind: 'team'; slug: string } | { kind: 'email'; address: string };

/** Paths with the same owners, and the approvals of the head commit that count for them. */
export interface Part {
  /** Empty: anyone who may write. */
  owners: Owner[];
  paths: string[];
  by: ReviewFact[];
}

const MAX_PARTS = 5;
const paths = (list: readonly string[]) =>
  listing(
    list.map((path) => code(path, 100)),
    3,
  );
const people = (reviews: readonly ReviewFact[]) =>
  listing([...new Set(reviews.map(({ author }) => author.login))].sort().map((login) => code(login, 60)));

export function touched(files: readonly string[]): string {
  return `${count(files.length, 'file')} that ${files.length === 1 ? 'touches' : 'touch'} security: ${paths(files)}`;
}

export function tested(seen: TestsSeen): string | null {
  switch (seen.kind) {
    case 'there':
      return `Tests: ${paths(seen.tests)}`;
    case 'missing':
      return `No test changed with ${paths(seen.code)}`;
    case 'inside':
      return 'Its code is Rust: tests inside the file cannot be told from here';
    case 'no-code':
      return null;
  }
}

export function against(reviews: readonly ReviewFact[]): string | null {
  return reviews.length === 0 ? null : `Changes asked for by ${people(reviews)}`;
}

export function approved(reviews: readonly ReviewFact[], head: string): string | null {
  return reviews.length === 0 ? null : `Approved on ${code(shortSha(head))} by ${people(reviews)}`;
}

export function unapproved(parts: readonly Part[]): string[] {
  const lines = parts.slice(0, MAX_PARTS).map((part) => `Not approved yet: ${paths(part.paths)}; ${whoCan(part)}`);
  const rest = parts.length - lines.length;
  return rest > 0 ? [...lines, `and ${count(rest, 'more group')} of files with other owners`] : lines;
}

function whoCan({ owners }: Part): string {
  if (owners.length === 0) return 'nobody owns it, so anyone else with write access can';
  return `owned by ${listing(owners.map(ownerName), 6)}`;
}

function ownerName(owner: Owner): string {
  if (owner.kind === 'user') return code(owner.login, 60);
  return owner.kind === 'team' ? `team ${code(owner.slug, 100)}` : `${code(owner.address, 100)} (e-mail)`;
}

/** Why opinions that are there do not help. */
export function notCounted(seen: {
  approvals: ReviewFact[];
  stale: ReviewFact[];
  dismissed: ReviewFact[];
  uncounted: ReviewFact[];
  author: string;
}): string[] {
  const bots = seen.uncounted.filter(({ author }) => author.bot);
  const own = seen.uncounted.filter(({ author }) => !author.bot);
  const readers = seen.approvals.filter(({ mayWrite }) => !mayWrite);
  return [
    seen.stale.length > 0 ? `Of an earlier commit, so stale: the approval of ${people(seen.stale)}` : null,
    seen.dismissed.length > 0 ? `Dismissed: the review of ${people(seen.dismissed)}` : null,
    own.length > 0 ? 'The author’s own approval does not count' : null,
    bots.length > 0 ? `A bot’s approval does not count: ${people(bots)}` : null,
    readers.length > 0 ? `Approved without write access, which does not count: ${people(readers)}` : null,
  ].filter((line) => line !== null);
}

export function ownersUnread(path: string): string {
  return `${code(path)} could not be read as a whole: who owns these files is unknown`;
}

export const reviewsUnread = 'Not all reviews could be read: whether someone asks for changes is unknown';

export const mendUnread =
  'CODEOWNERS is read up to 512 KB, less where thousands of its lines meet as many files, and the newest opinions of 100 reviewers. Beyond that a maintainer looks and says `/session waive security <why>`.';

export const mendTests =
  'Add or change a test that shows the new behaviour, and what it refuses. Tests kept elsewhere? Name them in `gate.items.tests.tests` of `.github/playcaller.yml`.';

export function mendAgainst(reviews: readonly ReviewFact[]): string | null {
  return reviews.length === 0 ? null : `Settle it with ${people(reviews)}, who then reviews again.`;
}

/** @param base branch whose CODEOWNERS counts */
export function askOwners(parts: readonly Part[], { author, base }: { author: string; base: string }): string {
  const owners = parts.flatMap((part) => part.owners);
  const users = named(owners.flatMap((owner) => (owner.kind === 'user' && !same(owner.login, author) ? [owner.login] : [])));
  const teams = named(owners.flatMap((owner) => (owner.kind === 'team' ? [owner.slug] : [])));
  const anyone = parts.some((part) => part.owners.length === 0);
  const asked = [...users, ...teams, ...(anyone ? ['someone with write access'] : [])];
  const several = parts.length > 1;
  const stuck = parts.filter((part) => part.owners.length > 0 && !part.owners.some((owner) => canApprove(owner, author)));
  const byMail = stuck.some((part) => part.owners.some(({ kind }) => kind === 'email'));
  const file = `CODEOWNERS on ${code(base, 60)}`;
  return points([
    asked.length > 0
      ? `Ask ${several ? 'one owner of each for a review' : asked.length > 1 ? 'one of them for a review' : 'for a review'}: ${listing(asked, 6)}. Only an approval of the newest commit counts.`
      : null,
    teams.length > 0
      ? 'Request it from the team itself: only then does GitHub say that a member’s approval is the team’s, and only where this app may read members.'
      : null,
    byMail ? `Who stands behind an e-mail address cannot be seen here: name the login in ${file}.` : null,
    stuck.length > 0 && !byMail
      ? `The author is the only owner of ${paths(stuck.flatMap((part) => part.paths))}: name a second one in ${file}.`
      : null,
    stuck.length > 0 ? 'Until then a maintainer can let it through: `/session waive security <why>`.' : null,
  ]);
}

function canApprove(owner: Owner, author: string): boolean {
  return owner.kind === 'team' || (owner.kind === 'user' && !same(owner.login, author));
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function named(names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => code(name, 100));
}

export function unlisted(listed: number, total: number): string {
  return `Only ${listed.toLocaleString('en-US')} of ${count(total, 'changed file')} could be read: whether the rest touches security is unknown`;
}

export const mendUnlisted = 'Split the pull request: what GitHub does not list cannot be checked.';

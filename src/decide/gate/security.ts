/** Gate item: what touches security comes with a test and with an owner's approval of the head commit (G2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { FileFact, PullFacts, ReviewFact } from '../../model/pull-facts.ts';
import type { ItemResult } from '../../model/verdict.ts';
import { points } from '../../render/gate/phrases.ts';
import * as words from '../../render/gate/security.ts';
import { type CodeKinds, codeKindsOf, gainsLines, testsAreInside } from './code-kinds.ts';
import { readCodeOwners } from './code-owners.ts';
import { pathMatcher } from './globs.ts';
import { type Standing, sameLogin, standingOf } from './reviews.ts';
import { fail, type GateFacts, type GateItem, notApplicable, pass, waiting } from './types.ts';

export const security: GateItem = {
  id: 'security',
  title: words.title,
  defaultLevel: 'required',
  events: ['pull_request', 'pull_request_review'],
  check,
};

/** Patterns of CODEOWNERS tried on paths, a microsecond or two each: 100,000 lines and 3,000 paths would take ten minutes. */
const MOST_TRIES = 100_000;

function check({ pull, repo }: GateFacts, options: Record<string, unknown>): ItemResult {
  const touches = pathMatcher(GATE_OPTIONS.security.parse(options).paths);
  const files = pull.files.filter((file) => pathsOf(file).some(touches));
  const unlisted = pull.filesTotal > pull.files.length ? words.unlisted(pull.files.length, pull.filesTotal) : null;
  if (files.length === 0) return unlisted ? fail(unlisted, words.mendUnlisted) : notApplicable(words.untouched);
  const tests = testsWith(files, pull, codeKindsOf(repo));
  const standing = standingOf(pull);
  const { codeowners, reviewsCut = false } = pull;
  const owned = new Set(files.flatMap(pathsOf).filter(touches));
  const ownersUnread = codeowners?.cut || readCodeOwners(codeowners?.text ?? null).tries(owned) > MOST_TRIES;
  const unread = [
    ...(codeowners && ownersUnread ? [words.ownersUnread(codeowners.path)] : []),
    ...(reviewsCut ? [words.reviewsUnread] : []),
  ];
  // Of half a file nothing follows: a later line may give the same path to others.
  const parts = ownersUnread ? [] : partsOf(owned, pull, standing);
  const against = standing.against.filter((review) => parts.some(({ owners }) => speaksFor(review, owners)));
  const open = parts.filter(({ by }) => by.length === 0);
  const seen = points([
    words.touched(files.map(({ path }) => path)),
    unlisted,
    words.tested(tests),
    ...unread,
    words.against(against),
    words.approved(
      parts.flatMap(({ by }) => by),
      pull.headSha,
    ),
    ...words.unapproved(open),
    ...(open.length > 0 ? words.notCounted({ ...standing, author: pull.author.login }) : []),
  ]);
  const asks = open.length > 0 ? words.askOwners(open, { author: pull.author.login, base: pull.baseRef }) : null;
  const mends = [
    tests.kind === 'missing' ? words.mendTests : null,
    unlisted ? words.mendUnlisted : null,
    words.mendAgainst(against),
    unread.length > 0 ? words.mendUnread : null,
  ].filter((mend) => mend !== null);
  if (mends.length > 0) return fail(seen, points([...mends, asks]));
  return asks === null ? pass(seen) : waiting(seen, asks, words.waitsFor);
}

function pathsOf({ path, previousPath }: FileFact): string[] {
  return previousPath === null ? [path] : [path, previousPath];
}

/** Taking lines away can open a door, too: it wants a test that changed, be it by losing lines. */
function testsWith(touched: readonly FileFact[], { files }: PullFacts, { isTest, wantsTest }: CodeKinds): words.TestsSeen {
  const changes = ({ change, additions, deletions }: FileFact) => change !== 'removed' && additions + deletions > 0;
  const code = touched.filter((file) => wantsTest(file.path) && changes(file));
  if (code.length === 0) return { kind: 'no-code' };
  const counts = code.some(gainsLines) ? gainsLines : (file: FileFact) => file.additions + file.deletions > 0;
  const tests = files.filter((file) => isTest(file.path) && counts(file)).map(({ path }) => path);
  const paths = code.map(({ path }) => path);
  if (tests.length > 0) return { kind: 'there', tests };
  return testsAreInside(paths) ? { kind: 'inside' } : { kind: 'missing', code: paths };
}

/** Paths with the same owners, in the order in which they were listed; one approval does for all of them. */
function partsOf(paths: ReadonlySet<string>, pull: PullFacts, { approvals }: Standing): words.Part[] {
  const codeOwners = readCodeOwners(pull.codeowners?.text ?? null);
  const parts = new Map<string, words.Part>();
  for (const path of paths) {
    const owners = codeOwners.of(path);
    const key = JSON.stringify(owners);
    const part = parts.get(key);
    if (part) part.paths.push(path);
    else parts.set(key, { owners, paths: [path], by: approvals.filter((review) => speaksFor(review, owners)) });
  }
  return [...parts.values()];
}

/** An owner without write access is none for GitHub either. Where nobody owns the path, all who may write do. */
function speaksFor({ author, mayWrite, teams }: ReviewFact, owners: readonly words.Owner[]): boolean {
  if (!mayWrite) return false;
  if (owners.length === 0) return true;
  return owners.some((owner) => {
    if (owner.kind === 'user') return sameLogin(owner.login, author.login);
    return owner.kind === 'team' && teams.includes(owner.slug);
  });
}

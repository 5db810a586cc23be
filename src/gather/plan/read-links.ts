/** GitHub's blocked-by links between sub-issues, in few calls. */
import { Gone, Refused } from '../../github/errors.ts';
import type { RepoName } from '../../model/repo.ts';
import type { KnownLinks } from '../../model/sub-plan.ts';
import type { Reading } from '../reading.ts';
import { queryBlockedBy } from './blocked-by-query.ts';
import { type ListedIssue, readLinked } from './read-sub-issues.ts';

type Links = Record<string, KnownLinks>;
type Target = { repo: RepoName; number: number };
interface Found {
  links: Links;
  /** Those of which not all links are shown: what they wait for is not known. */
  unread: number[];
}

/** So many are asked for one by one; for more, one query is cheaper. */
const FEW = 2;

/**
 * The list says how many links each has, so that those without cost nothing; what was read stays good while an issue
 * shows the same.
 * @param known what the ledger holds; empty to read everything anew
 */
export async function readLinks(subs: readonly ListedIssue[], known: Links, repo: RepoName, reading: Reading): Promise<Found> {
  const blocked = subs.filter((sub) => count(sub) > 0);
  const links: Links = {};
  const open: ListedIssue[] = [];
  for (const sub of blocked) {
    const before = known[sub.number];
    if (before?.seen === seenOf(sub)) links[sub.number] = before;
    else open.push(sub);
  }
  const ids = open.map((sub) => sub.node_id);
  const queried = open.length > FEW ? await queryBlockedBy(ids, reading) : null;
  const hubs = queried === null && open.length > FEW ? await fromHubs(subs, open, repo, reading) : null;
  for (const sub of open) {
    const near = hubs?.get(sub.number) ?? [];
    const told = queried?.get(sub.node_id) ?? (near.length >= count(sub) ? near : null);
    const to = told ?? (await tried(() => readLinked(reading, repo, sub.number, 'blocked_by'))) ?? [];
    links[sub.number] = { seen: seenOf(sub), to: to.map((one) => ({ ...one, repo: one.repo === repo ? null : one.repo })) };
  }
  // What GitHub counts and does not show is where Playcaller may not look.
  const short = blocked.filter((sub) => (links[sub.number]?.to.length ?? 0) < count(sub));
  return { links, unread: short.map((sub) => sub.number).sort((a, b) => a - b) };
}

/** A link is seen from both ends: one that blocks many is asked once instead of all of them. */
async function fromHubs(subs: readonly ListedIssue[], open: readonly ListedIssue[], repo: RepoName, reading: Reading) {
  const found = new Map(open.map((sub) => [sub.number, [] as Target[]]));
  const blocking = (sub: ListedIssue) => sub.issue_dependencies_summary?.total_blocking ?? 0;
  const hubs = subs.filter((sub) => blocking(sub) > 1).sort((a, b) => blocking(b) - blocking(a));
  for (const hub of hubs) {
    if (open.filter((sub) => (found.get(sub.number)?.length ?? 0) < count(sub)).length <= 1) break;
    const to = await tried(() => readLinked(reading, repo, hub.number, 'blocking'));
    for (const one of to ?? []) if (one.repo === repo) found.get(one.number)?.push({ repo, number: hub.number });
  }
  return found;
}

/** A server that knows no dependencies says nothing of them. */
function count(sub: ListedIssue): number {
  return sub.issue_dependencies_summary?.total_blocked_by ?? 0;
}

function seenOf(sub: ListedIssue): string {
  return `${count(sub)} ${sub.updated_at}`;
}

/** Null where GitHub does not show it. */
async function tried<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Gone || error instanceof Refused) return null;
    throw error;
  }
}

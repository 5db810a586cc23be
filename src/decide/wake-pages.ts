/** Wakes many lanes a page at a time, so that what comes meanwhile need not stand in line behind hundreds of them. */
import type { LedgerEffect } from '../model/effect.ts';
import type { RepoName } from '../model/repo.ts';
import { subjectLane } from '../model/repo.ts';

/** A look and a verdict cost six points at most, of GitHub's 900 a minute (GitHub docs, "Rate limits for the REST API"). */
const PAGE = 50;
const EVERY_MS = 60_000;

/**
 * The first page at once, each further one a minute later, unless something else wakes a lane before.
 * @param now ISO 8601, UTC
 */
export function wakePages(repo: RepoName, numbers: readonly number[], why: string, now: string): LedgerEffect[] {
  return [...new Set(numbers)].map((number, index): LedgerEffect => {
    const page = Math.floor(index / PAGE);
    const wake = { kind: 'wake' as const, lane: subjectLane(repo, number), why };
    return page === 0 ? wake : { ...wake, at: new Date(Date.parse(now) + page * EVERY_MS).toISOString() };
  });
}

/** What the ledger adds to a pull request: when its head was first seen, its verdict before, others on the same commit. */
import type { LaneFacts, Sibling } from '../model/lane-facts.ts';
import type { PullFacts } from '../model/pull-facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { PullRecord } from '../model/session.ts';
import type { Ledger } from '../store/ledger-types.ts';

export async function aroundPull(
  pull: PullFacts | null,
  record: PullRecord | null,
  repo: RepoName,
  ledger: Ledger,
): Promise<Pick<LaneFacts, 'detail' | 'siblings'>> {
  if (!pull) return {};
  if (record?.headSha === pull.headSha && record.headAt) pull.headAt = record.headAt;
  pull.siblings = await siblingNumbers(pull, repo, ledger);
  const siblings: Sibling[] = [];
  for (const number of pull.siblings) {
    const other = await ledger.detail(repo, number);
    const current = other !== null && other.headSha === pull.headSha;
    const knows = current && (other.pull.siblings ?? []).includes(pull.number);
    siblings.push({ number, title: other?.pull.title ?? '', verdict: current ? other.verdict : null, knows });
  }
  return { detail: await ledger.detail(repo, pull.number), siblings };
}

/** Of a pull request that is gone: who shared its check run, as far as the ledger knows. */
export async function formerSiblings(record: PullRecord | null, ledger: Ledger): Promise<number[]> {
  if (!record) return [];
  const listed = (await ledger.detail(record.repo, record.number))?.pull.siblings ?? [];
  const there = (await ledger.pullsAt(record.repo, record.headSha)).map(({ number }) => number);
  return [...new Set([...listed, ...there])].filter((number) => number !== record.number).sort((a, b) => a - b);
}

/** GitHub ties a commit to the pull requests of this repository's branches; those of forks are known by their heads. */
async function siblingNumbers(pull: PullFacts, repo: RepoName, ledger: Ledger): Promise<number[]> {
  const listed = pull.siblings ?? [];
  const forks: number[] = [];
  for (const { number } of await ledger.pullsAt(repo, pull.headSha)) {
    if (number === pull.number || listed.includes(number)) continue;
    const other = await ledger.detail(repo, number);
    if (other && other.pull.headRepo !== repo) forks.push(number);
  }
  return [...listed, ...forks].sort((a, b) => a - b);
}

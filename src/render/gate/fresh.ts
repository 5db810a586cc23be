/** Words of the gate item "fresh". */
import type { ReviewFact } from '../../model/pull-facts.ts';
import type { Measure } from '../../model/records.ts';
import { code, link, quoteText } from '../markdown.ts';
import { count, listing, points, shortSha } from './phrases.ts';

export const title = 'Fresh proof';
export const nothing = 'No approval and no measurement yet that a push could make stale';

const name = ({ author }: ReviewFact) => code(author.login, 60);

export interface Given {
  approvals: readonly ReviewFact[];
  stale: readonly ReviewFact[];
  /** Measurements with a result. */
  measured: number;
  /** Those of them that are older than the head. */
  old: readonly Measure[];
  head: string;
}

export function seen({ approvals, stale, measured, old, head }: Given): string {
  const metrics = [...new Set(old.map(({ metric }) => metric))].map((metric) => quoteText(metric, 60));
  const current = measured - old.length;
  return points([
    stale.length > 0 ? `Stale: ${listing(stale.map(staleApproval), 6)}` : null,
    metrics.length > 0 ? `Measured before the last push: ${listing(metrics, 6)}` : null,
    approvals.length > 0 ? `Approved on ${code(shortSha(head))} by ${listing(approvals.map(name))}` : null,
    current > 0 ? `${count(current, 'measurement')} since the last push` : null,
  ]);
}

export function cut(seen: string): string {
  return points([seen, 'Not all reviews could be read: some may be stale']);
}

function staleApproval(review: ReviewFact): string {
  const of = review.commitSha === null ? 'a commit that is gone' : code(shortSha(review.commitSha));
  return `the approval of ${name(review)}, given for ${of}`;
}

/** @param where issue to measure in, when something is to be measured again */
export function mend(stale: readonly ReviewFact[], where: { number: number; url: string } | null): string {
  return points([
    stale.length > 0 ? `Ask ${listing(stale.map(name))} to look at the newest commit; each approves anew.` : null,
    where ? `Measure again and write it in ${link(`issue ${where.number}`, where.url)} with ${code('/session measure')}.` : null,
  ]);
}

export function waitsFor(approvals: number): string {
  return count(approvals, 'fresh approval');
}

/** The reviews of a pull request as they stand: which approvals count for the head, and why others do not. */
import type { PullFacts, ReviewFact } from '../../model/pull-facts.ts';

export interface Standing {
  /** Of the head commit. Here and below: by people other than the author, unless said otherwise. */
  approvals: ReviewFact[];
  /** Approvals of an earlier commit. */
  stale: ReviewFact[];
  /** Requests for changes; they hold until their author gives another opinion. */
  against: ReviewFact[];
  dismissed: ReviewFact[];
  /** Approvals by the author and by bots. */
  uncounted: ReviewFact[];
}

/** In the order of logins: GitHub's own order changes. */
export function standingOf({ reviews = [], headSha, author }: PullFacts): Standing {
  const standing: Standing = { approvals: [], stale: [], against: [], dismissed: [], uncounted: [] };
  for (const review of newestOfEach(reviews)) {
    const counts = !review.author.bot && !sameLogin(review.author.login, author.login);
    if (!counts) {
      if (review.state === 'approved') standing.uncounted.push(review);
    } else if (review.state === 'dismissed') standing.dismissed.push(review);
    else if (review.state === 'changes-requested') standing.against.push(review);
    else if (review.commitSha === headSha) standing.approvals.push(review);
    else standing.stale.push(review);
  }
  return standing;
}

/** GitHub does not tell logins apart by case. */
export function sameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function newestOfEach(reviews: readonly ReviewFact[]): ReviewFact[] {
  const newest = new Map<string, ReviewFact>();
  for (const review of reviews) {
    const login = review.author.login.toLowerCase();
    const other = newest.get(login);
    if (!other || (review.at ?? '') >= (other.at ?? '')) newest.set(login, review);
  }
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, review]) => review);
}

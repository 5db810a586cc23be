/** Facts in one order, however GitHub and the ledger gave them: so that the same facts make the same plan. */
import type { BoardFacts } from '../../model/board-facts.ts';
import type { CheckSeen } from '../../model/sweep-figures.ts';
import { codePointOrder } from './code-point-order.ts';

export function inOrder(facts: BoardFacts): BoardFacts {
  const { sessions, openPulls, backlog, incidents, duties, afterMerge, checks } = facts;
  return {
    ...facts,
    sessions: sessions.toSorted((a, b) => a.ledger.session.number - b.ledger.session.number),
    openPulls: openPulls.toSorted(byNumber),
    ...(backlog && { backlog: backlog.toSorted(byNumber) }),
    ...(incidents && { incidents: incidents.toSorted(byNumber) }),
    ...(duties && { duties: duties.toSorted(byNumber) }),
    ...(afterMerge && { afterMerge: afterMerge.toSorted(byNumber) }),
    ...(checks && { checks: checks.toSorted(byTime) }),
  };
}

function byNumber(a: { number: number }, b: { number: number }): number {
  return a.number - b.number;
}

function byTime(a: CheckSeen, b: CheckSeen): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return codePointOrder(a.sha, b.sha) || codePointOrder(a.name, b.name) || codePointOrder(a.outcome, b.outcome);
}

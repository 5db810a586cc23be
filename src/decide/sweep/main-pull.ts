/** The one pull request of a session that the sweep speaks of. */
import type { BoardSession } from '../../model/board-facts.ts';
import type { LinkedPull } from '../../model/facts.ts';
import type { PullRecord, VerdictState } from '../../model/session.ts';
import { changesSummary } from './changes-summary.ts';

export interface SessionPull {
  number: number;
  title: string;
  url: string;
  state: 'open' | 'merged' | 'closed';
  draft: boolean;
  /** Null when the head that stands now has no verdict: unknown is never green. */
  verdict: VerdictState | null;
  /** Gate items that fail or wait. */
  open: string[];
  changes: string;
}

/** The open one nearest to its merge, else the merged one; the oldest among equals. GitHub's word goes before the ledger's. */
export function mainPull({ ledger, subject }: BoardSession): SessionPull | null {
  const records = new Map(ledger.pulls.map((record) => [record.number, record]));
  const linked = (subject?.pulls ?? []).map((pull) => fromGitHub(pull, records.get(pull.number)));
  const seen = new Set(linked.map((pull) => pull.number));
  const all = [...linked, ...ledger.pulls.filter((record) => !seen.has(record.number)).map(fromLedger)];
  return all.toSorted((a, b) => nearness(a) - nearness(b) || a.number - b.number)[0] ?? null;
}

function nearness({ state, draft, verdict }: SessionPull): number {
  if (state === 'merged') return 4;
  if (state === 'closed') return 5;
  if (draft) return 3;
  return verdict === 'pass' ? 0 : verdict === 'waiting' ? 1 : 2;
}

function fromGitHub(pull: LinkedPull, record: PullRecord | undefined): SessionPull {
  const judged = record?.headSha === pull.headSha ? record : undefined;
  const { number, title, url, state, draft } = pull;
  const changes = changesSummary(pull);
  return { number, title, url, state, draft, verdict: judged?.verdict ?? null, open: judged?.open ?? [], changes };
}

function fromLedger(record: PullRecord): SessionPull {
  const { number, title, url, state, draft, verdict, open } = record;
  return { number, title, url, state, draft, verdict, open, changes: changesSummary(record) };
}
